#pragma once

#include <stop_token>
#include <vector>

#include "core/base/progress.h"
#include "models/structured/fit/calibration.h"

namespace purlscope::models::structured {

/// The statistics by which windows of a source are standardised: the source's own when the model was trained on it,
/// else those of all its sources pooled.
Statistics statistics_for(const std::vector<Statistics>& sources, const std::string& source);

/// A closed form with the candidates of one zero-shot problem.
struct Problem {
  ClosedForm form;
  Calibration calibration;
  std::vector<Candidate> candidates;
  std::vector<Statistics> sources;

  /// Raw windows of a source as the closed form wants them.
  PreparedWindows prepared(const MotionFeatures& raw, const std::string& source) const;
  /// Scores of raw windows of a source. [B, L]
  at::Tensor score(const MotionFeatures& raw, const std::string& source) const;
};

/// Fits closed form, spreads and candidates. @throws Error{Code::cancelled}
Problem fit_problem(const TrainingSet& training, const LabelTexts& candidates, const Options& options,
                    const core::ProgressFn& progress, const std::stop_token& stop);

}  // namespace purlscope::models::structured
