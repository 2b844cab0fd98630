#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <stop_token>
#include <vector>

#include "core/engine/lab.h"
#include "models/refinement/evidence.h"

namespace purlscope::models {

/// A zero-shot method as evaluation sees it: it learns from clips of seen classes, then scores any clips for any
/// labels. What it learns from holds no clip that it is tested on, so that no label of a test clip can reach it.
/// Thread: one at a time. Calls throw Error{Code::cancelled} soon after the stop token asks for it.
class ZeroShotMethod {
 public:
  virtual ~ZeroShotMethod() = default;

  /// Forgets what it knew and learns afresh. @param training clips of seen classes alone
  /// @throws Error{Code::bad_argument} when too few classes or clips are left to learn from
  virtual void fit(const core::LabData& training, std::uint64_t seed, const core::ProgressFn& progress,
                   std::stop_token stop) = 0;

  /// @param clips of the target set; their labels are not looked at
  /// @return [N, L] scores, the higher the likelier; a row of NaN for a clip without a usable skeleton
  virtual at::Tensor scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                            std::stop_token stop) = 0;

  /// The published protocol: clip i is asked with the sentences of candidate `truth[i]`, its true label. A leak, kept
  /// for comparison alone. @throws Error{Code::bad_argument} by a method that has no such protocol
  virtual at::Tensor published_scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                                      std::span<const std::int64_t> truth, std::stop_token stop);

  /// What the report says of the method: `method`, `backbone`, `text`, settings.
  virtual nlohmann::json facts() const = 0;
};

/// A method whose scores can be refined from a stream.
class RefinableMethod {
 public:
  virtual ~RefinableMethod() = default;
  /// The scoring of some labels, as scores() does it.
  virtual std::shared_ptr<const refinement::Scorer> scorer(std::span<const core::Label> candidates,
                                                           std::stop_token stop) = 0;
  /// Features of clips that scores() can use. [N, F]
  virtual at::Tensor refinable_features(std::span<const core::ClipPtr> clips) = 0;
};

}  // namespace purlscope::models
