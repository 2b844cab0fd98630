#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/formats/dataset.h"
#include "tests/support/shared.h"

namespace purlscope::core {
namespace {

using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

std::size_t mentions(const std::vector<std::string>& problems, const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      problems.begin(), problems.end(), [&](const std::string& p) { return p.find(text) != std::string::npos; }));
}

TEST(DatasetsData, NwUclaIsWholeAndItsRepetitionsCountOnce) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipSet set = load_clip_set(test::shared_dir() / "data" / "nw-ucla", {});
  EXPECT_EQ(set.kind, "nw-ucla");
  // 1,484 files, two of one frame; v03 repeats v02 in 50 recordings of a02 and 45 of a03 (one a02 pair has one frame).
  EXPECT_EQ(set.clips.size(), 1484U - 2U);
  EXPECT_EQ(set.repeats.size(), 49U + 45U);
  EXPECT_EQ(mentions(set.problems, "1 frame(s)"), 2U);
  EXPECT_EQ(mentions(set.problems, "v03.json repeats a02_"), 49U);
  EXPECT_EQ(mentions(set.problems, "v03.json repeats a03_"), 45U);
  EXPECT_EQ(set.problems.size(), 2U + 49U + 45U);
  EXPECT_THAT(set.text_source, HasSubstr("gpt3_nw-ucla.tsv"));
  EXPECT_EQ(set.labels[8].text, "throw");
  for (const ClipPtr& clip : set.clips)
    EXPECT_THAT(clip->warnings, testing::Each(testing::Not(HasSubstr("contradicts"))));
}

TEST(DatasetsData, OneZeroShotProblemOverThreeSets) {
  PURLSCOPE_NEEDS_SHARED();
  const auto data = test::shared_dir() / "data";
  std::vector<double> fractions;
  const LabData lab = load_lab_data(data / "utd-mhad", "ru5", {data / "nw-ucla", data / "msr-action3d"}, {},
                                    [&](const Progress& p) { fractions.push_back(p.fraction); });
  EXPECT_EQ(lab.target.clips.size(), 861U);
  EXPECT_THAT(lab.unseen, testing::ElementsAre(24, 14, 4, 23, 17));
  EXPECT_EQ(lab.target.labels[24].text, "Stand to sit");
  // The study leaves out of the others: sit down and stand up, the throws, and MSR's tennis swing.
  EXPECT_THAT(lab.left_out, UnorderedElementsAre(Pair(0U, 4), Pair(0U, 5), Pair(0U, 8), Pair(1U, 5), Pair(1U, 16)));
  ASSERT_EQ(lab.others.size(), 2U);
  // MSR: 567 less the all-zero one and those under 8 frames.
  EXPECT_EQ(lab.others[1].clips.size() + mentions(lab.others[1].problems, "left out"), 567U);
  EXPECT_EQ(mentions(lab.others[1].problems, "a13_s09_e02_skeleton3D.txt: holds no position"), 1U);
  EXPECT_THAT(lab.others[1].text_source, HasSubstr("own_msr-action3d.tsv"));
  ASSERT_FALSE(fractions.empty());
  EXPECT_TRUE(std::all_of(fractions.begin(), fractions.end(), [](double f) { return f >= 0.0 && f <= 1.0; }));
}

TEST(DatasetsData, SameMeaningHoldsTheOtherWayRound) {
  PURLSCOPE_NEEDS_SHARED();
  const auto data = test::shared_dir() / "data";
  const LabData lab = load_lab_data(data / "nw-ucla", "ru2", {data / "utd-mhad"}, {});
  EXPECT_THAT(lab.unseen, testing::ElementsAre(1, 4));
  EXPECT_THAT(lab.left_out, UnorderedElementsAre(Pair(0U, 24))) << "NW sit down = UTD stand to sit";
}

TEST(DatasetsData, AModelTrainedElsewhereOnTheSameMeaningIsForbiddenToo) {
  PURLSCOPE_NEEDS_SHARED();
  const LabData lab = load_lab_data(test::shared_dir() / "data" / "nw-ucla", "ru2", {}, {});
  const auto stated = std::ranges::find_if(
      lab.forbidden, [](const ForbiddenClass& f) { return f.kind == "utd-mhad" && f.name == "stand to sit"; });
  ASSERT_NE(stated, lab.forbidden.end()) << "UTD-MHAD is not at hand here, but a model may have seen it";
  EXPECT_EQ(stated->index, 24);
}

TEST(DatasetsData, NtuClipsFormASet) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipSet set = load_clip_set(test::shared_dir() / "data" / "ntu-rgbd-samples", {});
  EXPECT_EQ(set.kind, "ntu-rgbd");
  EXPECT_EQ(set.clips.size(), 5U);
  EXPECT_EQ(set.labels.size(), 120U);
  EXPECT_THAT(set.text_source, HasSubstr("gpt3_ntu120.tsv"));
}

}  // namespace
}  // namespace purlscope::core
