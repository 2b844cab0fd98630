#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/evaluation/deletion.h"
#include "models/evaluation/method.h"
#include "models/structured/fit/problem.h"
#include "models/structured/mirrored_labels.h"
#include "models/text/encoder.h"

namespace purlscope::models::structured {

/// What the features come from; named where others name their network.
inline constexpr const char* kBackbone = "kinematic nodes";

/// The structured recogniser as evaluation sees it. Windows of the target are standardised by the clips it was fitted
/// on; when no class of the target is among them, by the other sets pooled.
class StructuredMethod final : public ZeroShotMethod, public NodeMethod, public RefinableMethod {
 public:
  /// @param encoder outlives the method
  StructuredMethod(const Options& options, TextEncoder& encoder);

  void fit(const core::LabData& training, std::uint64_t seed, const core::ProgressFn& progress,
           std::stop_token stop) override;
  at::Tensor scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                    std::stop_token stop) override;
  nlohmann::json facts() const override;

  NodeRanks ranks(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                  std::stop_token stop) override;
  at::Tensor scores_of_nodes(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                             const at::Tensor& kept, std::stop_token stop) override;

  std::shared_ptr<const refinement::Scorer> scorer(std::span<const core::Label> candidates,
                                                   std::stop_token stop) override;
  at::Tensor refinable_features(std::span<const core::ClipPtr> clips) override;

 private:
  const Problem& problem_for(std::span<const core::Label> candidates, const std::stop_token& stop);
  MotionFeatures features(std::span<const core::ClipPtr> clips);
  /// Scores of windows for the labels asked for last. @param mirrored [B] whether each window is seen in a mirror
  at::Tensor scores_of(const PreparedWindows& windows, const at::Tensor& mirrored) const;

  Options options_;
  TextEncoder& encoder_;
  at::Tensor joint_phrases_;
  FeatureStore store_;
  std::string source_;  ///< kind of the target
  std::optional<TrainingSet> training_;
  MirroredLabels labels_;           ///< asked for last
  std::optional<Problem> problem_;  ///< of labels_.all()
  std::vector<std::string> asked_;  ///< texts of the labels asked for
};

}  // namespace purlscope::models::structured
