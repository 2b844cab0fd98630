#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"
#include "core/base/stopwatch.h"
#include "models/evaluation/tally.h"
#include "models/structured/fit/problem.h"
#include "models/structured/lab.h"

namespace purlscope::models::structured {
namespace {

constexpr const char* kCountRepeats = "count_repeats";
constexpr const char* kBackbone = "kinematic nodes";

void check_split(const core::LabData& data) {
  if (data.unseen.empty()) throw Error(Code::bad_argument, fmt::format("split {} has no unseen class", data.split));
  for (const int label : data.unseen) {
    if (label >= 0 && static_cast<std::size_t>(label) < data.target.labels.size()) continue;
    throw Error(Code::bad_argument, fmt::format("split {}: class {} does not exist, the data set has {}", data.split,
                                                label, data.target.labels.size()));
  }
}

/// Takes `count_repeats` out of the configuration: true counts repeated recordings as often as they lie in the folder,
/// as the figures of other authors do.
bool take_count_repeats(nlohmann::json& config) {
  const auto found = config.find(kCountRepeats);
  if (found == config.end()) return false;
  if (!found->is_boolean()) {
    throw Error(Code::bad_argument, fmt::format("setting \"{}\": found {}, expected true or false", kCountRepeats,
                                                core::json_excerpt(*found)));
  }
  const bool value = found->get<bool>();
  config.erase(found);
  return value;
}

struct Settings {
  Options options;
  bool count_repeats = false;
};

Settings settings_of(const core::EvaluateOptions& options) {
  nlohmann::json config = options.config.is_null() ? nlohmann::json::object() : options.config;
  const bool count_repeats = config.is_object() && take_count_repeats(config);
  return {options_from_json(config), count_repeats};
}

/// The unseen classes' clips: rows of the target and their place in the split.
struct TestRows {
  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> truth;
};

TestRows test_rows(const FeatureSet& target, const std::vector<int>& unseen, bool count_repeats) {
  TestRows out;
  for (std::size_t i = 0; i < target.label_of.size(); ++i) {
    const auto place = std::ranges::find(unseen, target.label_of[i]);
    if (place == unseen.end() || (target.repeats[i] && !count_repeats)) continue;
    out.rows.push_back(static_cast<std::int64_t>(i));
    out.truth.push_back(place - unseen.begin());
  }
  return out;
}

LabelTexts texts_of_classes(const FeatureSet& set, const std::vector<int>& classes) {
  const at::Tensor index = at::tensor(std::vector<std::int64_t>(classes.begin(), classes.end()), at::kLong);
  return {set.texts.features.index_select(0, index), set.texts.words.index_select(0, index)};
}

std::vector<FeatureSet> extract_all(const core::LabData& data, TextEncoder& encoder, const core::ProgressFn& progress,
                                    const std::stop_token& stop) {
  std::vector<FeatureSet> sets = {extract(data.target, encoder, progress, stop)};
  for (const core::ClipSet& other : data.others) sets.push_back(extract(other, encoder, progress, stop));
  return sets;
}

LeftOut left_out_of(const core::LabData& data) {
  LeftOut out(1 + data.others.size());
  out[0].insert(data.unseen.begin(), data.unseen.end());
  for (const auto& [other, label] : data.left_out) out.at(1 + other).insert(label);
  return out;
}

std::vector<const FeatureSet*> pointers(const std::vector<FeatureSet>& sets) {
  std::vector<const FeatureSet*> out;
  for (const FeatureSet& set : sets) out.push_back(&set);
  return out;
}

}  // namespace
}  // namespace purlscope::models::structured

namespace purlscope::models {

void check_structured(const core::EvaluateOptions& options) {
  using namespace structured;
  if (options.protocol != "leak-free") {
    throw Error(Code::bad_argument,
                fmt::format("method structured knows protocol leak-free alone, found {}: attention by the true label "
                            "would give the answer away",
                            options.protocol));
  }
  if (!options.backbone.empty() && options.backbone != kBackbone) {
    throw Error(Code::bad_argument, fmt::format("method structured has no backbone '{}': leave it out, or give '{}'",
                                                options.backbone, kBackbone));
  }
  if (!options.model.empty()) {
    throw Error(Code::bad_argument, "method structured is fitted afresh for the split: leave the model out");
  }
  if (options.seeds < 1)
    throw Error(Code::bad_argument, fmt::format("seeds: found {}, expected 1 or more", options.seeds));
  settings_of(options);
}

nlohmann::json evaluate_structured(const core::LabData& data, const core::EvaluateOptions& options,
                                   TextEncoder& encoder, const core::ProgressFn& progress, std::stop_token stop) {
  using namespace structured;
  const core::Stopwatch watch;
  check_structured(options);
  check_split(data);
  const auto [settings, count_repeats] = settings_of(options);
  const c10::NoGradGuard no_grad;
  const std::vector<FeatureSet> sets = extract_all(data, encoder, progress, stop);
  const at::Tensor joint_phrases = encode_joint_phrases(encoder);
  const LabelTexts candidates = texts_of_classes(sets[0], data.unseen);
  const TestRows test = test_rows(sets[0], data.unseen, count_repeats);
  if (test.rows.empty()) throw Error(Code::bad_argument, fmt::format("split {}: no clip of its classes", data.split));
  const MotionFeatures windows = sets[0].features.rows(at::tensor(test.rows, at::kLong));

  std::vector<std::string> names;
  for (const int label : data.unseen) names.push_back(data.target.labels[static_cast<std::size_t>(label)].text);
  Tally tally(names, test.truth);
  for (int seed = 0; seed < options.seeds; ++seed) {
    const TrainingSet training =
        make_training_set(pointers(sets), left_out_of(data), joint_phrases, settings, static_cast<std::uint64_t>(seed));
    const Problem problem = fit_problem(training, candidates, settings, progress, stop);
    const at::Tensor best = problem.score(windows, sets[0].source).argmax(1).contiguous();
    tally.add_seed({best.const_data_ptr<std::int64_t>(), static_cast<std::size_t>(best.numel())});
  }

  std::vector<std::string> problems;
  for (const FeatureSet& set : sets) problems.insert(problems.end(), set.problems.begin(), set.problems.end());
  nlohmann::json report = tally.to_json();
  report.update({{"dataset", data.target.kind},
                 {"split", data.split},
                 {"method", "structured"},
                 {"backbone", kBackbone},
                 {"text", encoder.name()},
                 {"protocol", options.protocol},
                 {"seconds", watch.seconds()},
                 {"settings", to_json(settings)},
                 {kCountRepeats, count_repeats},
                 {"problems", problems}});
  return report;
}

}  // namespace purlscope::models
