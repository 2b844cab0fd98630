#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "core/formats/dataset.h"
#include "core/formats/dataset/check/summary.h"
#include "core/formats/dataset/index/index_cache.h"
#include "core/formats/dataset/index/kinetics_labels.h"
#include "core/formats/dataset/index/skip_list.h"
#include "tests/core/formats/samples/samples.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

namespace fs = std::filesystem;
using test::TempDir;
using test::ThrowsError;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

IndexOptions with_cache(const TempDir& cache) {
  IndexOptions options;
  options.cache = cache.path();
  return options;
}

std::vector<std::string> names(const Dataset& dataset) {
  std::vector<std::string> list;
  for (const DatasetEntry& entry : dataset.entries) list.push_back(entry.file.filename().string());
  return list;
}

TEST(DatasetIndex, ClassesPresentTellNtu60From120) {
  const TempDir folder;
  folder.write("S001C001P001R001A060.skeleton", "x");
  const Dataset small = index_dataset(folder.path());
  EXPECT_EQ(small.edition, "ntu60");
  EXPECT_EQ(small.classes.size(), 60U);
  folder.write("S018C001P008R001A061.skeleton", "x");
  const Dataset whole = index_dataset(folder.path());
  EXPECT_EQ(whole.edition, "");
  EXPECT_EQ(whole.classes.size(), 120U);
  EXPECT_EQ(whole.entries[1].setup, "18");
  EXPECT_EQ(whole.entries[1].format, "ntu-skeleton");
}

TEST(DatasetIndex, RecordingsOfOtherKindsAreCountedAndLeftOut) {
  const TempDir folder;
  folder.write("a01_s01_e01_skeleton3D.txt", "x");
  folder.write("a02_s01_e01_skeleton3D.txt", "x");
  folder.write("a1_s1_t1_skeleton.mat", "x");
  const Dataset dataset = index_dataset(folder.path());
  EXPECT_EQ(dataset.kind, "msr-action3d");
  EXPECT_EQ(dataset.entries.size(), 2U);
  EXPECT_THAT(dataset.foreign, ElementsAre(Pair("utd-mhad", 1U)));
}

TEST(DatasetIndex, UntrimmedRecordingsNameNoClass) {
  const TempDir folder;
  folder.write("Skeleton/0002-L.txt", "x");
  folder.write("Skeleton/0002-R.txt", "x");
  folder.write("Train_Label_PKU_final/0002-L.txt", "5,100,200,1");
  folder.write("Train_Label_PKU_final/0002-R.txt", "5,100,200,1");
  const Dataset dataset = index_dataset(folder.path());
  EXPECT_EQ(dataset.kind, "pku-mmd");
  EXPECT_TRUE(dataset.untrimmed);
  EXPECT_EQ(dataset.entries.size(), 2U) << "label files have the same names";
  EXPECT_THAT(summarise(dataset).cameras, ElementsAre("L", "R"));
  for (const DatasetProblem& problem : dataset_problems(dataset)) EXPECT_NE(problem.kind, "unknown-class");
}

TEST(DatasetIndex, SummaryListsNumbersByValue) {
  const TempDir folder;
  for (const int subject : {10, 2, 1}) folder.write(fmt::format("a01_s{:02}_e01_skeleton3D.txt", subject), "x");
  const DatasetSummary summary = summarise(index_dataset(folder.path()));
  EXPECT_THAT(summary.subjects, ElementsAre("1", "2", "10"));
  EXPECT_THAT(summary.layouts, ElementsAre("kinect20"));
  EXPECT_THAT(summary.formats, ElementsAre("msr-action3d"));
  EXPECT_EQ(summary.clips_of_class[0], 3U);
  EXPECT_EQ(summary.read, 0U);
}

TEST(DatasetIndex, StopsWhenAsked) {
  const TempDir folder;
  folder.write("wave.skeleton", test::ntu_text(5));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT([&] { index_dataset(folder.path(), stop.get_token()); }, ThrowsError(Code::cancelled, testing::_));
}

class CachedIndex : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"one", "two", "three"}) {
      folder_.write(fmt::format("{}.skeleton", name), test::ntu_text(5));
    }
    folder_.write("notes.txt", "no recording");
  }
  Dataset index() { return index_dataset(folder_.path(), with_cache(cache_)); }
  fs::path cache_file() const { return index_cache_file(cache_.path(), folder_.path()); }

  TempDir folder_;
  TempDir cache_;
};

