#pragma once

#include "models/purls/train/stage.h"
#include "models/purls/train/training_set.h"

namespace purlscope::models::purls {

/// Cross entropy over the seen classes, one classifier head for each training set, on augmented clips.
class BackboneStage final : public Stage {
 public:
  BackboneStage(const PurlsModel& model, const TrainingSet& data);
  torch::nn::Module& module() override { return *model_.classifier; }
  std::int64_t samples_per_epoch() const override { return data_.target.size(0); }
  at::Tensor draw_epoch(at::Generator generator) override;  ///< every clip once
  BatchResult loss(const at::Tensor& rows, at::Generator generator) override;

 private:
  const PurlsModel& model_;
  const TrainingSet& data_;
  JointTree tree_;
  at::Tensor mirrorable_;  ///< [C] whether mirrored clips still are of the class
};

/// The PURLS head on frozen node features, classes drawn equally often.
class HeadStage final : public Stage {
 public:
  /// @param nodes [N, S, n] of the training clips @param texts [C, 8, m] of the seen classes
  HeadStage(const PurlsModel& model, const TrainingSet& data, at::Tensor nodes, at::Tensor texts);
  torch::nn::Module& module() override { return *model_.head; }
  std::int64_t samples_per_epoch() const override { return data_.target.size(0); }
  at::Tensor draw_epoch(at::Generator generator) override;
  BatchResult loss(const at::Tensor& rows, at::Generator generator) override;

 private:
  BatchResult candidate_batch(const at::Tensor& nodes, const at::Tensor& target, at::Generator generator);
  BatchResult own_label_batch(const at::Tensor& nodes, const at::Tensor& target, at::Generator generator);

  const PurlsModel& model_;
  const TrainingSet& data_;
  at::Tensor nodes_, texts_, queries_;
  at::Tensor chance_;  ///< [N] of drawing a clip, inverse to its class's size
};

}  // namespace purlscope::models::purls
