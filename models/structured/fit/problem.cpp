#include "models/structured/fit/problem.h"

#include <algorithm>

namespace purlscope::models::structured {
namespace {

constexpr const char* kStage = "Fitting labels";

}  // namespace

Statistics statistics_for(const std::vector<Statistics>& sources, const std::string& source) {
  const auto own = std::ranges::find(sources, source, &Statistics::source);
  return own != sources.end() ? *own : pool(sources);
}

PreparedWindows Problem::prepared(const MotionFeatures& raw, const std::string& source) const {
  return prepare(form, standardise(raw, statistics_for(sources, source)));
}

at::Tensor Problem::score(const MotionFeatures& raw, const std::string& source) const {
  return score_all(form, calibration, candidates, prepared(raw, source));
}

Problem fit_problem(const TrainingSet& training, const LabelTexts& candidates, const Options& options,
                    const core::ProgressFn& progress, const std::stop_token& stop) {
  Problem out;
  out.sources = training.sources;
  out.form = fit_closed_form(training, options);
  std::vector<PartScores> training_scores(static_cast<std::size_t>(candidates.count()));
  out.candidates.resize(training_scores.size());
  for (std::size_t c = 0; c < training_scores.size(); ++c) {
    core::throw_if_stopped(stop);
    if (progress) progress({kStage, static_cast<double>(c) / static_cast<double>(training_scores.size()), ""});
    out.candidates[c].fit = fit_label(out.form, candidates.one(static_cast<std::int64_t>(c)), &training_scores[c]);
  }
  const auto report = [&](double fraction) {
    core::throw_if_stopped(stop);
    if (progress) progress({"Measuring score spreads", fraction, ""});
  };
  out.calibration = options.spread == Spread::candidates ? measure_spread(training_scores, options)
                                                         : measure_spread(out.form, training.texts, report);
  for (std::size_t c = 0; c < training_scores.size(); ++c) {
    out.candidates[c].offset = centre(out.calibration, training_scores[c], options);
  }
  return out;
}

}  // namespace purlscope::models::structured
