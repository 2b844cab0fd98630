#include "core/formats/dataset.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/formats/class_list.h"
#include "core/formats/dataset/split/split.h"
#include "tests/core/formats/dataset/made_sets.h"
#include "tests/core/formats/samples/samples.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::table_of;
using test::TempDir;
using test::ThrowsError;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

ClipSet set_of(const std::string& kind) {
  ClipSet set;
  set.kind = kind;
  set.path = kind;
  for (const std::string& name : class_list(kind).classes) set.labels.push_back({name, {}});
  return set;
}

TEST(ClassLists, HaveTheirPublishedSizesAndKnownMembers) {
  EXPECT_EQ(class_list("ntu-rgbd").classes.size(), 120U);
  EXPECT_EQ(class_list("utd-mhad").classes.size(), 27U);
  EXPECT_EQ(class_list("nw-ucla").classes.size(), 10U);
  EXPECT_EQ(class_list("msr-action3d").classes.size(), 20U);
  // A027 and A120 of the NTU list, a27 of UTD, a16 of MSR.
  EXPECT_EQ(class_list("ntu-rgbd").classes[26], "jump up");
  EXPECT_EQ(class_list("ntu-rgbd").classes[119], "rock-paper-scissors");
  EXPECT_EQ(class_list("utd-mhad").classes[26], "squat");
  EXPECT_EQ(class_list("msr-action3d").classes[15], "jogging");
  EXPECT_THAT([] { class_list("moon"); }, ThrowsError(Code::not_found, HasSubstr("nw-ucla")));
}

TEST(DatasetIndex, RecognisesAFolderByItsNames) {
  const TempDir folder;
  folder.write("all_sqe/a01_s01_e00_v01.json", "x");
  folder.write("all_sqe/a08_s02_e00_v02.json", "x");
  folder.write("all_sqe/a07_s02_e00_v02.json", "x");
  folder.write("SOURCE.txt", "where it is from");
  const Dataset dataset = index_dataset(folder.path());
  EXPECT_EQ(dataset.kind, "nw-ucla");
  ASSERT_EQ(dataset.entries.size(), 3U);
  EXPECT_EQ(dataset.entries[0].label_index, 0);
  EXPECT_EQ(dataset.entries[1].label_index, -1) << "there is no action 7";
  EXPECT_EQ(dataset.entries[2].label_index, 6);
  EXPECT_EQ(dataset.entries[2].subject, "2");
  EXPECT_EQ(dataset.entries[2].camera, "2");
  EXPECT_EQ(dataset.classes[6], "donning");
}

TEST(DatasetIndex, OtherFoldersAreIndexedByContent) {
  const TempDir folder;
  folder.write("wave.skeleton", test::ntu_text(5));
  folder.write("notes.txt", "not a recording");
  const Dataset dataset = index_dataset(folder.path());
  EXPECT_EQ(dataset.kind, "folder");
  EXPECT_EQ(dataset.entries.size(), 1U);
}

TEST(DatasetIndex, FoldersWithoutRecordingsAreRefused) {
  const TempDir folder;
  folder.write("notes.txt", "nothing here");
  EXPECT_THAT([&] { index_dataset(folder.path()); }, ThrowsError(Code::bad_format, HasSubstr("NTU RGB+D skeleton")));
  EXPECT_THAT([&] { index_dataset(folder.path() / "gone"); },
              ThrowsError(Code::not_found, HasSubstr("no such folder")));
  EXPECT_THAT([&] { index_dataset(folder.path() / "notes.txt"); },
              ThrowsError(Code::not_found, HasSubstr("is a file")));
}

class SmallMsrSet : public testing::Test {
 protected:
  TempDir folder_;
  std::filesystem::path set_ = test::write_msr_set(folder_);
};

TEST_F(SmallMsrSet, DropsWhatCannotServeAndNamesIt) {
  const ClipSet set = load_clip_set(set_, {});
  EXPECT_EQ(set.clips.size(), 3U);
  EXPECT_THAT(set.repeats, testing::ElementsAre(2U));
  EXPECT_THAT(set.problems,
              UnorderedElementsAre(HasSubstr("a02_s01_e02_skeleton3D.txt repeats a02_s01_e01_skeleton3D.txt exactly"),
                                   HasSubstr("a03_s01_e01_skeleton3D.txt: 7 frame(s) with a person, at least 8"),
                                   HasSubstr("a04_s01_e01_skeleton3D.txt: holds no position"),
                                   HasSubstr("a05_s01_e01_skeleton3D.txt: line 1")));
  EXPECT_EQ(set.labels.size(), 20U);
  EXPECT_EQ(set.labels[0].text, "high arm wave");
  EXPECT_EQ(set.text_source, "bank");
  EXPECT_FALSE(set.labels[0].sentences[7].text.empty());
}

