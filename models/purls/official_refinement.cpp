#include "models/purls/official_refinement.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace purlscope::models::purls {
namespace {

constexpr double kLastRate = 0.1;  // share of the rate that stays at the stream's end

at::Tensor unit(const at::Tensor& rows) { return rows / rows.norm(2, -1, true).clamp_min(1e-12); }

/// Inner products on the global level. @param projected [N, 8, m] @param texts [C, 8, m] @return [N, C]
at::Tensor global_logits(const at::Tensor& projected, const at::Tensor& texts) {
  return at::matmul(projected.select(1, -1), texts.select(1, -1).t());
}

/// Leaf that gradients flow to.
at::Tensor leaf(const at::Tensor& values) { return values.clone().requires_grad_(); }

}  // namespace

OfficialRefinement::OfficialRefinement(const PurlsHead& head, const at::Tensor& texts,
                                       const OfficialRefinementOptions& options, at::Generator noise)
    : options_(options), generator_(std::move(noise)) {
  const c10::InferenceMode normal_tensors(false);
  head_ = head.copy();
  head_->eval();
  base_ = texts.clone();
  scales_ = leaf(at::ones_like(base_));
  shifts_ = leaf(at::zeros_like(base_));
  adam_ = std::make_unique<torch::optim::Adam>(
      std::vector<at::Tensor>{scales_, shifts_},
      torch::optim::AdamOptions(options_.learning_rate).weight_decay(options_.decay));
}

Noise OfficialRefinement::noise() const { return head_->is_training() ? Noise(generator_) : std::nullopt; }

at::Tensor OfficialRefinement::texts() const { return unit(scales_ * base_ + shifts_); }

/// @return [N, 8, m]
at::Tensor OfficialRefinement::project(const at::Tensor& nodes, const at::Tensor& texts, const at::Tensor& asked) {
  return head_->project(head_->attend_own(texts.index_select(0, asked), nodes).pooled, noise());
}

at::Tensor OfficialRefinement::similarities(const at::Tensor& nodes, const at::Tensor& asked) {
  const c10::InferenceMode normal_tensors(false);
  const at::NoGradGuard no_grad;
  const at::Tensor refined = texts();
  return at::einsum("nlm,clm->ncl", {project(nodes, refined, asked), refined});
}

OfficialRefinement::Arrival OfficialRefinement::step(const at::Tensor& nodes, const at::Tensor& asked) {
  const c10::InferenceMode normal_tensors(false);
  const at::AutoGradMode gradients(true);
  Arrival out;
  {
    const at::NoGradGuard no_grad;
    const at::Tensor refined = texts();
    out.logits = global_logits(project(nodes, refined, asked), refined);
  }
  if (options_.stays_in_training) head_->train();
  keep(nodes, out.logits.softmax(1));

  const double way = static_cast<double>(done_++) / static_cast<double>(std::max<std::int64_t>(options_.steps, 1));
  const double rate = options_.learning_rate *
                      (kLastRate + (1 - kLastRate) * (1 + std::cos(std::numbers::pi * std::min(1.0, way))) / 2);
  static_cast<torch::optim::AdamOptions&>(adam_->param_groups().front().options()).lr(rate);
  if (memory_.empty()) return out;
  const at::Tensor loss = mean_loss();
  adam_->zero_grad();
  loss.backward({}, /*retain_graph=*/true);
  adam_->step();
  out.loss = loss.item<double>();
  return out;
}

/// Losses of the clips that are sure enough go into the memory, with the graphs they have now.
void OfficialRefinement::keep(const at::Tensor& nodes, const at::Tensor& probabilities) {
  const auto [confidence, best] = probabilities.max(1);
  const at::Tensor sure = (confidence > options_.threshold).nonzero().flatten();
  if (sure.numel() == 0) return;
  const at::Tensor taken = best.index_select(0, sure);
  const at::Tensor refined = texts();
  const at::Tensor projected = project(nodes.index_select(0, sure), refined, taken);
  const at::Tensor losses = -global_logits(projected, refined).log_softmax(1).gather(1, taken.unsqueeze(1)).squeeze(1);
  for (std::int64_t i = 0; i < sure.numel(); ++i) {
    auto& slots = memory_[taken[i].item<std::int64_t>()];
    Kept fresh{confidence[sure[i].item<std::int64_t>()].item<double>(), losses[i]};
    if (std::ssize(slots) < options_.slots) {
      slots.push_back(std::move(fresh));
      continue;
    }
    const auto least = std::min_element(slots.begin(), slots.end(),
                                        [](const Kept& a, const Kept& b) { return a.confidence < b.confidence; });
    if (fresh.confidence > least->confidence) *least = std::move(fresh);
  }
}

at::Tensor OfficialRefinement::mean_loss() const {
  std::vector<at::Tensor> losses;
  for (const auto& [label, slots] : memory_) {
    for (const Kept& kept : slots) losses.push_back(kept.loss);
  }
  return at::stack(losses).mean();
}

}  // namespace purlscope::models::purls
