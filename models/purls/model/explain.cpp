#include "models/purls/model/explain.h"

#include <torch/csrc/autograd/autograd.h>

#include <vector>

namespace purlscope::models::purls {
namespace {

constexpr std::int64_t kSteps = 32;  // midpoint rule; f_skel is piecewise smooth, so its error falls with the square

/// d score_c / d pooled, [steps, C, 8, n].
at::Tensor score_gradient(const PurlsModel& model, const at::Tensor& pooled, const at::Tensor& texts) {
  const at::AutoGradMode with_gradient(true);
  const at::Tensor leaf = pooled.detach().clone().requires_grad_(true);
  const at::Tensor total = model.scores((model.head->project(leaf) * texts).sum(-1)).sum();
  return torch::autograd::grad({total}, {leaf}).front();
}

/// What the levels must add up to for every candidate: [C, 8, 1], or [C, 1, 1] for the official form, whose joint
/// f_skel knows no share of a level but the one found here.
at::Tensor exact_gain(const PurlsModel& model, const at::Tensor& nodes, const at::Tensor& texts) {
  const at::Tensor ends = model.similarities(at::stack({nodes.to(at::kCPU), model.node_mean}), texts);  // [2, C, 8]
  const at::Tensor gain = ((ends[0] - ends[1]) * model.level_shares().to(at::kCPU)).unsqueeze(-1);
  return model.head->options().form == HeadForm::official ? gain.sum(1, true) : gain;
}

/// Shares out what the quadrature missed, in proportion to the absolute contributions.
at::Tensor complete(const at::Tensor& contribution, const at::Tensor& gain) {
  constexpr double kEven = 1e-12;  // shares evenly where nothing contributes
  const at::Tensor exact = contribution.to(at::kDouble), size = exact.abs() + kEven;
  const auto over = gain.size(1) == 1 ? std::vector<std::int64_t>{1, 2} : std::vector<std::int64_t>{2};
  const at::Tensor missed = gain.to(at::kDouble) - exact.sum(over, true);
  return (exact + missed * size / size.sum(over, true)).to(at::kFloat);
}

}  // namespace

at::Tensor attention_of(const PurlsModel& model, const at::Tensor& nodes, const at::Tensor& texts) {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  const at::Tensor asking = model.queries(texts.to(model.device()));
  return model.head->attend_candidates(asking, nodes.to(model.device()).unsqueeze(0)).weights[0].to(at::kCPU);
}

Explanation explain(const PurlsModel& model, const at::Tensor& nodes, const at::Tensor& texts) {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  const at::Tensor sentences = texts.to(model.device()), asking = model.queries(sentences);
  const at::Tensor start = model.node_mean.to(model.device());
  const at::Tensor difference = nodes.to(model.device()) - start;  // [S, n]
  const at::Tensor steps = (at::arange(kSteps) + 0.5) / static_cast<double>(kSteps);
  const at::Tensor path = start + steps.view({kSteps, 1, 1}).to(model.device()) * difference;  // [steps, S, n]

  const Attended attended = model.head->attend_candidates(asking, path);
  const at::Tensor weights = attended.weights.flatten(1, 2);  // [steps, C * 8, S]
  const at::Tensor gradient = score_gradient(model, attended.pooled, sentences).flatten(1, 2);
  const at::Tensor by_value = at::matmul(gradient, difference.t()) * weights;
  // Softmax: moving a node's logit by d changes the pooled feature by weight * (node - pooled) * d.
  const at::Tensor along_node = at::matmul(gradient, path.transpose(1, 2));
  const at::Tensor by_logit = weights * (along_node - (weights * along_node).sum(-1, true));
  const at::Tensor logit_change = at::matmul(model.head->query_directions(asking).flatten(0, 1), difference.t());

  Explanation explanation;
  explanation.attention = attention_of(model, nodes, texts);
  const at::Tensor integral = (by_value + by_logit * logit_change).mean(0).to(at::kCPU);
  explanation.contribution = complete(integral.view(explanation.attention.sizes()), exact_gain(model, nodes, texts));
  return explanation;
}

}  // namespace purlscope::models::purls