TEST_F(CachedIndex, NoticesAddedRemovedAndChangedFiles) {
  EXPECT_FALSE(index().changes.cached);
  const IndexChanges same = index().changes;
  EXPECT_TRUE(same.cached);
  EXPECT_EQ(same.added + same.removed + same.changed, 0U);

  folder_.write("sub/four.skeleton", test::ntu_text(5));
  folder_.write("two.skeleton", test::ntu_text(6));
  fs::remove(folder_.path() / "one.skeleton");
  const Dataset after = index();
  EXPECT_EQ(after.changes.added, 1U);
  EXPECT_EQ(after.changes.removed, 1U);
  EXPECT_EQ(after.changes.changed, 1U);
  EXPECT_THAT(names(after), ElementsAre("four.skeleton", "three.skeleton", "two.skeleton"));
  EXPECT_EQ(index().changes.added, 0U) << "the new state is kept";
}

TEST_F(CachedIndex, AChangedTimeAloneIsAChange) {
  index();
  const fs::path file = folder_.path() / "one.skeleton";
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(1));
  EXPECT_EQ(index().changes.changed, 1U);
}

TEST_F(CachedIndex, KeepsWhatACheckLearntOfUnchangedFiles) {
  Dataset dataset = index();
  check_dataset(dataset, with_cache(cache_));
  folder_.write("two.skeleton", test::ntu_text(6));
  const Dataset after = index();
  ASSERT_EQ(after.entries.size(), 3U);
  EXPECT_EQ(after.entries[0].facts, dataset.entries[0].facts);
  EXPECT_EQ(after.entries[0].facts->frames, 5U);
  EXPECT_FALSE(after.entries[2].facts) << "two.skeleton is another file now";
}

/// A file that was no recording is not opened again while size and time stay.
TEST_F(CachedIndex, LooksIntoUnknownFilesOnce) {
  const std::string text = test::ntu_text(5);
  const fs::path file = folder_.write("other.dat", std::string(text.size(), 'x'));
  const auto time = fs::last_write_time(file);
  EXPECT_EQ(index().entries.size(), 3U);
  folder_.write("other.dat", text);
  fs::last_write_time(file, time);
  EXPECT_EQ(index().entries.size(), 3U) << "taken from the cache";
  EXPECT_EQ(index_dataset(folder_.path()).entries.size(), 4U) << "without the cache it is seen";
}

TEST_F(CachedIndex, ADamagedCacheIsIgnored) {
  Dataset dataset = index();
  check_dataset(dataset, with_cache(cache_));
  const std::string whole = test::read_text(cache_file());
  ASSERT_GT(whole.size(), 100U);
  const auto expect_fresh = [&](const std::string& bytes) {
    std::ofstream(cache_file(), std::ios::binary) << bytes;
    const Dataset fresh = index();
    EXPECT_FALSE(fresh.changes.cached);
    EXPECT_EQ(fresh.entries.size(), 3U);
    EXPECT_FALSE(fresh.entries[0].facts);
  };
  for (std::size_t size = 0; size < whole.size(); size += 37) expect_fresh(whole.substr(0, size));
  for (std::size_t at = 0; at < whole.size(); at += 41) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    expect_fresh(bytes);
  }
}

TEST_F(CachedIndex, AnUnwritableCacheFolderIsNoError) {
  IndexOptions options;
  options.cache = cache_.write("a file", "x") / "below";
  EXPECT_EQ(index_dataset(folder_.path(), options).entries.size(), 3U);
}

TEST(SkipLists, LeaveOutTheSamplesTheyName) {
  const TempDir folder;
  folder.write("data/S001C001P001R001A001.skeleton", "x");
  folder.write("data/S001C002P005R002A008.skeleton", "x");
  // The form of the official list: a heading, then a name a line.
  IndexOptions options;
  options.skip_list = folder.write("skip.txt",
                                   "The following 302 samples have missing skeletons\r\n\r\nS001C002P005R002A008\r\n"
                                   "S001C002P006R001A008\n");
  const Dataset dataset = index_dataset(folder.path() / "data", options);
  EXPECT_THAT(names(dataset), ElementsAre("S001C001P001R001A001.skeleton"));
  EXPECT_THAT(dataset.skipped, ElementsAre("S001C002P005R002A008.skeleton"));

  options.skip_list = folder.write("all.txt", "S001C001P001R001A001.skeleton\nS001C002P005R002A008\n");
  EXPECT_THAT([&] { index_dataset(folder.path() / "data", options); },
              ThrowsError(Code::bad_format, HasSubstr("every one of its 2")));
  options.skip_list = folder.write("none.txt", "nothing is listed here\n");
  EXPECT_THAT([&] { index_dataset(folder.path() / "data", options); },
              ThrowsError(Code::bad_format, HasSubstr("none.txt: names no sample")));
  options.skip_list = folder.path() / "gone.txt";
  EXPECT_THAT([&] { index_dataset(folder.path() / "data", options); },
              ThrowsError(Code::not_found, HasSubstr("gone.txt")));
}

