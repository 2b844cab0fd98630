#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/formats/class_list.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/check/clip_facts.h"
#include "core/formats/dataset/check/summary.h"
#include "core/formats/registry.h"
#include "tests/core/formats/dataset/made_sets.h"
#include "tests/core/formats/samples/samples.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::TempDir;
using test::ThrowsError;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

std::vector<std::string> kinds(const std::vector<DatasetProblem>& problems) {
  std::vector<std::string> list;
  for (const DatasetProblem& problem : problems) list.push_back(problem.kind);
  return list;
}

std::string text_of(const std::vector<DatasetProblem>& problems, const std::string& kind) {
  for (const DatasetProblem& problem : problems) {
    if (problem.kind == kind) return problem.text;
  }
  return "no problem " + kind;
}

class MsrWithProblems : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("data/msr/a06_s01_e01_skeleton3D.txt", "");
    folder_.write("data/msr/a21_s01_e01_skeleton3D.txt", test::msr_text(12));
    folder_.write("data/msr/copy/a01_s01_e01_skeleton3D.txt", test::msr_text(11));
  }
  TempDir folder_;
  std::filesystem::path set_ = test::write_msr_set(folder_);
};

TEST_F(MsrWithProblems, NamesAloneTellSomeOfThem) {
  const auto problems = dataset_problems(index_dataset(set_));
  EXPECT_THAT(kinds(problems), UnorderedElementsAre("missing-recordings", "unknown-class", "same-name", "empty-file"));
  EXPECT_EQ(text_of(problems, "missing-recordings"), "9 of the 567 recordings of MSR-Action3D are here");
  EXPECT_EQ(text_of(problems, "unknown-class"),
            "1 recording(s) name no class of MSR-Action3D: a21_s01_e01_skeleton3D.txt");
  EXPECT_EQ(text_of(problems, "same-name"),
            "copy/a01_s01_e01_skeleton3D.txt has the name of a01_s01_e01_skeleton3D.txt");
}

TEST_F(MsrWithProblems, ReadingTheClipsTellsTheOthers) {
  Dataset dataset = index_dataset(set_);
  std::vector<double> fractions;
  IndexOptions options;
  options.progress = [&](const Progress& progress) { fractions.push_back(progress.fraction); };
  check_dataset(dataset, options);
  const auto problems = dataset_problems(dataset);
  EXPECT_THAT(kinds(problems), UnorderedElementsAre("missing-recordings", "unknown-class", "same-name", "repeat",
                                                    "too-short", "no-skeleton", "unreadable", "unreadable"));
  EXPECT_EQ(text_of(problems, "repeat"), "a02_s01_e02_skeleton3D.txt repeats a02_s01_e01_skeleton3D.txt exactly");
  EXPECT_EQ(text_of(problems, "too-short"),
            "a03_s01_e01_skeleton3D.txt: 7 frame(s) with a person, at least 8 are needed");
  EXPECT_EQ(text_of(problems, "no-skeleton"), "a04_s01_e01_skeleton3D.txt: holds no position in any of 9 frames");
  EXPECT_THAT(text_of(problems, "unreadable"), HasSubstr("a05_s01_e01_skeleton3D.txt: line 1"));
  ASSERT_FALSE(fractions.empty());
  EXPECT_EQ(fractions.back(), 1.0);

  const DatasetSummary summary = summarise(dataset);
  EXPECT_EQ(summary.read, 9U);
  EXPECT_EQ(summary.frames, 9U + 10 + 10 + 9 + 9 + 12 + 11);
  EXPECT_NEAR(summary.seconds, 70.0 / 15.0, 1e-9);
}

TEST(DatasetCheck, OneFrameClipsAreTooShort) {
  const TempDir folder;
  folder.write("a02_s01_e00_v01.json", test::nw_json(1, 2));
  Dataset dataset = index_dataset(folder.path());
  check_dataset(dataset, {});
  EXPECT_THAT(text_of(dataset_problems(dataset), "too-short"), HasSubstr("1 frame(s)"));
}

