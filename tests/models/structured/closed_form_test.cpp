#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "models/structured/fit/calibration.h"
#include "models/structured/fit/label_batch.h"
#include "models/structured/options.h"
#include "models/training/random.h"
#include "tests/models/structured/small_model.h"

namespace purlscope::models::structured {
namespace {

const Model& model() {
  static const Model made = test::small_model();
  return made;
}

const ClosedForm& form() {
  static const ClosedForm fitted = fit_closed_form(model().training, model().options);
  return fitted;
}

double largest_difference(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

TEST(StructuredClosedForm, TheAttentionOfASentenceSumsToOneAndPrefersItsOwnPart) {
  const at::Tensor attention = attention_of(form(), model().training.texts.sentences());
  EXPECT_LT(largest_difference(attention.sum(2), at::ones({4, 8})), 1e-5);
  // Sentence 1 is about the hands (joints 4 to 11), sentence 4 about the start (slot 0).
  const at::Tensor by_joint = attention.view({4, 8, 4, 20}).sum(2);
  EXPECT_GT(by_joint.select(1, 1).narrow(1, 4, 8).sum(1).min().item<double>(), 0.6);
  EXPECT_GT(attention.select(1, 4).narrow(1, 0, 20).sum(1).min().item<double>(), 0.6);
}

TEST(StructuredClosedForm, TheSolvedSystemGivesTheSameScoresAsScoringTheTrainingWindows) {
  // Two ways to one number: by the normal equations while fitting, and by the kernel as for any other window.
  ClosedForm attended = form();
  attended.attributes = {};  // samples hold no moments
  PartScores by_fit;
  const LabelFit label = fit_label(attended, model().training.texts.one(2), &by_fit);
  const PartScores by_kernel = score(attended, label, prepare(attended, model().training.features));
  EXPECT_LT(largest_difference(by_fit.motion_to_text, by_kernel.motion_to_text), 1e-3);
  EXPECT_LT(largest_difference(by_fit.text_to_motion, by_kernel.text_to_motion), 1e-4);
}

TEST(StructuredClosedForm, NodeSharesAddUpToTheLevelScores) {
  const FeatureSet fresh = test::small_set("made", 9);
  const MotionFeatures windows = standardise(fresh.features, model().training.sources[0]);
  const LabelFit label = fit_label(form(), model().training.texts.one(0));
  for (const std::int64_t row : {0, 7, 23}) {
    const PreparedWindows window = prepare(form(), windows.rows(at::tensor({row}, at::kLong)));
    const at::Tensor levels = level_scores(model().calibration, score(form(), label, window))[0];
    const at::Tensor shares = level_shares(model().calibration, node_shares(form(), label, window));
    EXPECT_LT(largest_difference(shares.sum(1), levels), 1e-4);
    EXPECT_GT(node_shares(form(), label, window).attributes.abs().max().item<double>(), 1e-3);
    EXPECT_LT(largest_difference(shown_attention(label, window).sum(1), at::ones({8})), 1e-5);
  }
}

TEST(StructuredClosedForm, LabelsSideBySideScoreAndShareAsOneByOne) {
  const auto shared = std::make_shared<const ClosedForm>(form());
  std::vector<std::shared_ptr<const LabelFit>> fits;
  for (std::int64_t l = 0; l < 4; ++l) {
    fits.push_back(std::make_shared<const LabelFit>(fit_label(form(), model().training.texts.one(l))));
  }
  const LabelBatch batch(shared, fits);
  const FeatureSet fresh = test::small_set("made", 9);
  const MotionFeatures windows = standardise(fresh.features, model().training.sources[0]);
  const PreparedWindows window = prepare(form(), windows.rows(at::tensor({7}, at::kLong)));
  const LabelBatch::Scores scored = batch.score(window);
  const at::Tensor levels = level_scores(model().calibration, scored.parts);
  const at::Tensor names = name_scores(model().calibration, scored.parts);
  const at::Tensor shares = level_shares(model().calibration, batch.shares(window, scored));
  const at::Tensor shown = batch.shown_attention(window);
  for (std::int64_t l = 0; l < 4; ++l) {
    const LabelFit& fit = *fits[static_cast<std::size_t>(l)];
    const PartScores alone = score(form(), fit, window);
    EXPECT_LT(largest_difference(levels[l], level_scores(model().calibration, alone)[0]), 1e-5) << l;
    EXPECT_LT(largest_difference(names[l], name_scores(model().calibration, alone)), 1e-5) << l;
    const at::Tensor own_shares = level_shares(model().calibration, node_shares(form(), fit, window));
    EXPECT_LT(largest_difference(shares[l], own_shares), 1e-5) << l;
    EXPECT_LT(largest_difference(shown[l], shown_attention(fit, window)), 1e-6) << l;
  }
}

TEST(StructuredClosedForm, VotesAreKeptToAFractionOfTheirRowsLargest) {
  const at::Tensor dual = at::randn({8, 70, 5}, make_generator(3, 0)) * at::logspace(-6, 3, 5);
  const at::Tensor kernel = at::randn({8, 1, 70}, make_generator(4, 0));
  const VoteWeights weights = compress(dual);
  const at::Tensor exact = at::bmm(kernel, dual);
  const at::Tensor bound = dual.abs().amax(1, true) * kernel.abs().sum(2, true) / 65534 * 1.01 + 1e-12;
  EXPECT_TRUE(((votes(weights, kernel) - exact).abs() <= bound).all().item<bool>());
  at::Tensor one = at::empty({8, 1, 5});
  votes_of_one(weights, kernel.const_data_ptr<float>(), one.mutable_data_ptr<float>());
  EXPECT_TRUE(((one - exact).abs() <= bound).all().item<bool>());
}

TEST(StructuredClosedForm, NewPerformancesOfTrainedActionsAreRecognised) {
  const FeatureSet fresh = test::small_set("made", 5);
  const Problem problem = fit_problem(model().training, model().training.texts, model().options, {}, {});
  const at::Tensor predicted = problem.score(fresh.features, "made").argmax(1);
  for (std::int64_t i = 0; i < predicted.size(0); ++i) {
    EXPECT_EQ(predicted[i].item<std::int64_t>(), fresh.label_of[static_cast<std::size_t>(i)]) << i;
  }
}

TEST(StructuredClosedForm, AScoreDoesNotDependOnTheOtherCandidates) {
  const FeatureSet fresh = test::small_set("made", 5);
  const Problem all = fit_problem(model().training, model().training.texts, model().options, {}, {});
  const Problem one = fit_problem(model().training, model().training.texts.one(3), model().options, {}, {});
  EXPECT_LT(largest_difference(all.score(fresh.features, "made").select(1, 3),
                               one.score(fresh.features, "made").select(1, 0)),
            1e-4);
}

TEST(StructuredClosedForm, ClassesLeftOutAreNotTrainedOn) {
  const FeatureSet set = test::small_set("made", 1);
  const TrainingSet training = make_training_set({&set}, {{1, 3}}, model().training.joint_phrases, {}, 0);
  EXPECT_THAT(training.classes, testing::ElementsAre("raise right hand", "squat"));
  EXPECT_EQ(training.features.count(), 12);
  EXPECT_THROW(make_training_set({&set}, {{0, 1, 2}}, model().training.joint_phrases, {}, 0), Error);
}

TEST(StructuredClosedForm, ASeedDrawsTheSameClipsAgainAndAnotherSeedOthers) {
  const FeatureSet set = test::small_set("made", 1);
  Options few;
  few.samples_per_class = 2;
  const auto draw = [&](std::uint64_t seed) {
    return make_training_set({&set}, {{}}, model().training.joint_phrases, few, seed).features.values;
  };
  EXPECT_EQ(draw(0).size(0), 8);
  EXPECT_TRUE(draw(0).equal(draw(0)));
  EXPECT_FALSE(draw(0).equal(draw(1)));
}

TEST(StructuredFeatures, PooledStatisticsAreThoseOfTheMixtureInEqualShares) {
  const at::Tensor low = at::zeros({3, kValues});
  const at::Tensor high = at::full({5, kValues}, 2.0F);
  const Statistics pooled = pool({measure("a", low), measure("b", high)});
  EXPECT_NEAR(pooled.mean[0].item<double>(), 1.0, 1e-6);
  EXPECT_NEAR(pooled.variance[0].item<double>(), 1.0, 1e-6);
  EXPECT_NEAR(pooled.mean_absolute[0].item<double>(), 1.0, 1e-6);
  EXPECT_EQ(statistics_for({measure("a", low)}, "a").source, "a");
  EXPECT_EQ(statistics_for({measure("a", low)}, "unknown").source, "pooled");
}

TEST(StructuredCalibration, CentringTakesTheMeanOfTheHighestTrainingScores) {
  Calibration calibration;
  calibration.motion_spread = calibration.text_spread = at::ones({8});
  // Both parts of all sentences alike: the attended score is the sum of the two means.
  const at::Tensor scores = at::tensor({4.0F, 1.0F, 0.0F, -1.0F}).unsqueeze(1).expand({4, 8});
  const PartScores training{scores, scores, at::zeros({4, 9})};
  Options options;
  EXPECT_NEAR(centre(calibration, training, options), 1.0, 1e-5);
  options.centring_share = 0.5;
  EXPECT_NEAR(centre(calibration, training, options), 2.5, 1e-5);
  options.centring = 0.5;
  EXPECT_NEAR(centre(calibration, training, options), 1.25, 1e-5);
}

TEST(StructuredCalibration, ASentenceOfNoWeightAddsNothingToTheAttendedParts) {
  Calibration calibration;
  calibration.motion_spread = calibration.text_spread = at::ones({8});
  calibration.level_weights = {0, 3, 0, 0, 1, 0, 0, 0};
  const PartScores parts{at::ones({1, 8}), at::ones({1, 8}), at::zeros({1, 9})};
  const at::Tensor expected = at::tensor({0.0F, 0.75F, 0.0F, 0.0F, 0.25F, 0.0F, 0.0F, 0.0F});
  EXPECT_LT(largest_difference(level_scores(calibration, parts)[0], expected), 1e-6);
}

TEST(StructuredCalibration, ProbabilitiesWithNoneOfTheseAddUpToOne) {
  Calibration calibration;
  calibration.temperature = 2;
  calibration.none_logit = 0;
  const std::vector<double> p = probabilities(calibration, {0.0, 2.0 * std::log(2.0)});
  EXPECT_NEAR(p[0], 0.25, 1e-9);  // weights 1, 2, 1
  EXPECT_NEAR(p[1], 0.5, 1e-9);
  EXPECT_NEAR(p[2], 0.25, 1e-9);
}

TEST(StructuredCalibration, NoneOfTheseStandsBetweenRightAndWrongScores) {
  std::vector<Trial> trials;
  for (int i = 0; i < 20; ++i) trials.push_back({{3.0 + 0.1 * i, 0.5 - 0.05 * i, -1.0}, 0});
  Calibration calibration;
  fit_probabilities(calibration, trials);
  EXPECT_GT(calibration.none_logit, 0.5);
  EXPECT_LT(calibration.none_logit, 3.0);
  EXPECT_GT(probabilities(calibration, {4.0, 0.0, -1.0})[0], 0.8);
  EXPECT_GT(probabilities(calibration, {0.0, -1.0})[2], 0.8);
}

TEST(StructuredCalibration, IsTestedOnRoundsThatItDidNotLearnFrom) {
  std::vector<std::vector<Trial>> rounds(2);
  for (int i = 0; i < 20; ++i) {
    for (auto& round : rounds) round.push_back({{4.0, 0.1 * i - 2.0, -1.0}, 0});
  }
  const CalibrationTest test = test_calibration({}, rounds);
  EXPECT_LT(test.error, 0.1);  // always right, and surely so
  EXPECT_EQ(test.none_though_asked, 0);
  EXPECT_EQ(test.none_where_not_asked, 40);
  for (Trial& trial : rounds[1]) trial.truth = 1;  // what is sure in the first round is wrong in the second
  EXPECT_GT(test_calibration({}, rounds).error, 0.3);
}

TEST(StructuredOptions, UnknownKeysAndImpossibleValuesAreRefusedByName) {
  EXPECT_EQ(options_from_json({{"lexicon", 0}}).lexicon, 0);
  EXPECT_EQ(options_from_json(nlohmann::json()).samples_per_class, 10);
  EXPECT_EQ(options_from_json(to_json(Options{})).spread, Options{}.spread);
  const nlohmann::json levels = {{"levels", {0, 1, 0, 0, 2, 0, 0, 0}}};
  EXPECT_EQ(to_json(options_from_json(levels)).at("levels"), nlohmann::json({0.0, 1.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0}));
  for (const nlohmann::json& config :
       {nlohmann::json{{"lexikon", 0.6}}, nlohmann::json{{"ridge", -1}}, nlohmann::json{{"spread", "wide"}},
        nlohmann::json{{"samples_per_class", 1.5}}, nlohmann::json{{"levels", {1, 1, 1}}},
        nlohmann::json{{"levels", {0, 0, 0, 0, 0, 0, 0, 0}}}, nlohmann::json{{"reversal", 2}}}) {
    try {
      options_from_json(config);
      FAIL() << config;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::bad_argument);
      EXPECT_THAT(error.what(), testing::HasSubstr(config.begin().key()));
    }
  }
}

}  // namespace
}  // namespace purlscope::models::structured
