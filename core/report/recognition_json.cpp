#include "core/report/recognition_json.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace purlscope::core {
namespace {

OrderedJson window_document(const Window& window) {
  OrderedJson document = {{"frames", window.frames},
                          {"fps", json_number(window.fps)},
                          {"layout", window.layout ? OrderedJson(window.layout->id) : OrderedJson(nullptr)},
                          {"begin_s", json_number(window.begin)},
                          {"end_s", json_number(window.end)},
                          {"inferred_joints", window.inferred_joints},
                          {"missing_joints", window.missing_joints},
                          {"skipped_frames", window.skipped_frames},
                          {"warnings", window.warnings}};
  OrderedJson persons = OrderedJson::array();
  for (const WindowPerson& person : window.persons) persons.push_back(person.id);
  document["persons"] = std::move(persons);
  return document;
}

OrderedJson label_document(const LabelScore& score) {
  OrderedJson levels = OrderedJson::object();
  for (std::size_t level = 0; level < kSentenceCount; ++level) {
    levels[std::string(kSentences[level])] = json_number(score.levels[level]);
  }
  levels["other"] = json_number(score.other);
  return {{"label", score.label},
          {"score", json_number(score.score)},
          {"probability", json_number(score.probability)},
          {"levels", std::move(levels)}};
}

}  // namespace

OrderedJson json_number(float value) {
  if (!std::isfinite(value)) return nullptr;
  return std::strtod(fmt::format("{}", value).c_str(), nullptr);
}

OrderedJson json_number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return value;
}

OrderedJson json_numbers(std::span<const float> values) {
  OrderedJson list = OrderedJson::array();
  for (const float value : values) list.push_back(json_number(value));
  return list;
}

OrderedJson timings_document(const Timings& timings) {
  return {{"load", json_number(timings.load)},           {"preprocess", json_number(timings.preprocess)},
          {"backbone", json_number(timings.backbone)},   {"text", json_number(timings.text)},
          {"attention", json_number(timings.attention)}, {"total", json_number(timings.total)}};
}

OrderedJson recognition_document(const Recognition& recognition, std::size_t top) {
  OrderedJson labels = OrderedJson::array();
  for (const std::size_t index : recognition.ranking()) {
    if (top != 0 && labels.size() == top) break;
    labels.push_back(label_document(recognition.labels[index]));
    if (recognition.refined) labels.back()["refinement"] = json_number(recognition.labels[index].refinement);
  }
  return {{"model", recognition.model},
          {"text_encoder", recognition.text_encoder},
          {"scoring", recognition.scoring},
          {"window", window_document(recognition.window)},
          {"labels", std::move(labels)},
          {"none_of_these", json_number(recognition.none_of_these)},
          {"timings_ms", timings_document(recognition.timings)}};
}

}  // namespace purlscope::core