TEST(SkipLists, DoNotMakeTheCacheForget) {
  const TempDir folder;
  const TempDir cache;
  folder.write("S001C001P001R001A001.skeleton", test::ntu_text(5));
  folder.write("S001C002P005R002A008.skeleton", test::ntu_text(6));
  IndexOptions options = with_cache(cache);
  options.skip_list = cache.write("skip.txt", "S001C002P005R002A008\n");
  Dataset part = index_dataset(folder.path(), options);
  check_dataset(part, options);
  const Dataset whole = index_dataset(folder.path(), with_cache(cache));
  EXPECT_EQ(whole.changes.added, 0U);
  ASSERT_EQ(whole.entries.size(), 2U);
  EXPECT_TRUE(whole.entries[0].facts);
  EXPECT_FALSE(whole.entries[1].facts) << "it was left out of the check";
}

TEST(KineticsLabels, ComeFromTheFilesBesideTheClips) {
  const TempDir folder;
  fs::create_directories(folder.path() / "kinetics_train");
  folder.write("kinetics_train_label.json",
               R"({"--07WQ2iBlw": {"has_skeleton": true, "label": "archery", "label_index": 1},
                   "-0BHfQ9r4WY": {"has_skeleton": false, "label": "swimming", "label_index": 0},
                   "outside": {"has_skeleton": true, "label": "?", "label_index": 7},
                   "odd": {"label": ["archery"], "nested": {"label": "archery", "label_index": 1}}})");
  folder.write("kinetics_val_label.json", R"({"whole": {"label_index": 1}, "broken": {"label)");
  const auto labels = read_kinetics_labels(folder.path() / "kinetics_train", {"abseiling", "archery"}, {});
  EXPECT_THAT(labels, testing::UnorderedElementsAre(Pair("--07WQ2iBlw", 1), Pair("-0BHfQ9r4WY", 0), Pair("whole", 1)));
}

std::size_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::size_t pages = 0;
  in >> pages >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

TEST(DatasetIndexSlow, AHundredThousandClipsStayUnder200Megabytes) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's own memory is not the program's";
#endif
  const TempDir folder;
  const TempDir cache;
  constexpr int kClips = 100'000;
  for (int i = 0; i < kClips; ++i) {
    std::ofstream(folder.path() / fmt::format("S{:03}C{:03}P{:03}R{:03}A{:03}.skeleton", i % 32 + 1, i % 3 + 1,
                                              i / 1000 + 1, i % 1000, i % 120 + 1))
        << "x";
  }
  const std::size_t before = resident_bytes();
  const auto listing = std::chrono::steady_clock::now();
  Dataset cold = index_dataset(folder.path(), with_cache(cache));
  std::cout << "listed in " << std::chrono::duration<double>(std::chrono::steady_clock::now() - listing).count()
            << " s\n";
  ASSERT_EQ(cold.entries.size(), static_cast<std::size_t>(kClips));
  for (DatasetEntry& entry : cold.entries) entry.facts = ClipFacts{80, 80, 0, 2.7, 12345, "ntu25", "drink water", ""};
  const std::size_t used = resident_bytes() - before;
  RecordProperty("index_bytes", static_cast<int>(used));
  std::cout << "index of 100,000 clips with their facts: " << used / 1'000'000 << " MB\n";
  EXPECT_LT(used, 200'000'000U);

  write_index_cache(cache.path(), folder.path(), cold.entries, {});
  cold = {};
  const auto begin = std::chrono::steady_clock::now();
  const Dataset warm = index_dataset(folder.path(), with_cache(cache));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::cout << "listed again with the cache in " << seconds.count() << " s, " << resident_bytes() / 1'000'000
            << " MB resident in all\n";
  EXPECT_EQ(warm.changes.added, 0U);
  EXPECT_EQ(warm.entries.back().facts->content, 12345U);
  EXPECT_LT(resident_bytes() - before, 200'000'000U);
}

TEST(DatasetIndexSlow, TenThousandUnnamedRecordingsAreIndexedInSeconds) {
  const TempDir folder;
  const TempDir cache;
  const std::string text = test::ntu_text(1);
  for (int i = 0; i < 10'000; ++i) folder.write(fmt::format("{}/clip{}.skeleton", i % 10, i), text);
  const auto timed = [&] {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(index_dataset(folder.path(), with_cache(cache)).entries.size(), 10'000U);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  const double cold = timed();
  const double warm = timed();
  std::cout << "10,000 files by content: cold " << cold << " s, warm " << warm << " s\n";
  EXPECT_LT(cold, 20.0);
  EXPECT_LT(warm, 5.0);
}

}  // namespace
}  // namespace purlscope::core
