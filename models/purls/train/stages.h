#pragma once

#include <optional>

#include "models/purls/train/stage.h"
#include "models/purls/train/training_set.h"

namespace purlscope::models::purls {

/// Cross entropy over the seen classes, one classifier head for each training set, on augmented clips. Batches go to
/// the model's device as they are drawn.
class BackboneStage final : public Stage {
 public:
  /// @param held the clips kept out of training, may be none; both sets outlive the stage
  BackboneStage(const PurlsModel& model, const TrainingSet& data, const TrainingSet& held);
  torch::nn::Module& module() override { return *model_.classifier; }
  std::int64_t samples_per_epoch() const override { return data_.target.size(0); }
  at::Tensor draw_epoch(at::Generator generator) override;  ///< every clip once
  BatchResult loss(const at::Tensor& rows, at::Generator generator) override;
  std::optional<Measured> measure() override;  ///< among the classes of each clip's own set

 private:
  /// @param motions [N, frames, J, 3] of the clips of `rows` in `data`
  BatchResult classify(const at::Tensor& motions, const TrainingSet& data, const at::Tensor& rows, const Noise& noise);

  const PurlsModel& model_;
  const TrainingSet& data_;
  const TrainingSet& held_;
  JointTree tree_;         ///< on the model's device
  at::Tensor mirrorable_;  ///< [C] whether mirrored clips still are of the class
};

/// Clips as the head sees them, on the processor.
struct NodeSet {
  at::Tensor nodes;   ///< [N, S, n] of the frozen backbone
  at::Tensor target;  ///< [N]
};

/// The PURLS head on frozen node features, classes drawn equally often.
class HeadStage final : public Stage {
 public:
  /// @param held the clips kept out of training, may be none @param texts [C, 8, m] of the seen classes
  HeadStage(const PurlsModel& model, NodeSet data, NodeSet held, const at::Tensor& texts);
  torch::nn::Module& module() override { return *model_.head; }
  std::int64_t samples_per_epoch() const override { return data_.target.size(0); }
  at::Tensor draw_epoch(at::Generator generator) override;
  BatchResult loss(const at::Tensor& rows, at::Generator generator) override;
  /// The loss is that of training, without noise; the accuracy is leak-free whatever the head learns by.
  std::optional<Measured> measure() override;

 private:
  BatchResult batch(const at::Tensor& nodes, const at::Tensor& target, const Noise& noise);
  BatchResult candidate_batch(const at::Tensor& nodes, const at::Tensor& target, const Noise& noise);
  BatchResult own_label_batch(const at::Tensor& nodes, const at::Tensor& target, const Noise& noise);
  at::Tensor scores(const at::Tensor& nodes) const;

  const PurlsModel& model_;
  NodeSet data_, held_;
  at::Tensor texts_, queries_;  ///< on the model's device
  at::Tensor chance_;           ///< [N] of drawing a clip, inverse to its class's size
};

}  // namespace purlscope::models::purls