TEST_F(SmallMsrSet, TakesTextsFromATableBesideTheData) {
  const std::vector<std::string>& classes = class_list("msr-action3d").classes;
  std::vector<std::string> reversed(classes.rbegin(), classes.rend());
  reversed.back() = "High Arm Wave";
  folder_.write("texts/something.tsv", table_of(reversed));
  folder_.write("texts/broken.tsv", "label\tnothing else\n");
  const ClipSet set = load_clip_set(set_, {});
  EXPECT_THAT(set.text_source, HasSubstr("something.tsv"));
  EXPECT_EQ(set.labels[0].text, "High Arm Wave") << "rows are matched by name, letter case aside";
  EXPECT_EQ(set.labels[19].sentences[1].text, "a of pick up and throw");
}

TEST_F(SmallMsrSet, ATableNamedAfterTheSetGivesItsOwnNamesInClassOrder) {
  std::vector<std::string> names;
  for (int c = 0; c < 20; ++c) names.push_back(fmt::format("action number {}", c + 1));
  const auto own = folder_.write("mine_msr-action3d.tsv", table_of(names));
  const ClipSet set = load_clip_set(set_, {own});
  EXPECT_EQ(set.labels[4].text, "action number 5");
  names.pop_back();
  const auto shorter = folder_.write("short_msr-action3d.tsv", table_of(names));
  EXPECT_EQ(load_clip_set(set_, {shorter}).text_source, "bank");
}

TEST_F(SmallMsrSet, ATableThatServesNoSetIsRefused) {
  const auto other = folder_.write("other.tsv", table_of({"ski", "swim"}));
  EXPECT_THAT([&] { load_lab_data(set_, "random:3:0", {}, {other}); },
              ThrowsError(Code::bad_argument, HasSubstr("other.tsv")));
  EXPECT_THAT([&] { load_lab_data(set_, "random:3:0", {set_}, {}); },
              ThrowsError(Code::bad_argument, HasSubstr("named twice")));
}

TEST_F(SmallMsrSet, AnOverlongFolderNameIsAnErrorLikeAnother) {
  const std::filesystem::path overlong = folder_.path() / std::string(5000, 'd');
  EXPECT_THAT([&] { load_lab_data(overlong, "random:3:0", {}, {}); }, ThrowsError(Code::not_found, HasSubstr("ddd")));
  EXPECT_THAT([&] { load_lab_data(set_, "random:3:0", {overlong}, {}); },
              ThrowsError(Code::not_found, HasSubstr("ddd")));
}

TEST_F(SmallMsrSet, ARecordingSplitLeavesTheTrainingSideOfSeenAndTheTestSideOfUnseenClasses) {
  folder_.write("data/msr/a01_s02_e01_skeleton3D.txt", test::msr_text(11));  // seen, but of the test side
  folder_.write("data/msr/a02_s02_e01_skeleton3D.txt", test::msr_text(10));  // repeats a clip of the other side
  const auto unseen = folder_.write("unseen.txt", class_list("msr-action3d").classes[1] + "\n");
  LabSource source{
      .dataset = set_, .split = unseen.string(), .recordings = "xsub", .skip_list = {}, .with = {}, .texts = {}};
  const LabData data = load_lab_data(source);
  std::vector<std::string> names;
  for (const ClipPtr& clip : data.target.clips) names.push_back(clip->name);
  EXPECT_THAT(names, ElementsAre("a01_s01_e01_skeleton3D.txt", "a02_s02_e01_skeleton3D.txt"));
  EXPECT_TRUE(data.target.repeats.empty()) << "what it repeats is not tested";
  EXPECT_EQ(data.split, "unseen.txt+xsub");

  source.recordings = "xview";
  EXPECT_THAT([&] { load_lab_data(source); }, ThrowsError(Code::bad_argument, HasSubstr("msr-action3d has xsub")));
  source.recordings.clear();
  source.skip_list = folder_.write("skip.txt", "a02_s01_e02_skeleton3D\na02_s02_e01_skeleton3D\n");
  const LabData rest = load_lab_data(source);
  EXPECT_EQ(rest.target.clips.size(), 3U);
  EXPECT_THAT(rest.target.problems, Contains(HasSubstr("2 recording(s) left out by the skip list")));
}

TEST_F(SmallMsrSet, TheFirstClassesAloneAreASmallerRelease) {
  LabSource source;
  source.dataset = set_;
  source.split = "random:1:0";
  source.classes = 1;
  EXPECT_THAT([&] { load_lab_data(source); }, ThrowsError(Code::bad_argument, HasSubstr("1 unseen classes of 1")));
  source.classes = 2;
  const LabData data = load_lab_data(source);
  EXPECT_EQ(data.target.labels.size(), 2U);
  EXPECT_EQ(data.target.clips.size(), 3U);
  for (const ClipPtr& clip : data.target.clips) EXPECT_LT(*clip->label_index, 2) << clip->name;
  EXPECT_THAT(data.target.problems, testing::Not(Contains(HasSubstr("a05_s01_e01")))) << "which is not read";
  source.classes = 21;
  EXPECT_THAT([&] { load_lab_data(source); }, ThrowsError(Code::bad_argument, HasSubstr("the data set has 20")));
}

TEST_F(SmallMsrSet, LoadingStopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT([&] { load_clip_set(set_, {}, {}, stop.get_token()); }, ThrowsError(Code::cancelled, testing::_));
}

