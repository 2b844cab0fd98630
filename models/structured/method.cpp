#include "models/structured/method.h"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "models/structured/scorer.h"
#include "models/structured/text/text_features.h"

namespace purlscope::models::structured {
namespace {

std::vector<FeatureSet> extract_all(const core::LabData& data, TextEncoder& encoder, FeatureStore& store,
                                    const Options& options, const core::ProgressFn& progress,
                                    const std::stop_token& stop) {
  std::vector<FeatureSet> sets;
  if (!data.target.clips.empty()) sets.push_back(extract(data.target, encoder, store, options, progress, stop));
  for (const core::ClipSet& other : data.others) {
    sets.push_back(extract(other, encoder, store, options, progress, stop));
  }
  return sets;
}

LeftOut left_out_of(const core::LabData& data) {
  const std::size_t first = data.target.clips.empty() ? 0 : 1;  // place of the first further set
  LeftOut out(first + data.others.size());
  if (first == 1) out[0].insert(data.unseen.begin(), data.unseen.end());
  for (const auto& [other, label] : data.left_out) out.at(first + other).insert(label);
  return out;
}

/// Names, in lower case, that no training class may bear: those of the unseen classes and of all that mean the same.
std::set<std::string> forbidden_names(const core::LabData& data) {
  std::set<std::string> out;
  for (const core::ForbiddenClass& forbidden : data.forbidden) out.insert(core::lower_ascii(forbidden.name));
  return out;
}

std::vector<const FeatureSet*> pointers(const std::vector<FeatureSet>& sets) {
  std::vector<const FeatureSet*> out;
  out.reserve(sets.size());
  for (const FeatureSet& set : sets) out.push_back(&set);
  return out;
}

std::vector<std::string> all_texts(std::span<const core::Label> labels) {
  std::vector<std::string> out;
  for (const core::Label& label : labels) {
    for (std::size_t i = 0; i < label.wordings(); ++i) {
      const std::vector<std::string> texts = texts_of(label.wording(i));
      out.insert(out.end(), texts.begin(), texts.end());
    }
  }
  return out;
}

/// The prepared windows without some nodes. @param kept [B, S]
PreparedWindows masked(const ClosedForm& form, const PreparedWindows& windows, const at::Tensor& kept) {
  PreparedWindows out = {windows.kernel * kept.t().unsqueeze(2),          windows.emphasis,
                         windows.deviations * kept.unsqueeze(2),          windows.deviation_power * kept,
                         windows.concepts * kept.mm(concept_nodes().t()), {}};
  if (form.attributes.fitted()) out.attributes = masked(form.attributes, windows.attributes, kept);
  return out;
}

PreparedWindows window_at(const PreparedWindows& windows, std::int64_t i) {
  return {windows.kernel.narrow(1, i, 1),          windows.emphasis.narrow(0, i, 1), windows.deviations.narrow(0, i, 1),
          windows.deviation_power.narrow(0, i, 1), windows.concepts.narrow(0, i, 1), window_at(windows.attributes, i)};
}

}  // namespace

StructuredMethod::StructuredMethod(const Options& options, TextEncoder& encoder)
    : options_(options),
      encoder_(encoder),
      joint_phrases_(encode_joint_phrases(encoder)),
      store_(preparation_of(options)) {}

void StructuredMethod::fit(const core::LabData& training, std::uint64_t seed, const core::ProgressFn& progress,
                           std::stop_token stop) {
  const c10::NoGradGuard no_grad;
  source_ = training.target.kind;
  const std::vector<FeatureSet> sets = extract_all(training, encoder_, store_, options_, progress, stop);
  training_ = make_training_set(pointers(sets), left_out_of(training), joint_phrases_, options_, seed,
                                forbidden_names(training));
  problem_.reset();
  asked_.clear();
}

const Problem& StructuredMethod::problem_for(std::span<const core::Label> candidates, const std::stop_token& stop) {
  std::vector<std::string> texts = all_texts(candidates);
  if (!problem_ || texts != asked_) {
    labels_ = MirroredLabels(candidates);
    const LabelTexts encoded = encode_labels(labels_.all(), encoder_, {}, stop);
    problem_ = fit_problem(training_.value(), encoded, options_, {}, stop);
    asked_ = std::move(texts);
  }
  return *problem_;
}

MotionFeatures StructuredMethod::features(std::span<const core::ClipPtr> clips) {
  std::vector<MotionFeatures> parts;
  for (const core::ClipPtr& clip : clips) parts.push_back(store_.find(clip)->forward);
  return concatenate(parts);
}

at::Tensor StructuredMethod::scores_of(const PreparedWindows& windows, const at::Tensor& mirrored) const {
  const at::Tensor all = score_all(problem_->form, problem_->calibration, problem_->candidates, windows);
  const auto columns = [&](bool in_mirror) {
    return all.index_select(1, at::tensor(labels_.places(in_mirror), at::kLong));
  };
  return at::where(mirrored.unsqueeze(1), columns(true), columns(false));
}

at::Tensor StructuredMethod::scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                                    std::stop_token stop) {
  const c10::NoGradGuard no_grad;
  const Problem& problem = problem_for(candidates, stop);
  return score_where(
      clips, candidates.size(), [&](const core::ClipPtr& clip) { return store_.find(clip) != nullptr; },
      [&](std::span<const core::ClipPtr> usable, const at::Tensor&) {
        const MotionFeatures raw = features(usable);
        return scores_of(problem.prepared(raw, source_), raw.mirrored);
      },
      stop);
}

