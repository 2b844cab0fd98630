#include "models/baselines/method.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "models/baselines/data/visual.h"
#include "models/evaluation/scoring.h"
#include "models/purls/lab.h"
#include "models/purls/train/trainer.h"

namespace purlscope::models::baselines {
namespace {

using nlohmann::json;

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
  for (const char* section : {"augment", "backbone", "nodes", "validation"}) {
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
  const purls::TrainingPlan plan{config_, seed, {}, backbone_folder()};
  backbone_ =
      purls::train_backbone(training, seen, plan, encoder_, part_of(progress, 0, kBackboneShare, name_), stop).model;
  SeenClips clips{pooled_features(*backbone_, seen.motions), seen.target, {}};
  if (baseline_->wants_masked()) clips.masked = masked_features(*backbone_, seen.motions, seed);
  baseline_->fit(clips, encode_classes(names_of(seen.labels), encoder_), seed,
                 part_of(progress, kBackboneShare, 1, name_), stop);
}

const at::Tensor& BaselineMethod::motion_of(const core::ClipPtr& clip) {
  const auto known = motions_.find(clip);
  if (known != motions_.end()) return known->second;
  return motions_.emplace(clip, purls::clip_motion(clip).value_or(at::Tensor())).first->second;
}

at::Tensor BaselineMethod::scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                                  std::stop_token stop) {
  std::vector<at::Tensor> motions;
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    core::throw_if_stopped(stop);
    if (!motion_of(clips[i]).defined()) continue;
    motions.push_back(motion_of(clips[i]));
    rows.push_back(static_cast<std::int64_t>(i));
  }
  at::Tensor out = at::full({static_cast<std::int64_t>(clips.size()), static_cast<std::int64_t>(candidates.size())},
                            std::numeric_limits<float>::quiet_NaN());
  if (motions.empty()) return out;
  const at::Tensor found = baseline_->scores(pooled_features(backbone_.value(), at::stack(motions)),
                                             encode_classes(names_of(candidates), encoder_), stop);
  return out.index_copy(0, at::tensor(rows, at::kLong), found.to(at::kFloat));
}

json BaselineMethod::facts() const {
  return {{"method", name_},
          {"backbone", config_.backbone_name},
          {"text", fmt::format("{}, names of the classes", encoder_.name())},
          {"settings", baseline_->settings()}};
}

}  // namespace purlscope::models::baselines
