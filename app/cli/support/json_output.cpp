#include "app/cli/support/json_output.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core/base/error.h"

namespace purlscope::app::cli {
namespace {

Json window_document(const core::Window& window) {
  Json document = {{"frames", window.frames},
                   {"fps", number(window.fps)},
                   {"layout", window.layout ? Json(window.layout->id) : Json(nullptr)},
                   {"begin_s", number(window.begin)},
                   {"end_s", number(window.end)},
                   {"inferred_joints", window.inferred_joints},
                   {"missing_joints", window.missing_joints},
                   {"skipped_frames", window.skipped_frames},
                   {"warnings", window.warnings}};
  Json persons = Json::array();
  for (const core::WindowPerson& person : window.persons) persons.push_back(person.id);
  document["persons"] = std::move(persons);
  return document;
}

Json label_document(const core::LabelScore& score) {
  Json levels = Json::object();
  for (std::size_t level = 0; level < core::kSentenceCount; ++level) {
    levels[std::string(core::kSentences[level])] = number(score.levels[level]);
  }
  levels["other"] = number(score.other);
  return {{"label", score.label},
          {"score", number(score.score)},
          {"probability", number(score.probability)},
          {"levels", std::move(levels)}};
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Error(Code::io, "standard output could not be written: is the disk full, or the reader gone?");
  }
}

}  // namespace

Json number(float value) {
  if (!std::isfinite(value)) return nullptr;
  return std::strtod(fmt::format("{}", value).c_str(), nullptr);
}

Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return value;
}

Json numbers(std::span<const float> values) {
  Json list = Json::array();
  for (const float value : values) list.push_back(number(value));
  return list;
}

Json rows(const core::NdArray& array) {
  Json list = Json::array();
  if (array.shape.size() != 2) return list;
  const std::size_t width = array.shape[1];
  for (std::size_t row = 0; row < array.shape[0]; ++row) {
    list.push_back(numbers(std::span(array.data).subspan(row * width, width)));
  }
  return list;
}

Json timings_document(const core::Timings& timings) {
  return {{"load", number(timings.load)},           {"preprocess", number(timings.preprocess)},
          {"backbone", number(timings.backbone)},   {"text", number(timings.text)},
          {"attention", number(timings.attention)}, {"total", number(timings.total)}};
}

Json recognition_document(const core::Recognition& recognition, std::size_t top) {
  Json labels = Json::array();
  for (const std::size_t index : recognition.ranking()) {
    if (top != 0 && labels.size() == top) break;
    labels.push_back(label_document(recognition.labels[index]));
    if (recognition.refined) labels.back()["refinement"] = number(recognition.labels[index].refinement);
  }
  return {{"model", recognition.model},
          {"text_encoder", recognition.text_encoder},
          {"scoring", recognition.scoring},
          {"window", window_document(recognition.window)},
          {"labels", std::move(labels)},
          {"none_of_these", number(recognition.none_of_these)},
          {"timings_ms", timings_document(recognition.timings)}};
}

void print_line(const Json& document) { print(document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"); }

void print_pretty(const Json& document) { print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"); }

}  // namespace purlscope::app::cli