nlohmann::json StructuredMethod::facts() const {
  return {
      {"method", "structured"}, {"backbone", kBackbone}, {"text", encoder_.name()}, {"settings", to_json(options_)}};
}

NodeRanks StructuredMethod::ranks(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                                  std::stop_token stop) {
  const c10::NoGradGuard no_grad;
  const Problem& problem = problem_for(candidates, stop);
  const MotionFeatures raw = features(clips);
  const PreparedWindows windows = problem.prepared(raw, source_);
  const at::Tensor scores = scores_of(windows, raw.mirrored);
  const std::int64_t shown = std::min<std::int64_t>(2, scores.size(1));
  const at::Tensor best = std::get<1>(scores.topk(shown, 1)).contiguous();
  std::vector<at::Tensor> attention;
  std::vector<at::Tensor> contribution;
  for (std::int64_t i = 0; i < scores.size(0); ++i) {
    core::throw_if_stopped(stop);
    const PreparedWindows window = window_at(windows, i);
    const auto candidate = [&](std::int64_t rank) -> const Candidate& {
      const auto label = static_cast<std::size_t>(best[i][rank].item<std::int64_t>());
      return problem.candidates[labels_.place(label, raw.mirrored[i].item<bool>())];
    };
    const auto shares = [&](std::int64_t rank) {
      return level_shares(problem.calibration, node_shares(problem.form, candidate(rank).fit, window)).sum(0);
    };
    attention.push_back(shown_attention(candidate(0).fit, window).mean(0));
    contribution.push_back(shown > 1 ? shares(0) - shares(1) : shares(0));
  }
  return {at::stack(attention), at::stack(contribution)};
}

at::Tensor StructuredMethod::scores_of_nodes(std::span<const core::ClipPtr> clips,
                                             std::span<const core::Label> candidates, const at::Tensor& kept,
                                             std::stop_token stop) {
  const c10::NoGradGuard no_grad;
  const Problem& problem = problem_for(candidates, stop);
  const MotionFeatures raw = features(clips);
  return scores_of(masked(problem.form, problem.prepared(raw, source_), kept), raw.mirrored);
}

std::shared_ptr<const refinement::Scorer> StructuredMethod::scorer(std::span<const core::Label> candidates,
                                                                   std::stop_token stop) {
  const c10::NoGradGuard no_grad;
  const Problem& problem = problem_for(candidates, stop);
  std::vector<CandidatePtr> fits;
  for (const Candidate& candidate : problem.candidates) fits.push_back(std::make_shared<const Candidate>(candidate));
  return std::make_shared<const StructuredScorer>(std::make_shared<const ClosedForm>(problem.form), problem.calibration,
                                                  labels_, std::move(fits));
}

at::Tensor StructuredMethod::refinable_features(std::span<const core::ClipPtr> clips) {
  const c10::NoGradGuard no_grad;
  return pack(standardise(features(clips), statistics_for(training_.value().sources, source_)));
}

}  // namespace purlscope::models::structured
