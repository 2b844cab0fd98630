#include "models/structured/fit/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/evaluation/statistics.h"

namespace purlscope::models::structured {
namespace {

constexpr std::int64_t kLevels = core::kSentenceCount;
constexpr double kLeastSpread = 1e-6;
// Search range of the temperature and of none_logit, in spreads of the total score; each pass narrows around the best.
constexpr double kColdest = 0.05;
constexpr double kHottest = 5.0;
constexpr double kLowestNone = -6.0;
constexpr double kHighestNone = 12.0;
// How often none of the labels fits: who types labels expects one of them. With half the clips, as a detector would
// count, "none" stood before right labels.
constexpr double kNoneShare = 0.2;
constexpr int kGridSteps = 24;
constexpr int kGridPasses = 3;

at::Tensor spread_of(const at::Tensor& values) { return values.std(0, /*unbiased=*/false).clamp_min(kLeastSpread); }

/// Weighted mean of the sixteen parts on attended nodes, each divided by its spread. @param motion, text [B, 8]
at::Tensor weighted_parts(const Calibration& calibration, const at::Tensor& motion, const at::Tensor& text) {
  const auto& weights = calibration.level_weights;
  const at::Tensor levels = at::tensor(at::ArrayRef<double>(weights.data(), weights.size()), at::kFloat);
  return (motion / calibration.motion_spread + text / calibration.text_spread) * (levels / (2 * levels.sum()));
}

at::Tensor attended(const Calibration& calibration, const at::Tensor& motion, const at::Tensor& text) {
  const double weight = calibration.attention_weight / (calibration.attended_spread * calibration.total_spread);
  return weighted_parts(calibration, motion, text) * weight;
}

double grounding_scale(const Calibration& calibration) {
  return calibration.grounding_weight / (calibration.grounding_spread * calibration.total_spread);
}

/// The attribute view knows no sentences: each has an equal share of it.
double attributes_scale(const Calibration& calibration) {
  return calibration.attributes_weight / (kLevels * calibration.total_spread);
}

/// Mean of -log p(truth) over the trials as they are and, for those with a truth, without their right candidate.
double loss(const std::vector<Trial>& trials, double temperature, double none) {
  double total = 0;
  double weights = 0;
  const auto add = [&](const Trial& trial, bool without_truth) {
    double highest = none;
    for (const double score : trial.scores) highest = std::max(highest, score);
    double mass = std::exp((none - highest) / temperature);
    for (std::size_t i = 0; i < trial.scores.size(); ++i) {
      if (without_truth && static_cast<std::int64_t>(i) == trial.truth) continue;
      mass += std::exp((trial.scores[i] - highest) / temperature);
    }
    const bool none_right = without_truth || trial.truth < 0;
    const double right = none_right ? none : trial.scores[static_cast<std::size_t>(trial.truth)];
    const double weight = none_right ? kNoneShare : 1 - kNoneShare;
    total += weight * (std::log(mass) - (right - highest) / temperature);
    weights += weight;
  };
  for (const Trial& trial : trials) {
    add(trial, false);
    if (trial.truth >= 0) add(trial, true);
  }
  return total / weights;
}

}  // namespace

at::Tensor motion_weights(const Calibration& calibration) {
  const at::Tensor one = at::ones({1, kLevels});
  return attended(calibration, one, at::zeros({1, kLevels}))[0];
}

Calibration measure_spread(const std::vector<PartScores>& training_scores, const Options& options) {
  std::vector<at::Tensor> motion;
  std::vector<at::Tensor> text;
  std::vector<at::Tensor> grounding;
  for (const PartScores& scores : training_scores) {
    motion.push_back(scores.motion_to_text);
    text.push_back(scores.text_to_motion);
    grounding.push_back(scores.grounding);
  }
  const PartScores all{at::cat(motion), at::cat(text), at::cat(grounding)};
  Calibration out;
  out.attention_weight = options.attention;
  out.grounding_weight = options.grounding;
  out.attributes_weight = options.attributes;
  out.level_weights = options.levels;
  out.motion_spread = spread_of(all.motion_to_text);
  out.text_spread = spread_of(all.text_to_motion);
  const at::Tensor parts = weighted_parts(out, all.motion_to_text, all.text_to_motion).sum(1);
  out.attended_spread = std::max(parts.std(/*unbiased=*/false).item<double>(), kLeastSpread);
  out.grounding_spread = std::max(all.grounding.sum(1).std(/*unbiased=*/false).item<double>(), kLeastSpread);
  const at::Tensor total = level_scores(out, all).sum(1) + name_scores(out, all);
  out.total_spread =
      std::max(std::hypot(total.std(/*unbiased=*/false).item<double>(), out.attributes_weight), kLeastSpread);
  return out;
}

Calibration measure_spread(const ClosedForm& form, const LabelTexts& classes,
                           const std::function<void(double)>& progress) {
  std::vector<PartScores> training_scores(static_cast<std::size_t>(classes.count()));
  for (std::size_t c = 0; c < training_scores.size(); ++c) {
    if (progress) progress(static_cast<double>(c) / static_cast<double>(training_scores.size()));
    fit_label(form, classes.one(static_cast<std::int64_t>(c)), &training_scores[c]);
  }
  return measure_spread(training_scores, form.options);
}

at::Tensor level_scores(const Calibration& calibration, const PartScores& parts) {
  at::Tensor levels = attended(calibration, parts.motion_to_text, parts.text_to_motion) +
                      parts.grounding.narrow(1, 0, kLevels) * grounding_scale(calibration);
  if (!parts.attributes.defined()) return levels;
  return levels + parts.attributes.narrow(1, 0, 1) * attributes_scale(calibration);
}

at::Tensor name_scores(const Calibration& calibration, const PartScores& parts) {
  at::Tensor name = parts.grounding.select(1, kLevels) * grounding_scale(calibration);
  if (!parts.attributes.defined()) return name;
  return name + parts.attributes.select(1, 1) * (kLevels * attributes_scale(calibration));
}

double centre(const Calibration& calibration, const PartScores& training_scores, const Options& options) {
  const at::Tensor scores =
      attended(calibration, training_scores.motion_to_text, training_scores.text_to_motion).sum(1);
  const double share = options.centring_share * static_cast<double>(scores.numel());
  const auto nearest = static_cast<std::int64_t>(std::ceil(share));
  return options.centring * std::get<0>(scores.topk(nearest)).mean().item<double>();
}

at::Tensor level_shares(const Calibration& calibration, const NodeShares& shares) {
  const at::Tensor levels = attended(calibration, shares.motion_to_text.mT(), shares.text_to_motion.mT()).mT() +
                            shares.grounding * grounding_scale(calibration);
  return shares.attributes.defined() ? levels + shares.attributes * attributes_scale(calibration) : levels;
}

at::Tensor score_all(const ClosedForm& form, const Calibration& calibration, const std::vector<Candidate>& candidates,
                     const PreparedWindows& windows) {
  std::vector<at::Tensor> columns;
  for (const Candidate& candidate : candidates) {
    const PartScores parts = score(form, candidate.fit, windows);
    columns.push_back(level_scores(calibration, parts).sum(1) + name_scores(calibration, parts) - candidate.offset);
  }
  return at::stack(columns, 1);
}

std::vector<double> probabilities(const Calibration& calibration, const std::vector<double>& scores) {
  std::vector<double> out = scores;
  out.push_back(calibration.none_logit);
  const double highest = *std::ranges::max_element(out);
  double mass = 0;
  for (double& value : out) {
    value = std::exp((value - highest) / calibration.temperature);
    mass += value;
  }
  for (double& value : out) value /= mass;
  return out;
}

void fit_probabilities(Calibration& calibration, const std::vector<Trial>& trials) {
  if (trials.empty()) return;
  double cold = std::log(kColdest);
  double hot = std::log(kHottest);
  double low = kLowestNone;
  double high = kHighestNone;
  for (int pass = 0; pass < kGridPasses; ++pass) {
    double best = std::numeric_limits<double>::infinity();
    double best_log = cold;
    double best_none = low;
    const double log_step = (hot - cold) / kGridSteps;
    const double none_step = (high - low) / kGridSteps;
    for (int i = 0; i <= kGridSteps; ++i) {
      for (int j = 0; j <= kGridSteps; ++j) {
        const double value = loss(trials, std::exp(cold + i * log_step), low + j * none_step);
        if (value >= best) continue;
        best = value;
        best_log = cold + i * log_step;
        best_none = low + j * none_step;
      }
    }
    calibration.temperature = std::exp(best_log);
    calibration.none_logit = best_none;
    cold = best_log - 2 * log_step;
    hot = best_log + 2 * log_step;
    low = best_none - 2 * none_step;
    high = best_none + 2 * none_step;
  }
}

CalibrationTest test_calibration(const Calibration& calibration, const std::vector<std::vector<Trial>>& rounds) {
  CalibrationTest out;
  std::vector<double> confidence;
  std::vector<double> right;
  const auto first_of = [](const std::vector<double>& values) {
    return std::ranges::max_element(values) - values.begin();
  };
  for (std::size_t r = 0; r < rounds.size(); ++r) {
    std::vector<Trial> others;
    for (std::size_t other = 0; other < rounds.size(); ++other) {
      if (other != r) others.insert(others.end(), rounds[other].begin(), rounds[other].end());
    }
    Calibration fitted = calibration;
    fit_probabilities(fitted, others);
    for (const Trial& trial : rounds[r]) {
      const std::vector<double> with = probabilities(fitted, trial.scores);
      confidence.push_back(*std::ranges::max_element(with));
      right.push_back(first_of(with) == trial.truth ? 1 : 0);
      if (first_of(with) == std::ssize(trial.scores)) ++out.none_though_asked;
      std::vector<double> rest = trial.scores;
      rest.erase(rest.begin() + trial.truth);
      const std::vector<double> without = probabilities(fitted, rest);
      if (first_of(without) == std::ssize(rest)) ++out.none_where_not_asked;
    }
  }
  out.error = confidence_error(at::tensor(confidence, at::kDouble), at::tensor(right, at::kDouble));
  return out;
}

}  // namespace purlscope::models::structured
