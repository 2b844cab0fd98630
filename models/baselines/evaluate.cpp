#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "models/baselines/baseline.h"
#include "models/baselines/data/visual.h"
#include "models/baselines/lab.h"
#include "models/evaluation/seed_progress.h"
#include "models/evaluation/tally.h"
#include "models/purls/lab.h"
#include "models/purls/train/trainer.h"

namespace purlscope::models::baselines {
namespace {

using nlohmann::json;

constexpr const char* kLeakFree = "leak-free";
constexpr double kBackboneShare = 0.6;  // of a seed's time, for the progress bar

/// The sections of `--config` that shape the backbone, and the method's own keys.
struct Configs {
  json backbone = json::object();
  json method;
};

Configs divide(const json& config) {
  Configs configs;
  configs.method = config;
  if (!config.is_object()) return configs;
  for (const char* section : {"backbone", "nodes", "validation"}) {
    const auto found = config.find(section);
    if (found == config.end()) continue;
    configs.backbone[section] = *found;
    configs.method.erase(section);
  }
  return configs;
}

/// What method purls is told to make the backbone.
core::EvaluateOptions backbone_options(const core::EvaluateOptions& options) {
  core::EvaluateOptions own;
  own.method = "purls";
  own.backbone = options.backbone;
  own.config = divide(options.config).backbone;
  return own;
}

std::vector<std::string> names_of(const std::vector<core::Label>& labels) {
  std::vector<std::string> names;
  for (const core::Label& label : labels) names.push_back(label.text);
  return names;
}

std::vector<std::int64_t> to_vector(const at::Tensor& tensor) {
  const at::Tensor whole = tensor.contiguous();
  const auto* values = whole.const_data_ptr<std::int64_t>();
  return {values, values + whole.numel()};
}

/// Progress of a part of the work.
core::ProgressFn part_progress(const core::ProgressFn& progress, double begin, double end) {
  if (!progress) return {};
  return [=](core::Progress step) {
    if (step.fraction >= 0) step.fraction = begin + (end - begin) * step.fraction;
    progress(step);
  };
}

/// One zero-shot problem, prepared once for all seeds.
class Problem {
 public:
  Problem(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
          const core::ProgressFn& progress, std::stop_token stop)
      : data_(data),
        encoder_(encoder),
        stop_(std::move(stop)),
        config_(evaluation_config(backbone_options(options))),
        baseline_(make_baseline(options.method, divide(options.config).method)),
        test_(purls::collect_unseen(data, progress, stop_)),
        seen_(purls::collect_seen(data, progress, stop_)),
        seen_texts_(encode_classes(names_of(seen_.labels), encoder)),
        candidates_(encode_classes(names_of(test_.labels), encoder)) {}

  /// Class that one seed's method gives each test clip.
  std::vector<std::int64_t> predict(std::uint64_t seed, const core::ProgressFn& progress) {
    const purls::TrainingPlan plan{config_, seed, {}, backbone_folder()};
    const purls::PurlsModel backbone =
        purls::train_backbone(data_, seen_, plan, encoder_, part_progress(progress, 0, kBackboneShare), stop_).model;
    SeenClips clips{pooled_features(backbone, seen_.motions), seen_.target, {}};
    if (baseline_->wants_masked()) clips.masked = masked_features(backbone, seen_.motions, seed);
    baseline_->fit(clips, seen_texts_, seed, part_progress(progress, kBackboneShare, 1), stop_);
    return to_vector(baseline_->scores(pooled_features(backbone, test_.motions), candidates_, stop_).argmax(1));
  }

  Tally tally() const { return {names_of(test_.labels), to_vector(test_.truth)}; }
  const Baseline& baseline() const { return *baseline_; }

 private:
  const core::LabData& data_;
  TextEncoder& encoder_;
  std::stop_token stop_;
  purls::Config config_;
  std::unique_ptr<Baseline> baseline_;
  purls::TestSet test_;
  purls::TrainingSet seen_;
  ClassTexts seen_texts_, candidates_;
};

std::vector<std::string> problems_of(const core::LabData& data) {
  std::vector<std::string> problems = data.target.problems;
  for (const core::ClipSet& other : data.others) {
    problems.insert(problems.end(), other.problems.begin(), other.problems.end());
  }
  return problems;
}

}  // namespace
}  // namespace purlscope::models::baselines

namespace purlscope::models {

void check_baseline(const core::EvaluateOptions& options) {
  using namespace baselines;
  if (options.protocol != kLeakFree) {
    throw Error(
        Code::bad_argument,
        fmt::format("method {} knows protocol {} alone, found {}: its published code asks no true label either, "
                    "but it keeps the step that recognises the unseen classes best, which is not done here",
                    options.method, kLeakFree, options.protocol));
  }
  if (!options.model.empty()) {
    throw Error(Code::bad_argument,
                fmt::format("method {} is fitted afresh for the split: leave the model out", options.method));
  }
  if (options.seeds < 1)
    throw Error(Code::bad_argument, fmt::format("seeds: found {}, expected 1 or more", options.seeds));
  make_baseline(options.method, divide(options.config).method);
  check_purls(backbone_options(options));
}

nlohmann::json evaluate_baseline(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
                                 const core::ProgressFn& progress, std::stop_token stop) {
  using namespace baselines;
  const core::Stopwatch watch;
  check_baseline(options);
  Problem problem(data, options, encoder, progress, std::move(stop));
  Tally tally = problem.tally();
  for (int seed = 0; seed < options.seeds; ++seed) {
    tally.add_seed(problem.predict(static_cast<std::uint64_t>(seed), seed_progress(progress, seed, options.seeds)));
  }
  nlohmann::json report = tally.to_json();
  report.update({{"dataset", data.target.kind},
                 {"split", data.split},
                 {"method", options.method},
                 {"backbone", purls::kBackboneName},
                 {"text", fmt::format("{}, names of the classes", encoder.name())},
                 {"protocol", options.protocol},
                 {"seconds", watch.seconds()},
                 {"settings", problem.baseline().settings()},
                 {"problems", problems_of(data)}});
  return report;
}

}  // namespace purlscope::models
