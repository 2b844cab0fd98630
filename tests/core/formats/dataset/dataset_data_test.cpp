#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/formats/dataset.h"
#include "core/formats/dataset/check/summary.h"
#include "core/formats/dataset/split/recording_split.h"
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
  EXPECT_EQ(set.labels.size(), 60U) << "all five clips are of NTU RGB+D 60";
  EXPECT_THAT(set.text_source, HasSubstr("gpt3_ntu120.tsv"));
}

std::map<std::string, std::size_t> problem_counts(const Dataset& dataset) {
  std::map<std::string, std::size_t> counts;
  for (const DatasetProblem& problem : dataset_problems(dataset)) ++counts[problem.kind];
  return counts;
}

TEST(DatasetsData, UtdMhadLacksThreeOfItsRecordings) {
  PURLSCOPE_NEEDS_SHARED();
  Dataset dataset = index_dataset(test::shared_dir() / "data" / "utd-mhad");
  EXPECT_EQ(dataset.entries.size(), 861U);
  const auto problems = dataset_problems(dataset);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].text,
            "861 of the 864 recordings of UTD-MHAD are here; missing: a8_s1_t4, a23_s6_t4, a27_s8_t4");
  const auto splits = recording_splits(dataset);
  ASSERT_EQ(splits.size(), 1U);
  EXPECT_EQ(divide(dataset, splits[0]).train.size(), 431U) << "of odd subjects, as in the publications";
  EXPECT_EQ(divide(dataset, splits[0]).test.size(), 430U);
  check_dataset(dataset, {});
  EXPECT_EQ(dataset_problems(dataset).size(), 1U) << "every clip reads, none repeats another";
  EXPECT_EQ(summarise(dataset).subjects.size(), 8U);
}

TEST(DatasetsData, MsrAction3dIsWholeButForShortAndEmptyClips) {
  PURLSCOPE_NEEDS_SHARED();
  Dataset dataset = index_dataset(test::shared_dir() / "data" / "msr-action3d");
  EXPECT_THAT(problem_counts(dataset), testing::IsEmpty());
  check_dataset(dataset, {});
  const auto counts = problem_counts(dataset);
  EXPECT_EQ(counts.at("no-skeleton"), 1U) << "a13_s09_e02";
  EXPECT_FALSE(counts.contains("unreadable"));
  EXPECT_FALSE(counts.contains("mixed-layouts"));
}

TEST(DatasetsData, AFolderOfSeveralSetsTellsWhatItIsMadeOf) {
  PURLSCOPE_NEEDS_SHARED();
  const Dataset dataset = index_dataset(test::shared_dir() / "data");
  EXPECT_EQ(dataset.kind, "nw-ucla") << "the most recordings";
  EXPECT_THAT(dataset.foreign,
              testing::IsSupersetOf({Pair("utd-mhad", 861U), Pair("msr-action3d", 567U), Pair("ntu-rgbd", 5U)}));
  EXPECT_EQ(problem_counts(dataset).at("other-data-set"), dataset.foreign.size());
}

}  // namespace
}  // namespace purlscope::core
