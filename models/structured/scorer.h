#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/refinement/evidence.h"
#include "models/structured/fit/calibration.h"
#include "models/structured/fit/label_batch.h"
#include "models/structured/label_cache.h"
#include "models/structured/mirrored_labels.h"

namespace purlscope::models::structured {

/// Standardised features in one tensor, as refinement keeps them: values, saliency, whether mirrored. [B, kValues + 81]
at::Tensor pack(const MotionFeatures& standardised);
MotionFeatures unpack(const at::Tensor& features);

/// The recogniser's scoring of a set of labels, for refinement. Its said vectors are the texts that "motion to text"
/// reads from a window, in an orthonormal basis of the training classes' texts; the visual vector is the attribute
/// view's whitened measures (without that view the nodes' whitened channels).
class StructuredScorer final : public refinement::Scorer {
 public:
  /// @param candidates of labels.all(), in that order
  StructuredScorer(std::shared_ptr<const ClosedForm> form, const Calibration& calibration, MirroredLabels labels,
                   std::vector<CandidatePtr> candidates);

  const std::vector<std::string>& slots() const override { return slots_; }
  refinement::Evidence evidence(const at::Tensor& features, bool with_said) const override;
  /// The same of one window that batch() has scored. @param mirrored [1]
  refinement::Evidence evidence(const PreparedWindows& window, const LabelBatch::Scores& scored,
                                const at::Tensor& mirrored, bool with_said) const;
  /// Of labels.all(), in that order.
  const LabelBatch& batch() const { return batch_; }
  at::Tensor targets() const override { return targets_; }
  at::Tensor weights() const override;
  double unit() const override { return 1; }
  std::int64_t measures() const override { return kValues; }
  std::vector<double> probabilities(const std::vector<double>& scores) const override;

 private:
  struct Columns {
    at::Tensor scores;  ///< [B, all]
    at::Tensor levels;  ///< [B, all, 8]
  };
  Columns score(const PreparedWindows& windows) const;
  Columns columns_of(const LabelBatch::Scores& scored) const;
  refinement::Evidence evidence(const PreparedWindows& windows, const Columns& columns, const at::Tensor& mirrored,
                                bool with_said) const;
  at::Tensor said_of(const PreparedWindows& windows, std::size_t candidate) const;

  std::shared_ptr<const ClosedForm> form_;
  Calibration calibration_;
  MirroredLabels labels_;
  std::vector<CandidatePtr> candidates_;
  LabelBatch batch_;
  at::Tensor offsets_;  ///< [all] that centring subtracts
  std::vector<std::string> slots_;
  std::vector<std::int64_t> slot_of_;  ///< of labels_.all()
  at::Tensor basis_;                   ///< [C, m] from votes for the classes to said vectors
  at::Tensor targets_;                 ///< [S, 8, m]
};

}  // namespace purlscope::models::structured
