#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "models/baselines/data/class_texts.h"
#include "models/baselines/learn/settings.h"

namespace purlscope::models::baselines {

/// Clips of seen classes by their pooled visual features.
struct SeenClips {
  at::Tensor features;  ///< [N, n], not negative: the mean over a clip's nodes
  at::Tensor targets;   ///< [N] class indices in the texts
  at::Tensor masked;    ///< [N, n] of the same clips without their key frames; only where wants_masked()
};

/// A zero-shot method that knows a clip by one pooled feature: it learns on seen classes and then scores any classes by
/// their texts. Deterministic for a seed, a machine and a number of threads. Thread: one at a time.
class Baseline {
 public:
  virtual ~Baseline() = default;

  /// Learns from nothing but these clips and classes; an earlier fit is forgotten.
  /// @throws Error{Code::bad_argument} without clips or with a target that is no class, Error{Code::shape_mismatch},
  ///         Error{Code::cancelled}
  void fit(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed, const core::ProgressFn& progress,
           const std::stop_token& stop);

  /// Scores of clips for candidates of any kind: unseen classes, or seen and unseen ones together. Scores of one call
  /// compare with each other; a clip's do not depend on the other clips.
  /// @param features [B, n] @return [B, L], the best is the highest @throws Error{Code::bad_argument} before fit(),
  ///         Error{Code::shape_mismatch}, Error{Code::cancelled}
  at::Tensor scores(const at::Tensor& features, const ClassTexts& candidates, const std::stop_token& stop) const;

  /// Whether fit() uses SeenClips::masked.
  virtual bool wants_masked() const { return false; }
  /// Every setting with its value.
  const nlohmann::json& settings() const { return values_; }

 protected:
  /// Reads the settings that all methods share.
  explicit Baseline(Settings& settings);
  /// To be called when a method has read all of its settings. @throws as Settings::finish()
  void close(const Settings& settings) { values_ = settings.finish(); }

  virtual void learn(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed,
                     const core::ProgressFn& progress, const std::stop_token& stop) = 0;
  virtual at::Tensor score(const at::Tensor& features, const ClassTexts& candidates,
                           const std::stop_token& stop) const = 0;

 private:
  double visual_rms_;  ///< `visual_rms`: root mean square that the seen features are scaled to; 0 = as they are
  double gain_ = 1;    ///< what brings them there
  std::int64_t visual_dim_ = 0, text_dim_ = 0;
  nlohmann::json values_;
};

/// Names of all methods: "revise", "devise", ...
std::vector<std::string> baseline_names();

/// @param config settings of the method, an object or null; each method's header names its keys and their defaults
/// @throws Error{Code::bad_argument} for an unknown method or key, or a value out of range, naming what is known
std::unique_ptr<Baseline> make_baseline(const std::string& name, const nlohmann::json& config);

}  // namespace purlscope::models::baselines
