#include "models/purls/scorer.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include <utility>

namespace purlscope::models::purls {
namespace {

constexpr double kUnits = 1.5;  // calibrated temperatures in a unit of the score

}  // namespace

PurlsScorer::PurlsScorer(PurlsModel model, std::vector<std::string> names, at::Tensor texts)
    : model_(std::move(model)), names_(std::move(names)), texts_(std::move(texts)) {}

refinement::Evidence PurlsScorer::evidence(const at::Tensor& features, bool with_said) const {
  const c10::InferenceMode normal_tensors(false);
  const at::NoGradGuard no_grad;
  const at::Tensor nodes = features.view({features.size(0), -1, model_.config.head.node_dim});
  const at::Tensor said = model_.said(nodes.cpu(), texts_);  // [B, L, 8, m]
  refinement::Evidence out;
  out.levels = (said * texts_).sum(-1) * weights();
  out.scores = out.levels.sum(-1);
  const auto labels = static_cast<std::int64_t>(names_.size());
  out.slots = at::arange(labels).expand({nodes.size(0), labels}).contiguous();
  out.visual = nodes.mean(1);
  if (with_said) out.said = said;
  return out;
}

double PurlsScorer::unit() const { return model_.calibration.temperature * kUnits; }

std::vector<double> PurlsScorer::probabilities(const std::vector<double>& scores) const {
  std::vector<double> logits = scores;
  logits.push_back(model_.calibration.none_score);
  const at::Tensor values =
      (at::tensor(logits) / model_.calibration.temperature).softmax(0).to(at::kDouble).contiguous();
  const auto* data = values.const_data_ptr<double>();
  return {data, data + values.numel()};
}

}  // namespace purlscope::models::purls
