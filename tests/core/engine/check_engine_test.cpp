#include "core/engine/check_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <memory>
#include <string>

#include "core/base/layout.h"
#include "core/text/descriptions.h"
#include "tests/support/mock_engine.h"

namespace purlscope::core {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// The mock with one thing about its answers changed.
class ChangedEngine final : public test::MockEngine {
 public:
  std::function<void(Recognition&)> change_recognition = [](Recognition&) {};
  std::function<void(ClosedSetResult&)> change_closed_set = [](ClosedSetResult&) {};
  std::function<void(NdArray&)> change_features = [](NdArray&) {};

  Recognition recognise(const Window& window, bool with_attention, std::stop_token stop) override {
    Recognition result = MockEngine::recognise(window, with_attention, stop);
    change_recognition(result);
    return result;
  }
  ClosedSetResult classify_closed_set(const Clip& clip, const std::filesystem::path& weights) override {
    ClosedSetResult result = MockEngine::classify_closed_set(clip, weights);
    change_closed_set(result);
    return result;
  }
  NdArray encode(const std::vector<std::string>& texts) override {
    NdArray features = MockEngine::encode(texts);
    change_features(features);
    return features;
  }
};

class CheckEngineTest : public ::testing::Test {
 protected:
  CheckEngineTest() {
    auto clip = std::make_shared<Clip>();
    clip->name = "a wave";
    clip->layout = joint_layout("kinect20");
    clip->frames = 30;
    clip_ = clip;
    window_.clip = clip_;
    window_.layout = clip_->layout;
    window_.frames = 64;
    window_.end = 2;
  }

  /// Asks everything of a pair whose first engine was changed. @return what was found
  CheckReport ask() {
    CheckEngine engine(std::move(changed_), std::make_unique<test::MockEngine>());
    engine.set_labels(make_label_set({"wave", "clap"}));
    engine.recognise(window_);
    engine.encode({"wave"});
    engine.classify_closed_set(*clip_, "weights");
    engine.classify_closed_sets({clip_, clip_}, "weights");
    return engine.report();
  }

  ClipPtr clip_;
  Window window_;
  std::unique_ptr<ChangedEngine> changed_ = std::make_unique<ChangedEngine>();
};

TEST_F(CheckEngineTest, EnginesOfOneKindAgreeInEveryValue) {
  const CheckReport report = ask();
  EXPECT_TRUE(report.agrees()) << report.first;
  EXPECT_EQ(report.answers, 5U);
  const std::size_t nodes = 4 * window_.layout->size();
  // none of these; for each label score, other, eight levels, probability, attention, contribution; features; logits
  EXPECT_EQ(report.values, 1 + 2 * (11 + 2 * 8 * nodes) + 8 + 3 * 2);
  EXPECT_EQ(report.worst, 0);
}

TEST_F(CheckEngineTest, AnswersAreThoseOfTheFirstEngine) {
  changed_->change_closed_set = [](ClosedSetResult& result) { result.logits[0] += 1; };
  CheckEngine engine(std::move(changed_), std::make_unique<test::MockEngine>());
  const float plain = test::MockEngine().classify_closed_set(*clip_, "weights").logits[0];
  EXPECT_EQ(engine.classify_closed_set(*clip_, "weights").logits[0], plain + 1);
  EXPECT_EQ(engine.describe().model, "mock");
}

TEST_F(CheckEngineTest, NamesTheFirstDifferenceWithItsPlaceAndWhatMayBe) {
  changed_->change_closed_set = [](ClosedSetResult& result) { result.logits[1] += 0.01F; };
  changed_->change_recognition = [](Recognition& result) {
    result.attention[1].attention.data[7] += 0.1F;
    result.labels[1].probability += 0.1F;
  };
  const CheckReport report = ask();
  EXPECT_FALSE(report.agrees());
  EXPECT_THAT(report.first, AllOf(StartsWith("a wave, label \"clap\", probability: value 0 is "), HasSubstr("expected"),
                                  HasSubstr("may differ by 0.000")));
  EXPECT_GT(report.worst, 1);
}

TEST_F(CheckEngineTest, DifferencesWithinTheToleranceAreMeasuredAndPass) {
  changed_->change_closed_set = [](ClosedSetResult& result) { result.logits[0] += 2e-4F; };
  const CheckReport report = ask();
  EXPECT_TRUE(report.agrees()) << report.first;
  EXPECT_GT(report.worst, 0.1);
  EXPECT_LT(report.worst, 0.9);
  EXPECT_EQ(report.worst_at, "a wave, closed-set logits: value 0");
}

TEST_F(CheckEngineTest, NumbersThatAreNoneOtherLabelsAndOtherSizesAreDifferences) {
  const auto first_difference = [&](auto change) {
    changed_ = std::make_unique<ChangedEngine>();
    change(*changed_);
    return ask().first;
  };
  EXPECT_THAT(first_difference([](ChangedEngine& engine) {
                engine.change_features = [](NdArray& features) {
                  features.data[3] = std::numeric_limits<float>::quiet_NaN();
                };
              }),
              StartsWith("text features: value 3 is nan"));
  EXPECT_THAT(first_difference([](ChangedEngine& engine) {
                engine.change_recognition = [](Recognition& result) { result.labels[0].label = "jump"; };
              }),
              HasSubstr("label \"wave\": the label is \"jump\""));
  EXPECT_THAT(first_difference([](ChangedEngine& engine) {
                engine.change_recognition = [](Recognition& result) { result.attention.pop_back(); };
              }),
              HasSubstr("2 labels and 1 attention maps, expected 2 and 2"));
  EXPECT_THAT(first_difference([](ChangedEngine& engine) {
                engine.change_closed_set = [](ClosedSetResult& result) { result.logits.pop_back(); };
              }),
              HasSubstr("closed-set logits: 1 values, expected 2"));
}

}  // namespace
}  // namespace purlscope::core
