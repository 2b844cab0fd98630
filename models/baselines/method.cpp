#include "models/baselines/method.h"

#include <fmt/format.h>

#include <utility>

#include "models/baselines/data/visual.h"
#include "models/evaluation/scoring.h"
#include "models/purls/lab.h"
#include "models/purls/train/trainer.h"

namespace purlscope::models::baselines {
namespace {

using nlohmann::json;

constexpr double kBackboneShare = 0.6;  // of a seed's time, for the progress bar

/// The sections of `--config` that shape the backbone or say where it is trained, and the method's own keys.
struct Configs {
  json backbone = json::object();
  json method;
};

Configs divide(const json& config) {
  Configs configs;
  configs.method = config;
  if (!config.is_object()) return configs;
  for (const char* section : {"augment", "backbone", "device", "nodes", "validation"}) {
    const auto found = config.find(section);
    if (found == config.end()) continue;
    configs.backbone[section] = *found;
    configs.method.erase(section);
  }
  return configs;
}

std::vector<std::string> names_of(std::span<const core::Label> labels) {
  std::vector<std::string> names;
  for (const core::Label& label : labels) names.push_back(label.text);
  return names;
}

}  // namespace

core::EvaluateOptions backbone_options(const core::EvaluateOptions& options) {
  core::EvaluateOptions own;
  own.method = "purls";
  own.backbone = options.backbone;
  own.config = divide(options.config).backbone;
  return own;
}

void check_settings(const core::EvaluateOptions& options) {
  make_baseline(options.method, divide(options.config).method);
}

BaselineMethod::BaselineMethod(const core::EvaluateOptions& options, TextEncoder& encoder)
    : name_(options.method),
      config_(evaluation_config(backbone_options(options))),
      encoder_(encoder),
      baseline_(make_baseline(options.method, divide(options.config).method)) {}

void BaselineMethod::fit(const core::LabData& training, std::uint64_t seed, const core::ProgressFn& progress,
                         std::stop_token stop) {
  const purls::TrainingSet seen = purls::collect_seen(training, progress, stop);
  const purls::TrainingPlan plan{config_, seed, {}, backbone_folder(), find_device(config_.device)};
  backbone_ =
      purls::train_backbone(training, seen, plan, encoder_, part_of(progress, 0, kBackboneShare, name_), stop).model;
  SeenClips clips{pooled_features(*backbone_, seen.motions), seen.target, {}};
  if (baseline_->wants_masked()) clips.masked = masked_features(*backbone_, seen.motions, seed);
  baseline_->fit(clips, encode_classes(names_of(seen.labels), encoder_), seed,
                 part_of(progress, kBackboneShare, 1, name_), stop);
}

at::Tensor BaselineMethod::scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                                  std::stop_token stop) {
  return score_where(
      clips, candidates.size(), [&](const core::ClipPtr& clip) { return motions_.find(clip).defined(); },
      [&](std::span<const core::ClipPtr> usable, const at::Tensor&) {
        return baseline_->scores(pooled_features(backbone_.value(), motions_.stack(usable)),
                                 encode_classes(names_of(candidates), encoder_), stop);
      },
      stop);
}

json BaselineMethod::facts() const {
  return {{"method", name_},
          {"backbone", config_.backbone_name},
          {"device", find_device(config_.device).str()},
          {"text", fmt::format("{}, names of the classes", encoder_.name())},
          {"settings", baseline_->settings()}};
}

}  // namespace purlscope::models::baselines
