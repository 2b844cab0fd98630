#include "models/evaluation/statistics.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace purlscope::models {
namespace {

TEST(EvaluationStatistics, OneSeedHasNoDeviation) {
  const nlohmann::json one = mean_and_deviation({0.5});
  EXPECT_EQ(one["sd"], 0.0);
  const nlohmann::json three = mean_and_deviation({0.4, 0.5, 0.6});
  EXPECT_NEAR(three["mean"].get<double>(), 0.5, 1e-12);
  EXPECT_NEAR(three["sd"].get<double>(), 0.1, 1e-12);
}

// For N clips of which a share p is right, the interval is that of a binomial: p +- 1.96 sqrt(p (1 - p) / N).
TEST(EvaluationStatistics, TheBootstrapFindsTheBinomialInterval) {
  std::vector<double> right(400, 0.0);
  std::fill_n(right.begin(), 240, 1.0);
  const Interval interval = bootstrap(right, 0.95);
  const double half = 1.96 * std::sqrt(0.6 * 0.4 / 400);
  EXPECT_NEAR(interval.low, 0.6 - half, 0.006);
  EXPECT_NEAR(interval.high, 0.6 + half, 0.006);
}

TEST(EvaluationStatistics, CalibrationErrorIsTheGapBetweenConfidenceAndAccuracy) {
  const at::Tensor truth = at::tensor(std::vector<std::int64_t>{0, 0, 0, 1});
  const at::Tensor sure = at::tensor({0.9, 0.1}).expand({4, 2});
  EXPECT_NEAR(calibration_error(sure, truth), 0.15, 1e-6);  // 90 % sure, 75 % right
  const at::Tensor fitting = at::tensor({0.75, 0.25}).expand({4, 2});
  EXPECT_NEAR(calibration_error(fitting, truth), 0, 1e-6);
}

// Scores drawn as log probabilities of a known softmax, stretched: the fit must find the stretch.
TEST(EvaluationStatistics, TheTemperatureUndoesAStretch) {
  at::manual_seed(1);
  const at::Tensor logits = at::randn({4000, 5});
  const at::Tensor truth = at::multinomial(logits.softmax(1), 1).squeeze(1);
  EXPECT_NEAR(fit_temperature(logits * 7, truth), 7, 0.5);
}

}  // namespace
}  // namespace purlscope::models
