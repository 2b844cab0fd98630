#include "models/structured/fit/label_batch.h"

#include <ATen/Parallel.h>

#include <utility>

namespace purlscope::models::structured {
namespace {

constexpr std::int64_t kLevels = core::kSentenceCount;

template <typename Part>
at::Tensor stacked(const std::vector<std::shared_ptr<const LabelFit>>& fits, Part part) {
  std::vector<at::Tensor> rows;
  for (const auto& fit : fits) rows.push_back(part(*fit));
  return at::stack(rows);
}

template <typename Part>
at::Tensor numbers(const std::vector<std::shared_ptr<const LabelFit>>& fits, Part part) {
  std::vector<float> values;
  for (const auto& fit : fits) values.push_back(static_cast<float>(part(*fit)));
  return at::tensor(values);
}

}  // namespace

LabelBatch::LabelBatch(std::shared_ptr<const ClosedForm> form, std::vector<std::shared_ptr<const LabelFit>> fits)
    : form_(std::move(form)), fits_(std::move(fits)) {
  attention_ = stacked(fits_, [](const LabelFit& fit) { return fit.attention; });
  dual_label_ = stacked(fits_, [](const LabelFit& fit) { return fit.dual_label; }).flatten(0, 1);
  prototype_ = stacked(fits_, [](const LabelFit& fit) { return fit.prototype; });
  prototype_norm_ = stacked(fits_, [](const LabelFit& fit) { return fit.prototype_norm; });
  said_ = stacked(fits_, [](const LabelFit& fit) { return fit.said; });
  concept_bias_ = numbers(fits_, [](const LabelFit& fit) { return fit.concept_bias; });
  if (!form_->attributes.fitted()) return;
  attribute_votes_ = stacked(fits_, [](const LabelFit& fit) { return fit.attributes.votes; });
  attribute_place_ = stacked(fits_, [](const LabelFit& fit) { return fit.attributes.place; });
  attribute_centre_ = numbers(fits_, [](const LabelFit& fit) { return fit.attributes.centre; });
  attribute_constant_ = numbers(fits_, [](const LabelFit& fit) { return fit.attributes.constant; });
}

/// @param kernel [L x 8, N] @return [L x 8, C]
at::Tensor LabelBatch::votes(const at::Tensor& kernel) const {
  const std::int64_t samples = kernel.size(1), classes = form_->class_count();
  at::Tensor out = at::empty({kernel.size(0), classes}, kernel.options());
  const auto* from = kernel.const_data_ptr<float>();
  auto* to = out.mutable_data_ptr<float>();
  at::parallel_for(0, std::ssize(fits_), 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t l = begin; l < end; ++l) {
      votes_of_one(fits_[static_cast<std::size_t>(l)]->dual, from + l * kLevels * samples, to + l * kLevels * classes);
    }
  });
  return out;
}

LabelBatch::Scores LabelBatch::score(const PreparedWindows& window) const {
  const at::Tensor kernel = attention_.flatten(0, 1).mm(window.kernel.select(1, 0)).contiguous();  // [L x 8, N]
  const at::Tensor said = votes(kernel);
  Scores out;
  out.vote_norm = vote_norm(*form_, said).view({-1, kLevels});
  out.dots = (prototype_ * window.deviations[0]).sum(2);
  out.place_norm = at::matmul(attention_, window.deviation_power[0]).sqrt() * prototype_norm_;
  out.parts.motion_to_text = (kernel * dual_label_).sum(1).view({-1, kLevels}) / out.vote_norm;
  out.parts.text_to_motion = at::matmul(attention_, out.dots.unsqueeze(2)).squeeze(2) / out.place_norm;
  out.parts.grounding = at::matmul(window.concepts, said_).squeeze(1);  // [L, 9]
  out.parts.grounding.select(1, kLevels).add_(concept_bias_);
  if (form_->attributes.fitted()) {
    const AttributeWindows& clip = window.attributes;
    const at::Tensor shown = (attribute_votes_.mv(clip.measures[0]) / clip.vote_norm) +
                             (attribute_place_.mv(clip.measures[0]) / clip.place_norm);
    out.parts.attributes = at::stack({shown, -attribute_centre_ / clip.place_norm - attribute_constant_}, 1);
  }
  return out;
}

NodeShares LabelBatch::shares(const PreparedWindows& window, const Scores& scores) const {
  const std::int64_t labels = attention_.size(0);
  const at::Tensor towards = dual_label_.mm(window.kernel.select(1, 0).t()).view({labels, kLevels, -1});  // [L, 8, S]
  NodeShares out;
  out.motion_to_text = attention_ * towards / scores.vote_norm.unsqueeze(2);
  out.text_to_motion = attention_ * scores.dots.unsqueeze(1) / scores.place_norm.unsqueeze(2);
  const at::Tensor shown = said_.narrow(2, 0, kLevels) * window.concepts[0].unsqueeze(1);  // [L, 22, 8]
  out.grounding = at::matmul(shown.transpose(1, 2), concept_nodes());
  if (form_->attributes.fitted()) {
    const AttributeWindows& clip = window.attributes;
    const at::Tensor weights = attribute_votes_ / clip.vote_norm + attribute_place_ / clip.place_norm;  // [L, F]
    out.attributes = (weights * clip.measures[0]).mm(measure_nodes()).unsqueeze(1);
  }
  return out;
}

at::Tensor LabelBatch::shown_attention(const PreparedWindows& window) const {
  const at::Tensor weights = attention_ * window.emphasis[0];
  return weights / weights.sum(2, true);
}

}  // namespace purlscope::models::structured
