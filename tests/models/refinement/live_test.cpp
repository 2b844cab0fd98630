#include "models/refinement/live.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/base/error.h"
#include "tests/models/refinement/fake_scorer.h"
#include "tests/support/throws_error.h"

namespace purlscope::models::refinement {
namespace {

using test::Blobs;

core::Recognition recognition_of(const Observation& window, const Scorer& scorer) {
  core::Recognition out;
  std::vector<double> scores;
  for (std::size_t i = 0; i < scorer.slots().size(); ++i) {
    core::LabelScore label;
    label.label = scorer.slots()[i];
    label.score = window.evidence.scores[0][static_cast<std::int64_t>(i)].item<float>();
    label.levels[7] = label.score;
    out.labels.push_back(label);
    scores.push_back(label.score);
  }
  return out;
}

class LiveRefinementTest : public testing::Test {
 protected:
  static Identity identity() { return {"model", "encoder", "hash", {{"wave", "1"}, {"kick", "2"}}}; }

  core::Recognition see(std::int64_t i) {
    Observation window = blobs_.window(i, live_.needs_said());
    core::Recognition result = recognition_of(window, *blobs_.scorer);
    live_.refine(result, std::move(window));
    return result;
  }

  Blobs blobs_{120};
  LiveRefinement live_;
};

TEST_F(LiveRefinementTest, ScoresStayWholeAndProbabilitiesAddUpToOne) {
  live_.set_scorer(blobs_.scorer, identity());
  live_.start({nullptr, false});
  for (std::int64_t i = 0; i < 60; ++i) {
    const core::Recognition result = see(i);
    EXPECT_TRUE(result.refined);
    double sum = result.none_of_these;
    for (const core::LabelScore& label : result.labels) {
      float parts = label.other;
      for (const float level : label.levels) parts += level;
      EXPECT_NEAR(parts, label.score, 1e-5);
      sum += label.probability;
    }
    if (i > 5) {
      EXPECT_NEAR(sum, 1, 1e-5);
    }
  }
  EXPECT_EQ(live_.state().windows, 60U);
}

TEST_F(LiveRefinementTest, InTheBackgroundItLearnsTheSame) {
  live_.set_scorer(blobs_.scorer, identity());
  live_.start({nullptr, true});
  LiveRefinement in_step;
  in_step.set_scorer(blobs_.scorer, identity());
  in_step.start({nullptr, false});
  for (std::int64_t i = 0; i < 60; ++i) {
    see(i);
    live_.wait();
    Observation window = blobs_.window(i);
    core::Recognition result = recognition_of(window, *blobs_.scorer);
    in_step.refine(result, std::move(window));
  }
  const core::Recognition late = see(70);
  Observation window = blobs_.window(70);
  core::Recognition expected = recognition_of(window, *blobs_.scorer);
  in_step.refine(expected, std::move(window));
  for (std::size_t i = 0; i < late.labels.size(); ++i) EXPECT_EQ(late.labels[i].score, expected.labels[i].score);
}

TEST_F(LiveRefinementTest, OffChangesNothing) {
  live_.set_scorer(blobs_.scorer, identity());
  EXPECT_FALSE(see(0).refined);
  live_.start({nullptr, false});
  for (std::int64_t i = 0; i < 40; ++i) see(i);
  live_.stop();
  const core::Recognition plain = see(41);
  EXPECT_FALSE(plain.refined);
  EXPECT_EQ(plain.labels[0].refinement, 0);
  EXPECT_FALSE(live_.state().on);
}

TEST_F(LiveRefinementTest, WithoutLearningItScoresByWhatItKnows) {
  live_.set_scorer(blobs_.scorer, identity());
  live_.start({nullptr, false});
  for (std::int64_t i = 0; i < 40; ++i) see(i);
  live_.set_learning(false);
  const core::Recognition once = see(41);
  const core::Recognition again = see(41);
  EXPECT_NE(once.labels[0].refinement, 0);
  EXPECT_EQ(once.labels[0].score, again.labels[0].score);
  EXPECT_EQ(live_.state().windows, 40U);
}

TEST_F(LiveRefinementTest, TellsWhatItLearnsFromAndWhatTheScoresWouldBeWithout) {
  live_.set_scorer(blobs_.scorer, identity());
  live_.set_learning(false);
  live_.start({nullptr, false});
  EXPECT_FALSE(see(0).learned) << "a start leaves it as it was";
  live_.set_learning(true);
  for (std::int64_t i = 0; i < 40; ++i) EXPECT_TRUE(see(i).learned);
  Observation window = blobs_.window(41);
  core::Recognition result = recognition_of(window, *blobs_.scorer);
  result.labels[0].probability = 0.25F;
  live_.refine(result, std::move(window));
  EXPECT_EQ(result.labels[0].plain_probability, 0.25F);
  EXPECT_NE(result.labels[0].probability, 0.25F);
}

TEST_F(LiveRefinementTest, GoesOnWithWhatItLearnedAfterAStop) {
  EXPECT_THAT([&] { live_.resume(); }, test::ThrowsError(Code::bad_argument, testing::HasSubstr("start")));
  live_.set_scorer(blobs_.scorer, identity());
  live_.start({nullptr, false});
  for (std::int64_t i = 0; i < 40; ++i) see(i);
  live_.stop();
  EXPECT_FALSE(see(41).refined);
  live_.resume();
  EXPECT_NE(see(41).labels[0].refinement, 0);
  EXPECT_EQ(live_.state().windows, 41U);
  EXPECT_EQ(live_.state().settings["method"], "em");
}

TEST_F(LiveRefinementTest, EveryMethodNamesItsSettingsAndTakesThem) {
  const std::vector<core::RefineMethod> methods = live_.methods();
  ASSERT_EQ(methods.size(), method_names().size());
  EXPECT_EQ(methods.front().name, "em");
  for (const core::RefineMethod& method : methods) {
    nlohmann::json settings = {{"method", method.name}};
    for (const core::RefineSetting& setting : method.settings) {
      settings[setting.key] = setting.highest;
      if (setting.whole) settings[setting.key] = static_cast<std::int64_t>(setting.highest);
      EXPECT_GE(setting.standard, setting.lowest) << setting.key;
    }
    EXPECT_NO_THROW(options_from_json(settings)) << method.name;
  }
}

TEST_F(LiveRefinementTest, NewLabelsInTheMiddleOfTheStream) {
  live_.set_scorer(blobs_.scorer, identity());
  live_.start({nullptr, true});
  for (std::int64_t i = 0; i < 40; ++i) see(i);
  blobs_.scorer = std::make_shared<const test::FakeScorer>(
      std::vector<std::string>{"wave", "kick", "clap"},
      std::vector<std::vector<double>>{{0.25, 0, 1, 0}, {0, 0.25, -1, 0}, {0, 0, 0, -3}});
  live_.set_scorer(blobs_.scorer, identity());
  EXPECT_EQ(see(41).labels.size(), 3U);
  live_.wait();
  const core::RefinementState state = live_.state();
  EXPECT_GT(state.bank.size(), 10U) << "what was learned for the others stays";
  EXPECT_NE(see(42).labels[0].refinement, 0);
}

/// A model that fails as soon as it is asked to score what the bank remembers.
class FailingScorer final : public test::FakeScorer {
 public:
  using FakeScorer::FakeScorer;
  Evidence evidence(const at::Tensor& features, bool with_said) const override {
    if (features.size(0) > 1) throw Error(Code::limit, "out of memory");
    return FakeScorer::evidence(features, with_said);
  }
};

TEST_F(LiveRefinementTest, LearningThatFailsEndsItAndTellsWhy) {
  live_.set_scorer(blobs_.scorer, identity());
  live_.start({nullptr, true});
  for (std::int64_t i = 0; i < 40; ++i) see(i);
  live_.set_scorer(
      std::make_shared<const FailingScorer>(std::vector<std::string>{"wave", "kick"},
                                            std::vector<std::vector<double>>{{0.25, 0, 1, 0}, {0, 0.25, -1, 0}}),
      identity());
  live_.wait();
  const core::RefinementState state = live_.state();
  EXPECT_FALSE(state.on);
  ASSERT_FALSE(state.messages.empty());
  EXPECT_THAT(state.messages.back(), testing::HasSubstr("out of memory"));
  EXPECT_FALSE(see(41).refined) << "it goes on recognising";
}

TEST_F(LiveRefinementTest, ControlsFromAnotherThreadWhileItLearns) {
  live_.set_scorer(blobs_.scorer, identity());
  live_.start({nullptr, true});
  std::atomic<bool> done = false;
  std::jthread person([&] {
    while (!done) {
      live_.undo(3);
      live_.state();
      live_.accept();
      live_.reset();
    }
  });
  for (int round = 0; round < 2; ++round) {
    for (std::int64_t i = 0; i < 120; ++i) see(i);
  }
  done = true;
  person.join();
  live_.wait();
  EXPECT_EQ(live_.state().waiting, 0U);
}

TEST_F(LiveRefinementTest, StatesAreSavedAndLoaded) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "purlscope_live_refinement.safetensors";
  EXPECT_THAT([&] { live_.save(file); }, test::ThrowsError(Code::bad_argument, testing::HasSubstr("start")));
  live_.set_scorer(blobs_.scorer, identity());
  live_.start({nullptr, false});
  for (std::int64_t i = 0; i < 40; ++i) see(i);
  live_.save(file);
  LiveRefinement other;
  EXPECT_THAT([&] { other.load(file); }, test::ThrowsError(Code::bad_argument, testing::HasSubstr("no labels")));
  other.set_scorer(blobs_.scorer, identity());
  other.load(file);
  EXPECT_TRUE(other.on());
  EXPECT_EQ(other.state().bank.size(), live_.state().bank.size());
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace purlscope::models::refinement