TEST(DatasetCheck, AMixedFolderTellsItsFormatsLayoutsAndClasses) {
  const TempDir folder;
  test::write_mixed_set(folder);
  Dataset dataset = index_dataset(folder.path());
  EXPECT_EQ(dataset.kind, "folder");
  EXPECT_THAT(dataset.classes, testing::IsEmpty());
  EXPECT_THAT(kinds(dataset_problems(dataset)), ElementsAre("mixed-formats"));
  check_dataset(dataset, {});
  EXPECT_THAT(dataset.classes, ElementsAre("pick up with one hand", "throw"));
  EXPECT_EQ(dataset.entries[0].label_index, 1);
  const auto problems = dataset_problems(dataset);
  EXPECT_THAT(kinds(problems), UnorderedElementsAre("unknown-class", "mixed-formats", "mixed-layouts"));
  EXPECT_EQ(text_of(problems, "mixed-layouts"), "recordings of more than one joint layout: kinect20 (2), ntu25 (1)");
  EXPECT_EQ(text_of(problems, "unknown-class"), "1 recording(s) state no label: z.skeleton");
  EXPECT_THAT(summarise(dataset).layouts, ElementsAre("kinect20", "ntu25"));
}

TEST(DatasetCheck, StopsWhenAskedAndGoesOnLater) {
  const TempDir folder;
  const TempDir cache;
  for (int i = 1; i <= 20; ++i) {
    for (int s = 1; s <= 10; ++s) {
      folder.write(fmt::format("a{:02}_s{:02}_e01_skeleton3D.txt", i, s),
                   test::msr_text(static_cast<std::size_t>(8 + i)));
    }
  }
  std::stop_source stop;
  IndexOptions options;
  options.cache = cache.path();
  options.stop = stop.get_token();
  std::size_t reports = 0;
  options.progress = [&](const Progress& progress) {
    if (progress.stage == "Reading clips" && ++reports == 5) stop.request_stop();
  };
  Dataset dataset = index_dataset(folder.path(), options);
  EXPECT_THAT([&] { check_dataset(dataset, options); }, ThrowsError(Code::cancelled, testing::_));

  IndexOptions again;
  again.cache = cache.path();
  Dataset rest = index_dataset(folder.path(), again);
  const std::size_t known = summarise(rest).read;
  EXPECT_GT(known, 0U);
  EXPECT_LT(known, 200U);
  check_dataset(rest, again);
  EXPECT_EQ(summarise(rest).read, 200U);
  EXPECT_EQ(summarise(index_dataset(folder.path(), again)).read, 200U) << "kept for the next time";
}

TEST(DatasetCheck, MissingRecordingsOfAFullSetAreNamed) {
  const TempDir folder;
  for (int a = 1; a <= 27; ++a) {
    for (int s = 1; s <= 8; ++s) {
      for (int t = 1; t <= 4; ++t) {
        if (a != 23 || s != 6 || t != 4) folder.write(fmt::format("a{}_s{}_t{}_skeleton.mat", a, s, t), "x");
      }
    }
  }
  const auto problems = dataset_problems(index_dataset(folder.path()));
  EXPECT_EQ(text_of(problems, "missing-recordings"),
            "863 of the 864 recordings of UTD-MHAD are here; missing: a23_s6_t4");
}

TEST(ContentHash, ChangesWithAnyPosition) {
  const TempDir folder;
  const auto file = folder.write("x.json", test::nw_json(5, 9));
  const ClipPtr clip = read_clip(file);
  Clip other = *clip;
  EXPECT_EQ(content_hash(other), content_hash(*clip));
  other.persons[0].joints.back()[2] += 0.001F;
  EXPECT_NE(content_hash(other), content_hash(*clip));
}

}  // namespace
}  // namespace purlscope::core
