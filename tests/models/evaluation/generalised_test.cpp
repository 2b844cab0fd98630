#include "models/evaluation/generalised.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "models/evaluation/folds.h"
#include "models/evaluation/zero_shot.h"
#include "tests/models/purls/purls_fixture.h"

namespace purlscope::models {
namespace {

at::Tensor truth_of(std::vector<std::int64_t> values) { return at::tensor(values, at::kLong); }

// Two seen classes (columns 0 and 1), one unseen (column 2).
const ScoredClips kSeen{at::tensor({5.0, 1.0, 0.0, 1.0, 4.0, 3.0, 3.0, 2.0, 0.0}).view({3, 3}), truth_of({0, 1, 1})};
const ScoredClips kUnseen{at::tensor({2.0, 0.0, 1.0, 0.0, 1.0, 3.0}).view({2, 3}), truth_of({2, 2})};

TEST(Generalised, CountsGroupAndClass) {
  const Generalised plain = generalised_accuracy(kSeen, kUnseen, 2, 0);
  EXPECT_NEAR(plain.seen, 2.0 / 3, 1e-12) << "the third clip is taken for the other seen class";
  EXPECT_NEAR(plain.unseen, 0.5, 1e-12);
  EXPECT_NEAR(plain.harmonic, 2 * (2.0 / 3) * 0.5 / (2.0 / 3 + 0.5), 1e-12);
  EXPECT_EQ(generalised_accuracy(kSeen, kUnseen, 2, 100).seen, 0);
  EXPECT_EQ(generalised_accuracy(kSeen, kUnseen, 2, 100).unseen, 1);
}

TEST(Generalised, TheOffsetIsTheBestOfAll) {
  const double offset = best_offset({{kSeen, kUnseen, 2}});
  const double found = generalised_accuracy(kSeen, kUnseen, 2, offset).harmonic;
  for (double other = -6; other <= 6; other += 0.05) {
    EXPECT_LE(generalised_accuracy(kSeen, kUnseen, 2, other).harmonic, found + 1e-12) << other;
  }
}

/// Notes what it learns from and scores at random: what a fold lets through.
class Witness final : public ZeroShotMethod {
 public:
  void fit(const core::LabData& training, std::uint64_t /*seed*/, const core::ProgressFn& /*progress*/,
           std::stop_token /*stop*/) override {
    fits.push_back(training);
  }
  at::Tensor scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                    std::stop_token /*stop*/) override {
    for (const core::ClipPtr& clip : clips) {
      for (const core::ClipPtr& learned : fits.back().target.clips) EXPECT_NE(clip, learned) << clip->name;
    }
    return at::rand({static_cast<std::int64_t>(clips.size()), static_cast<std::int64_t>(candidates.size())});
  }
  nlohmann::json facts() const override { return {{"method", "witness"}, {"backbone", "none"}, {"text", "none"}}; }

  std::vector<core::LabData> fits;
};

int class_of(const core::ClipPtr& clip) { return clip->label_index.value(); }

TEST(Generalised, NoTestClipAndNoUnseenClassReachesAFit) {
  const core::LabData data = test::swing_data(10);
  Witness witness;
  core::EvaluateOptions options;
  options.seeds = 2;
  options.generalised = true;
  options.calibration = true;
  options.disturbances = {core::parse_disturbance("mirror")};
  const nlohmann::json report = evaluate_zero_shot(data, options, witness, {}, {});
  EXPECT_EQ(witness.fits.size(), 2U * (1 + 1 + 4)) << "accuracy, calibration, three choices of the offset, all classes";
  for (const core::LabData& fit : witness.fits) {
    for (const core::ClipPtr& clip : fit.target.clips) EXPECT_LT(class_of(clip), 4);
  }
  EXPECT_EQ(report["gzsl"]["samples"]["seen"], 8);  // 20 % of four classes of ten
  EXPECT_EQ(report["gzsl"]["samples"]["unseen"], 20);
  for (const char* key : {"seen", "unseen", "harmonic"}) EXPECT_EQ(report["gzsl"][key]["per_seed"].size(), 2U) << key;
  EXPECT_EQ(report["calibration"]["error"]["per_seed"].size(), 2U);
  EXPECT_EQ(report["robustness"]["mirror"]["unusable"], 0);
  EXPECT_LE(report["accuracy"]["confidence"]["low"], report["accuracy"]["mean"]);
}

TEST(ZeroShot, ThePredictionsAreThoseThatAreCounted) {
  const core::LabData data = test::swing_data(10);
  Witness witness;
  core::EvaluateOptions options;
  options.seeds = 2;
  const nlohmann::json report = evaluate_zero_shot(data, options, witness, {}, {});
  const nlohmann::json& said = report["predictions"];
  EXPECT_EQ(said["clips"].size(), report["samples"].get<std::size_t>());
  ASSERT_EQ(said["predicted"].size(), 2U);
  EXPECT_FALSE(said.contains("before")) << "nothing refined";
  std::vector<std::vector<int>> counted(2, std::vector<int>(2));
  for (const nlohmann::json& seed : said["predicted"]) {
    for (std::size_t i = 0; i < seed.size(); ++i)
      ++counted[said["truth"][i].get<std::size_t>()][seed[i].get<std::size_t>()];
  }
  EXPECT_EQ(nlohmann::json(counted), report["confusion"]);
}

TEST(Generalised, ClassesOfOneMeaningAreLeftOutOfTheOtherSets) {
  core::LabData data = test::swing_data(3);
  core::ClipSet other = data.target;
  other.kind = "more-swings";
  data.others.push_back(other);
  const core::LabData changed = with_unseen(data, {1});
  EXPECT_EQ(changed.unseen, (std::vector<int>{4, 5, 1}));
  const std::vector<std::pair<std::size_t, int>> expected = {{0, 1}};
  EXPECT_EQ(changed.left_out, expected) << "the words of the name are the same";
}

TEST(Generalised, HeldClipsAreAShareOfEveryClassAndRepetitionsGo) {
  core::LabData data = training_data(test::swing_data(10));
  data.target.repeats = {1, 12};
  const Held held = hold_clips(data, 0.25, 3);
  EXPECT_EQ(held.clips.clips.size(), 8U);
  EXPECT_EQ(held.training.target.clips.size(), 40U - 8U - 2U);
  EXPECT_EQ(hold_clips(data, 0.25, 3).clips.clips, held.clips.clips);
  EXPECT_NE(hold_clips(data, 0.25, 4).clips.clips, held.clips.clips);
}

TEST(Generalised, TooFewSeenClassesAreRefused) {
  core::LabData data = test::swing_data(3);
  data.unseen = {1, 3, 4, 5};
  Witness witness;
  core::EvaluateOptions options;
  options.generalised = true;
  EXPECT_THROW(evaluate_zero_shot(data, options, witness, {}, {}), Error);
  options.generalised = false;
  options.faithfulness = true;
  EXPECT_THROW(evaluate_zero_shot(data, options, witness, {}, {}), Error) << "a method without nodes";
}

}  // namespace
}  // namespace purlscope::models