TEST(MixedFolder, ItsClassesAreTheLabelsFound) {
  const TempDir folder;
  // More files without a known name than with one would still be the kind of the named ones: here none is named.
  test::write_mixed_set(folder);
  const ClipSet set = load_clip_set(folder.path(), {});
  EXPECT_EQ(set.kind, "folder");
  ASSERT_EQ(set.labels.size(), 2U);
  EXPECT_EQ(set.labels[0].text, "pick up with one hand");
  EXPECT_EQ(set.labels[1].text, "throw");
  ASSERT_EQ(set.clips.size(), 2U);
  EXPECT_EQ(set.clips[0]->label_index, 1);
  EXPECT_EQ(set.clips[1]->label_index, 0);
  EXPECT_THAT(set.problems, Contains(HasSubstr("z.skeleton: states no label")));
}

TEST(Splits, PublishedOnesAreNamedByTheirUnseenFiles) {
  EXPECT_THAT(published_splits("nw-ucla"), ElementsAre("ru2", "ru5"));
  EXPECT_THAT(published_splits("utd-mhad"), ElementsAre("ru5", "ru9", "ru13"));
  EXPECT_THAT(published_splits("ntu-rgbd"), ElementsAre("ru5", "ru10", "ru12", "ru20", "ru24", "ru30", "ru40", "ru60"));
  EXPECT_THAT(published_splits("msr-action3d"), testing::IsEmpty());
  EXPECT_THAT(resolve_split(set_of("nw-ucla"), "ru2"), ElementsAre(1, 4));
  EXPECT_THAT(resolve_split(set_of("utd-mhad"), "ru5"), ElementsAre(24, 14, 4, 23, 17));
}

TEST(Splits, ANameThatReleasesShareIsThatOfTheReleaseAtHand) {
  ClipSet set = set_of("kinetics-skeleton");
  EXPECT_THAT(resolve_split(set, "ru40"), testing::Contains(391));
  set.labels.resize(200);
  const std::vector<int> small = resolve_split(set, "ru40");
  EXPECT_EQ(small.size(), 40U);
  EXPECT_LT(*std::ranges::max_element(small), 200);
  EXPECT_EQ(resolve_split(set, "ru20").size(), 20U);
}

TEST(Splits, UnknownOnesNameTheKnown) {
  const auto refused = [](const std::string& split, const char* why) {
    EXPECT_THAT([&] { resolve_split(set_of("nw-ucla"), split); }, ThrowsError(Code::bad_argument, HasSubstr(why)));
  };
  refused("ru3", "one of ru2, ru5 (nw-ucla), random:N:SEED");
  refused("rs5", "seen classes");
  refused("random:0:1", "0 unseen classes of 10");
  refused("random:10:1", "10 unseen classes of 10");
  refused("random:x:1", "random:N:SEED");
  refused("random:3", "random:N:SEED");
  refused("random:3:-1", "random:N:SEED");
}

/// The first numbers of std::mt19937_64 with its default seed 5489 are published: 14514284786278117030,
/// 4620546740167642908, 13109570281517897720, 17462938647148434322, 355488278567739596. Over 7 classes the draws are
/// those modulo 7, 6, 5, 4, 3 = 1, 0, 0, 2, 2: swaps 0-1, 1-1, 2-2, 3-5, 4-6.
TEST(Splits, RandomDrawsFollowTheDocumentedShuffle) {
  EXPECT_THAT(random_classes(7, 5, 5489), ElementsAre(1, 0, 2, 5, 6));
  EXPECT_EQ(random_classes(7, 3, 5489), (std::vector<int>{1, 0, 2})) << "fewer classes are a prefix";
}

TEST(Splits, RandomOnesAreDifferentClassesAndDependOnTheSeed) {
  const std::vector<int> a = resolve_split(set_of("utd-mhad"), "random:9:1");
  EXPECT_EQ(a, resolve_split(set_of("utd-mhad"), "random:9:1"));
  EXPECT_NE(a, resolve_split(set_of("utd-mhad"), "random:9:2"));
  EXPECT_EQ(std::set<int>(a.begin(), a.end()).size(), 9U);
}

TEST(Splits, AFileOfClassNamesIsReadByName) {
  const TempDir folder;
  const auto file = folder.write("mine.txt", "Throw\r\n\n  walk around \n");
  EXPECT_THAT(resolve_split(set_of("nw-ucla"), file), ElementsAre(8, 3));
  const auto wrong = folder.write("wrong.txt", "throw\nski\n");
  EXPECT_THAT([&] { resolve_split(set_of("nw-ucla"), wrong); },
              ThrowsError(Code::bad_argument, HasSubstr("line 2: 'ski'")));
  const auto twice = folder.write("twice.txt", "throw\nTHROW\n");
  EXPECT_THAT([&] { resolve_split(set_of("nw-ucla"), twice); },
              ThrowsError(Code::bad_argument, HasSubstr("stands twice")));
  const auto none = folder.write("none.txt", "\n\n");
  EXPECT_THAT([&] { resolve_split(set_of("nw-ucla"), none); },
              ThrowsError(Code::bad_argument, HasSubstr("no class name")));
}

}  // namespace
}  // namespace purlscope::core
