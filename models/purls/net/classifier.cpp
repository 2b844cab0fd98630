#include "models/purls/net/classifier.h"

#include <fmt/format.h>

#include <utility>

namespace purlscope::models::purls {

SeenClassifier::SeenClassifier(std::shared_ptr<backbones::Backbone> backbone, double dropout,
                               const std::vector<std::int64_t>& classes)
    : backbone_(register_module("backbone", std::move(backbone))), dropout_(dropout) {
  heads_ = register_module("heads", std::make_shared<torch::nn::Module>());
  for (std::size_t i = 0; i < classes.size(); ++i) {
    linear_.push_back(
        heads_->register_module(fmt::format("head{}", i), torch::nn::Linear(backbone_->channels(), classes[i])));
  }
}

void SeenClassifier::initialise(const at::Generator& generator) {
  backbone_->initialise(generator);
  for (auto& head : linear_) initialise_linears(*head, generator);
}

std::vector<at::Tensor> SeenClassifier::logits(const at::Tensor& motion, const Noise& noise) {
  const at::Tensor mean = backbone_->features(motion, noise).mean(at::IntArrayRef{1, 2});
  const at::Tensor pooled = models::dropout(mean, dropout_, noise);
  std::vector<at::Tensor> all;
  for (auto& head : linear_) all.push_back(head->forward(pooled));
  return all;
}

std::vector<std::int64_t> SeenClassifier::classes_per_set() const {
  std::vector<std::int64_t> counts;
  for (const auto& head : linear_) counts.push_back(head->weight.size(0));
  return counts;
}

}  // namespace purlscope::models::purls
