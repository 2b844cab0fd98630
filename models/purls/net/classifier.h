#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "models/backbones/backbone.h"

namespace purlscope::models::purls {

/// A backbone with what it is trained by: one linear classifier over the mean of all nodes for each training set.
class SeenClassifier : public torch::nn::Module {
 public:
  /// @param classes number of seen classes of each training set @param dropout before the classifiers
  SeenClassifier(std::shared_ptr<backbones::Backbone> backbone, double dropout,
                 const std::vector<std::int64_t>& classes);

  /// Draws all weights from the generator, the backbone's first; on the processor.
  void initialise(const at::Generator& generator);

  /// Class scores by every classifier, each [N, classes of its set]. @param motion [N, T, J, 3]
  std::vector<at::Tensor> logits(const at::Tensor& motion, const Noise& noise);

  /// The classifiers without the backbone: `head0`, `head1`, ...
  torch::nn::Module& heads() { return *heads_; }
  const torch::nn::Module& heads() const { return *heads_; }
  std::vector<std::int64_t> classes_per_set() const;

 private:
  std::shared_ptr<backbones::Backbone> backbone_;
  double dropout_;
  std::shared_ptr<torch::nn::Module> heads_;
  std::vector<torch::nn::Linear> linear_;
};

}  // namespace purlscope::models::purls
