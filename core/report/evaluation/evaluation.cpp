#include "core/report/evaluation/evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <numeric>

#include "core/base/error.h"
#include "core/base/json_member.h"
#include "core/base/paths.h"
#include "core/engine/lab.h"
#include "core/formats/class_list.h"

namespace purlscope::core {
namespace {

using nlohmann::json;

std::string present_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min);
}

/// "NW-UCLA", without what the full title adds in brackets; a folder of any recordings is called as it is named.
std::string title_of(const ClipSet& set) {
  if (!has_class_list(set.kind)) return std::filesystem::path(set.path).filename().string();
  const std::string& title = class_list(set.kind).title;
  return title.substr(0, title.find(" ("));
}

std::string text(const json& document, const char* key) {
  const json& value = member(document, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

SeedFigure figure(const json& document) {
  return {document.at("mean").get<double>(), document.at("sd").get<double>(), document.at("per_seed").size()};
}

RefinementResult read_refinement(const json& stream) {
  RefinementResult out;
  out.method = text(member(stream, "refinement"), "method");
  out.orders = stream.at("orders").get<std::size_t>();
  out.before = figure(stream.at("before"));
  out.rescored = figure(stream.at("rescored"));
  out.worst_gain = stream.at("worst_gain").get<double>();
  out.rollbacks = stream.at("rollbacks").get<std::size_t>();
  return out;
}

GeneralisedResult read_generalised(const json& gzsl) {
  return {figure(gzsl.at("seen")), figure(gzsl.at("unseen")), figure(gzsl.at("harmonic"))};
}

Predictions read_predictions(const json& document) {
  Predictions out;
  document.at("clips").get_to(out.clips);
  document.at("truth").get_to(out.truth);
  document.at("predicted").get_to(out.said);
  if (document.contains("before")) document.at("before").get_to(out.before);
  return out;
}

/// Every class a number of the list, every run a number for each clip.
void check(const Evaluation& evaluation) {
  const std::size_t classes = evaluation.confusion.classes.size();
  const std::size_t clips = evaluation.predictions.clips.size();
  const auto names_classes = [&](const std::vector<std::size_t>& values) {
    return values.size() == clips &&
           std::all_of(values.begin(), values.end(), [&](std::size_t value) { return value < classes; });
  };
  const auto square = [&](const auto& rows) {
    return rows.size() == classes &&
           std::all_of(rows.begin(), rows.end(), [&](const auto& row) { return row.size() == classes; });
  };
  const Predictions& said = evaluation.predictions;
  if (square(evaluation.confusion.counts) && names_classes(said.truth) &&
      std::all_of(said.said.begin(), said.said.end(), names_classes) &&
      std::all_of(said.before.begin(), said.before.end(), names_classes)) {
    return;
  }
  throw Error(Code::bad_format, fmt::format("result of the evaluation: predictions and confusion do not fit its {} "
                                            "classes and {} clips",
                                            classes, clips));
}

std::string note_of(const json& result) {
  std::string note = text(result, "note");
  if (member(result, "zero_shot") != json(false)) return note;
  if (!note.empty()) note += ". ";
  return note + "Not zero-shot: " + text(result, "zero_shot_reason");
}

Evaluation read(const json& result, EvaluationSetup setup) {
  Evaluation out;
  out.setup = std::move(setup);
  out.kind = text(result, "dataset");
  out.split = text(result, "split");
  out.method = text(result, "method");
  out.backbone = text(result, "backbone");
  out.text = text(result, "text");
  out.protocol = text(result, "protocol");
  out.note = note_of(result);
  out.accuracy = figure(result.at("accuracy"));
  const json& interval = result.at("accuracy").at("confidence");
  out.low = interval.at("low").get<double>();
  out.high = interval.at("high").get<double>();
  out.samples = result.at("samples").get<std::size_t>();
  out.seconds = result.value("seconds", 0.0);
  result.at("unseen").get_to(out.confusion.classes);
  result.at("confusion").get_to(out.confusion.counts);
  out.predictions = read_predictions(result.at("predictions"));
  if (result.contains("stream")) out.refinement = read_refinement(result["stream"]);
  if (result.contains("gzsl")) out.generalised = read_generalised(result["gzsl"]);
  out.settings = member(result, "settings");
  out.problems = result.value("problems", std::vector<std::string>());
  check(out);
  return out;
}

}  // namespace

std::size_t Confusion::decisions(std::size_t truth) const {
  return std::accumulate(counts.at(truth).begin(), counts.at(truth).end(), std::size_t{0});
}

double Confusion::share(std::size_t truth, std::size_t said) const {
  const std::size_t all = decisions(truth);
  return all == 0 ? 0.0 : static_cast<double>(counts[truth].at(said)) / static_cast<double>(all);
}

double Evaluation::chance() const {
  return confusion.classes.empty() ? 0.0 : 1.0 / static_cast<double>(confusion.classes.size());
}

std::vector<ClassResult> Evaluation::classes() const {
  std::vector<ClassResult> out(confusion.classes.size());
  std::vector<std::size_t> before(out.size());
  for (std::size_t c = 0; c < out.size(); ++c) {
    out[c].name = confusion.classes[c];
    out[c].decisions = confusion.decisions(c);
    out[c].right = confusion.counts[c][c];
  }
  for (std::size_t i = 0; i < predictions.clips.size(); ++i) {
    ++out[predictions.truth[i]].clips;
    for (const auto& seed : predictions.before) before[predictions.truth[i]] += seed[i] == predictions.truth[i] ? 1 : 0;
  }
  for (std::size_t c = 0; c < out.size(); ++c) {
    const std::size_t all = out[c].clips * predictions.before.size();
    if (all > 0) out[c].before = static_cast<double>(before[c]) / static_cast<double>(all);
  }
  return out;
}

std::vector<std::size_t> Evaluation::clips_of(std::size_t truth, std::size_t said) const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < predictions.clips.size(); ++i) {
    if (predictions.truth[i] != truth) continue;
    const bool some = std::any_of(predictions.said.begin(), predictions.said.end(),
                                  [&](const std::vector<std::size_t>& run) { return run[i] == said; });
    if (some) out.push_back(i);
  }
  return out;
}

EvaluationSetup describe_setup(const LabData& data) {
  EvaluationSetup setup;
  setup.path = data.target.path;
  setup.title = title_of(data.target);
  setup.classes = data.target.classes.size();
  setup.version = std::string(version());
  setup.date = present_date();
  return setup;
}

Evaluation read_evaluation(const json& result, EvaluationSetup setup) {
  try {
    return read(result, std::move(setup));
  } catch (const json::exception& error) {
    throw Error(Code::bad_format, fmt::format("result of the evaluation: {}", error.what()));
  }
}

}  // namespace purlscope::core
