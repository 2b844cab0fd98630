#include "models/structured/scorer.h"

#include <algorithm>
#include <utility>

#include "models/structured/fit/label_fit.h"

namespace purlscope::models::structured {
namespace {

constexpr double kLeastShare = 1e-5;  // of a direction in the spread of the class texts
constexpr double kFloor = 1e-12;

/// Columns that turn votes for the classes into coordinates of the text that they make. [C, m]
at::Tensor text_basis(const at::Tensor& gram) {
  const auto [values, vectors] = at::linalg_eigh(gram.to(at::kDouble));
  const at::Tensor kept = (values > kLeastShare * values.max()).nonzero().squeeze(1);
  return (vectors.index_select(1, kept) * values.index_select(0, kept).sqrt()).to(at::kFloat);
}

}  // namespace

at::Tensor pack(const MotionFeatures& standardised) {
  return at::cat({standardised.values, standardised.saliency, standardised.mirrored.to(at::kFloat).unsqueeze(1)}, 1);
}

MotionFeatures unpack(const at::Tensor& features) {
  return {features.narrow(1, 0, kValues), features.narrow(1, kValues, kNodes),
          features.select(1, kValues + kNodes) > 0.5};
}

StructuredScorer::StructuredScorer(std::shared_ptr<const ClosedForm> form, const Calibration& calibration,
                                   MirroredLabels labels, std::vector<CandidatePtr> candidates)
    : form_(std::move(form)),
      calibration_(calibration),
      labels_(std::move(labels)),
      candidates_(std::move(candidates)),
      basis_(text_basis(form_->class_text_gram)) {
  std::vector<std::shared_ptr<const LabelFit>> fits;
  std::vector<float> offsets;
  for (const CandidatePtr& candidate : candidates_) {
    fits.emplace_back(candidate, &candidate->fit);
    offsets.push_back(static_cast<float>(candidate->offset));
  }
  batch_ = LabelBatch(form_, std::move(fits));
  offsets_ = at::tensor(offsets);
  // coordinates of a label's text: those whose product with any votes' is the label's own with them
  const at::Tensor inverse = basis_ / basis_.square().sum(0).clamp_min(kFloor);  // [C, m]
  std::vector<at::Tensor> targets;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const std::string& name = labels_.all()[i].text;
    const auto known = std::ranges::find(slots_, name);
    slot_of_.push_back(known - slots_.begin());
    if (known != slots_.end()) continue;
    slots_.push_back(name);
    const at::Tensor coordinates = inverse.t().mv(candidates_[i]->fit.towards);  // [m]
    targets.push_back(coordinates.unsqueeze(0).expand({core::kSentenceCount, -1}));
  }
  targets_ = at::stack(targets);
}

at::Tensor StructuredScorer::weights() const { return motion_weights(calibration_); }

at::Tensor StructuredScorer::said_of(const PreparedWindows& windows, std::size_t candidate) const {
  const LabelFit& fit = candidates_[candidate]->fit;
  const std::int64_t count = windows.emphasis.size(0);
  const at::Tensor kernel =
      fit.attention.mm(windows.kernel.flatten(1)).view({core::kSentenceCount, count, form_->sample_count()});
  const at::Tensor said = at::matmul(votes(fit.dual, kernel), basis_).transpose(0, 1);  // [B, 8, m]
  return said / said.norm(2, 2, true).clamp_min(kFloor);
}

refinement::Evidence StructuredScorer::evidence(const at::Tensor& features, bool with_said) const {
  const MotionFeatures standardised = unpack(features);
  const PreparedWindows windows = prepare(*form_, standardised);
  return evidence(windows, score(windows), standardised.mirrored, with_said);
}

refinement::Evidence StructuredScorer::evidence(const PreparedWindows& window, const LabelBatch::Scores& scored,
                                                const at::Tensor& mirrored, bool with_said) const {
  return evidence(window, columns_of(scored), mirrored, with_said);
}

StructuredScorer::Columns StructuredScorer::columns_of(const LabelBatch::Scores& scored) const {
  const at::Tensor levels = level_scores(calibration_, scored.parts);
  const at::Tensor scores = levels.sum(1) + name_scores(calibration_, scored.parts) - offsets_;
  return {scores.unsqueeze(0), levels.unsqueeze(0)};
}

StructuredScorer::Columns StructuredScorer::score(const PreparedWindows& windows) const {
  if (windows.emphasis.size(0) == 1) return columns_of(batch_.score(windows));
  std::vector<at::Tensor> levels;
  std::vector<at::Tensor> scores;
  for (const CandidatePtr& candidate : candidates_) {
    const PartScores parts = structured::score(*form_, candidate->fit, windows);
    levels.push_back(level_scores(calibration_, parts));
    scores.push_back(levels.back().sum(1) + name_scores(calibration_, parts).flatten() - candidate->offset);
  }
  return {at::stack(scores, 1), at::stack(levels, 1)};
}

refinement::Evidence StructuredScorer::evidence(const PreparedWindows& windows, const Columns& columns,
                                                const at::Tensor& mirrored, bool with_said) const {
  const auto pick = [&](const at::Tensor& values) {  // [B, all, ...]
    const auto labelled = [&](bool in_mirror) {
      return values.index_select(1, at::tensor(labels_.places(in_mirror), at::kLong));
    };
    std::vector<std::int64_t> shape(static_cast<std::size_t>(values.dim()), 1);
    shape[0] = values.size(0);
    return at::where(mirrored.view(shape), labelled(true), labelled(false));
  };
  const auto slots_for = [&](bool in_mirror) {
    std::vector<std::int64_t> out;
    for (const std::int64_t place : labels_.places(in_mirror)) out.push_back(slot_of_[static_cast<std::size_t>(place)]);
    return at::tensor(out, at::kLong);
  };
  refinement::Evidence out;
  out.scores = pick(columns.scores);
  out.levels = pick(columns.levels);
  out.slots = at::where(mirrored.unsqueeze(1), slots_for(true).unsqueeze(0), slots_for(false).unsqueeze(0));
  out.visual = form_->attributes.fitted() ? places(form_->attributes, windows.attributes.measures)
                                          : windows.deviations.flatten(1);
  if (!with_said) return out;
  std::vector<at::Tensor> said;
  for (std::size_t i = 0; i < candidates_.size(); ++i) said.push_back(said_of(windows, i));
  out.said = pick(at::stack(said, 1));
  return out;
}

std::vector<double> StructuredScorer::probabilities(const std::vector<double>& scores) const {
  return structured::probabilities(calibration_, scores);
}

}  // namespace purlscope::models::structured
