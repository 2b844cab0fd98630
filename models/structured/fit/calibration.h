#pragma once

#include <ATen/ATen.h>

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/structured/fit/label_fit.h"

namespace purlscope::models::structured {

/// Brings the parts and levels to one scale, and scores to probabilities.
struct Calibration {
  double attention_weight = 1;  ///< of the two parts on attended nodes, as Options
  std::array<double, core::kSentenceCount> level_weights = {1, 1, 1, 1, 1, 1, 1, 1};
  double grounding_weight = 0;
  double attributes_weight = 0;
  at::Tensor motion_spread;     ///< [8] spread of each level's motion-to-text cosines
  at::Tensor text_spread;       ///< [8] spread of each level's text-to-motion cosines
  double attended_spread = 1;   ///< spread of the mean of the sixteen, each divided by its own
  double grounding_spread = 1;  ///< spread of the grounding
  double total_spread = 1;      ///< spread of the sum of all; the attribute view's share taken as independent
  double temperature = 1;       ///< of the softmax over candidates
  double none_logit = 0;        ///< score at which "none of these" stands beside the candidates
};

/// A candidate: its fit and what centring subtracts from its score.
struct Candidate {
  LabelFit fit;
  double offset = 0;  ///< centring x mean attended score of the training samples
};

/// Spreads over training samples and the given labels (their fits' training scores). Temperature and none stay 1, 0.
Calibration measure_spread(const std::vector<PartScores>& training_scores, const Options& options);

/// Spreads over training samples and the model's own classes.
Calibration measure_spread(const ClosedForm& form, const LabelTexts& classes,
                           const std::function<void(double)>& progress);

/// Weight of each level's motion-to-text cosine in the score. [8]
at::Tensor motion_weights(const Calibration& calibration);

/// Score of each level: the parts, each divided by its spread and weighted. [B, 8]
at::Tensor level_scores(const Calibration& calibration, const PartScores& parts);

/// What the label's name and constants add beside its sentences. [B]
at::Tensor name_scores(const Calibration& calibration, const PartScores& parts);

/// What centring subtracts from a candidate's attended score: its mean over the training samples, or over the share of
/// them that it scores highest, as CSLS corrects for candidates that are near to everything.
double centre(const Calibration& calibration, const PartScores& training_scores, const Options& options);

/// Exact additive share of each node in the level scores of one window. [8, S], or [L, 8, S] for shares of L labels
at::Tensor level_shares(const Calibration& calibration, const NodeShares& shares);

/// Scores of windows for all candidates, centring included. [B, L]
at::Tensor score_all(const ClosedForm& form, const Calibration& calibration, const std::vector<Candidate>& candidates,
                     const PreparedWindows& windows);

/// Softmax over candidate scores and "none of these". @return [L + 1], the last one none's
std::vector<double> probabilities(const Calibration& calibration, const std::vector<double>& scores);

/// One window scored against candidates of which one or none is right.
struct Trial {
  std::vector<double> scores;
  std::int64_t truth = -1;  ///< index of the right candidate, -1 when it is not among them
};

/// Chooses temperature and none_logit by the likelihood of the trials (each with and without the right candidate).
void fit_probabilities(Calibration& calibration, const std::vector<Trial>& trials);

/// How far fit_probabilities() may be believed.
struct CalibrationTest {
  double error = 0;                       ///< expected calibration error of trials with the right candidate, 0 to 1
  std::int64_t none_though_asked = 0;     ///< trials with the right candidate in which "none of these" came first
  std::int64_t none_where_not_asked = 0;  ///< the same trials without that candidate in which it came first, rightly
};

/// Probabilities of each round's trials by what the other rounds fit. @param rounds at least two; all with a truth
CalibrationTest test_calibration(const Calibration& calibration, const std::vector<std::vector<Trial>>& rounds);

}  // namespace purlscope::models::structured
