#include "models/refinement/refiner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/models/refinement/fake_scorer.h"

namespace purlscope::models::refinement {
namespace {

using test::Blobs;

at::Tensor corrections_of(const Refiner& refiner, const Blobs& blobs, std::int64_t i) {
  const Observation window = blobs.window(i, true);
  return refiner.refined().corrections(window.features, window.evidence).total(window.evidence.scores);
}

void learn(Refiner& refiner, const Blobs& blobs, std::int64_t begin, std::int64_t end) {
  for (std::int64_t i = begin; i < end; ++i) refiner.observe(blobs.window(i, true));
}

class RefinerOf : public testing::TestWithParam<const char*> {
 protected:
  static Refiner refiner(const Blobs& blobs) {
    Options options;
    options.method = GetParam();
    Refiner out(options);
    out.set_scorer(blobs.scorer);
    return out;
  }
};

TEST_P(RefinerOf, RepeatsExactly) {
  const Blobs blobs(60);
  Refiner one = refiner(blobs);
  Refiner two = refiner(blobs);
  learn(one, blobs, 0, 60);
  learn(two, blobs, 0, 60);
  EXPECT_TRUE(at::equal(corrections_of(one, blobs, 7), corrections_of(two, blobs, 7)));
}

TEST_P(RefinerOf, UndoTakesStepsBackExactly) {
  const Blobs blobs(60);
  Refiner refined = refiner(blobs);
  learn(refined, blobs, 0, 20);
  const at::Tensor then = corrections_of(refined, blobs, 7);
  const auto bank = refined.state().bank.size();
  learn(refined, blobs, 20, 60);
  EXPECT_FALSE(at::equal(corrections_of(refined, blobs, 7), then));
  EXPECT_EQ(refined.undo(40), 40U);
  EXPECT_TRUE(at::equal(corrections_of(refined, blobs, 7), then));
  EXPECT_EQ(refined.state().bank.size(), bank);
  EXPECT_EQ(refined.undo(1000), 20U) << "no more than there are";
  EXPECT_EQ(corrections_of(refined, blobs, 7).abs().max().item<double>(), 0);
  EXPECT_TRUE(refined.state().bank.empty());
}

TEST_P(RefinerOf, ResetComesBackToWhatWasAccepted) {
  const Blobs blobs(60);
  Refiner refined = refiner(blobs);
  learn(refined, blobs, 0, 20);
  refined.accept();
  const at::Tensor accepted = corrections_of(refined, blobs, 7);
  EXPECT_EQ(refined.undo(1), 0U) << "accepted steps stay";
  learn(refined, blobs, 20, 60);
  refined.reset();
  EXPECT_TRUE(at::equal(corrections_of(refined, blobs, 7), accepted));
}

TEST_P(RefinerOf, LabelsThatStayKeepWhatWasLearned) {
  const Blobs blobs(60);
  Refiner refined = refiner(blobs);
  learn(refined, blobs, 0, 60);
  const std::size_t waves = refined.bank().slots().at("wave").size();
  const at::Tensor before = corrections_of(refined, blobs, 7);
  // The same two labels with a third one between them.
  const auto three = std::make_shared<const test::FakeScorer>(
      std::vector<std::string>{"wave", "clap", "kick"},
      std::vector<std::vector<double>>{{0.25, 0, 1, 0}, {0, 0, 0, -3}, {0, 0.25, -1, 0}});
  refined.set_scorer(three);
  EXPECT_EQ(refined.bank().slots().at("wave").size(), waves);
  const at::Tensor row = blobs.features.narrow(0, 7, 1);
  const Evidence evidence = three->evidence(row, true);
  const at::Tensor after = refined.refined().corrections(row, evidence).total(evidence.scores);
  EXPECT_NEAR(after[0][0].item<double>(), before[0][0].item<double>(), 0.25);
  EXPECT_NEAR(after[0][2].item<double>(), before[0][1].item<double>(), 0.25);
  refined.observe({row, evidence, "clip", 0, 1});
}

INSTANTIATE_TEST_SUITE_P(Methods, RefinerOf, testing::Values("em", "scale-shift"),
                         [](const auto& method) { return std::string(method.param) == "em" ? "Em" : "ScaleShift"; });

TEST(Refiner, ALabelThatIsGoneTakesItsWindowsAlong) {
  const Blobs blobs(60);
  Refiner refined{Options{}};
  refined.set_scorer(blobs.scorer);
  for (std::int64_t i = 0; i < 60; ++i) refined.observe(blobs.window(i));
  refined.set_scorer(std::make_shared<const test::FakeScorer>(
      std::vector<std::string>{"kick", "clap"}, std::vector<std::vector<double>>{{0, 0.25, -1, 0}, {0, 0, 0, -3}}));
  EXPECT_FALSE(refined.bank().slots().contains("wave"));
  EXPECT_TRUE(refined.bank().slots().contains("kick"));
}

TEST(Refiner, NothingIsLearnedBeforeTheWarmUp) {
  const Blobs blobs(10);
  Options options;
  options.warm_up = 6;
  Refiner refined(options);
  refined.set_scorer(blobs.scorer);
  for (std::int64_t i = 0; i < 5; ++i) refined.observe(blobs.window(i));
  EXPECT_EQ(refined.state().steps, 0U);
  EXPECT_EQ(corrections_of(refined, blobs, 7).abs().max().item<double>(), 0);
  refined.observe(blobs.window(5));
  EXPECT_EQ(refined.state().steps, 1U);
}

TEST(Refiner, AnUnsureWindowIsNotKept) {
  const Blobs blobs(40);
  Options options;
  options.threshold = 0.999;
  Refiner refined(options);
  refined.set_scorer(blobs.scorer);
  for (std::int64_t i = 0; i < 3; ++i) refined.observe(blobs.window(i));
  for (const core::BankEntry& entry : refined.state().bank) EXPECT_GE(entry.confidence, 0.999F);
  EXPECT_LT(refined.state().bank.size(), 3U);
}

TEST(Refiner, AWindowWithoutNumbersIsPassedOver) {
  const Blobs blobs(40);
  Refiner refined{Options{}};
  refined.set_scorer(blobs.scorer);
  for (std::int64_t i = 0; i < 20; ++i) refined.observe(blobs.window(i));
  const at::Tensor before = corrections_of(refined, blobs, 7);
  Observation broken = blobs.window(21);
  broken.evidence.visual = at::full_like(broken.evidence.visual, std::numeric_limits<double>::quiet_NaN());
  refined.observe(broken);
  EXPECT_TRUE(at::equal(corrections_of(refined, blobs, 7), before));
  refined.observe(blobs.window(22));
  EXPECT_TRUE(corrections_of(refined, blobs, 7).isfinite().all().item<bool>());
}

TEST(Refiner, StepsThatCanBeUndoneTakeABoundedRoom) {
  // Windows of a million numbers: a step remembers 4 MB.
  const Blobs blobs(60);
  Options options;
  options.method = "running-mean";
  Refiner refined(options);
  refined.set_scorer(blobs.scorer);
  for (std::int64_t i = 0; i < 60; ++i) {
    Observation window = blobs.window(i);
    window.features = at::zeros({1, 1 << 20});
    refined.observe(window);
  }
  EXPECT_EQ(refined.state().undoable, Refiner::kHistoryBytes / (4U << 20U) - 1) << "of 4 MB each, and a little more";
}

TEST(Refiner, TheBankNamesItsRecordings) {
  const Blobs blobs(3);
  Refiner refined{Options{}};
  refined.set_scorer(blobs.scorer);
  refined.observe(blobs.window(2));
  const core::RefinementState state = refined.state();
  ASSERT_EQ(state.bank.size(), 1U);
  EXPECT_EQ(state.bank[0].clip, "clip2");
  EXPECT_EQ(state.bank[0].begin, 0.5);
  EXPECT_EQ(state.bank[0].end, 2.5);
  EXPECT_GT(state.bank[0].confidence, 0.5F);
}

/// A likeness so strong that the first label found swallows every later window.
TEST(Refiner, TheGuardRollsBackWhenOneLabelSwallowsTheOthers) {
  // All motions in nearly the same direction: prototypes cannot tell them apart, the texts can.
  const auto scorer = std::make_shared<const test::FakeScorer>(
      std::vector<std::string>{"wave", "kick"}, std::vector<std::vector<double>>{{0, 0, 1, 0}, {0, 0, -1, 0}});
  Options options;
  options.method = "running-mean";
  options.prior = 0;
  Refiner refined(options);
  refined.set_scorer(scorer);
  std::mt19937 generator(3);
  const auto window = [&](float score) {
    const at::Tensor row = at::zeros({1, 4});
    row[0][2] = score;
    return Observation{row, scorer->evidence(row, false), "", 0, 0};
  };
  // A long stretch of one action moves its mean score up, until even sure windows of it lose to the other label.
  for (int i = 0; i < 40; ++i) refined.observe(window(2.0F));
  bool complained = false;
  for (int i = 0; i < 120 && !complained; ++i) {
    refined.observe(window(i % 2 == 0 ? 1.0F : 1.2F));
    complained = refined.state().rollbacks > 0;
  }
  ASSERT_TRUE(complained);
  EXPECT_THAT(refined.state().messages.front(), testing::HasSubstr("rolled back"));
}

TEST(Refiner, WithoutAGuardNothingIsTakenBack) {
  const Blobs blobs(120);
  Options options;
  options.guard = false;
  Refiner refined(options);
  refined.set_scorer(blobs.scorer);
  run_stream(refined, blobs);
  EXPECT_EQ(refined.state().rollbacks, 0U);
  EXPECT_EQ(refined.state().windows, 120U);
}

TEST(Refiner, TheCurveFollowsTheStream) {
  const Blobs blobs(80);
  Refiner refined{Options{}};
  refined.set_scorer(blobs.scorer);
  run_stream(refined, blobs);
  const core::RefinementState state = refined.state();
  ASSERT_EQ(state.curve.size(), 80U);
  EXPECT_EQ(state.curve.back().window, 79U);
  EXPECT_GT(state.curve.back().agreement, 0.5F);
  EXPECT_LE(state.curve.back().agreement, 1.0F);
  EXPECT_GT(state.curve.back().evenness, 0.8F);
  EXPECT_EQ(state.rollbacks, 0U) << "nothing has gone wrong";
}

}  // namespace
}  // namespace purlscope::models::refinement
