#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;

/// The program with a cache folder of its own.
Outcome dataset(std::vector<std::string> arguments, const TempDir& cache) {
  arguments.insert(arguments.begin(), "dataset");
  return run_program(arguments, {{"XDG_CACHE_HOME", cache.path().string()}});
}

std::size_t matching(const json& problems, const std::string& text) {
  std::size_t count = 0;
  for (const json& problem : problems) count += problem.get<std::string>().find(text) == std::string::npos ? 0 : 1;
  return count;
}

TEST(CliDataset, GivesEveryFieldOfTheContract) {
  const TempDir cache;
  const fs::path clips = fs::path(bundled("wave")).parent_path();
  const Outcome run = dataset({clips.string(), "--json"}, cache);
  ASSERT_EQ(run.code, 0) << run.err;
  const json document = run.json();
  EXPECT_EQ(document["kind"], "folder");
  EXPECT_EQ(document["clips"], 6);
  EXPECT_TRUE(document["classes"].is_array());
  EXPECT_EQ(document["layouts"], json({"ntu25"}));
  EXPECT_TRUE(document["subjects"].is_array());
  EXPECT_TRUE(document["cameras"].is_array());
  EXPECT_TRUE(document["problems"].is_array());
  EXPECT_TRUE(document["splits"].is_object());
  EXPECT_TRUE(document["frames_total"].is_null()) << "nothing was read";
  EXPECT_TRUE(document["seconds"].is_null());
  EXPECT_EQ(document["checked"], 0);

  const json checked = dataset({clips.string(), "--json", "--check"}, cache).json();
  EXPECT_EQ(checked["checked"], 6);
  EXPECT_GT(checked["frames_total"].get<int>(), 0);
  EXPECT_NEAR(checked["seconds"].get<double>(), checked["frames_total"].get<int>() / 30.0, 1e-6);

  const json again = dataset({clips.string(), "--json"}, cache).json();
  EXPECT_EQ(again["checked"], 6) << "the cache remembers";
  EXPECT_EQ(again["since_last_index"], json({{"added", 0}, {"removed", 0}, {"changed", 0}}));
  const json without = dataset({clips.string(), "--json", "--no-cache"}, cache).json();
  EXPECT_EQ(without["checked"], 0);
  EXPECT_TRUE(without["since_last_index"].is_null());
}

TEST(CliDataset, PeopleGetATable) {
  const TempDir cache;
  const TempDir folder;
  folder.write("a01_s01_e00_v01.json", "x");
  folder.write("a01_s02_e00_v03.json", "x");
  const Outcome run = dataset({folder.path().string()}, cache);
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("NW-UCLA"));
  EXPECT_THAT(run.out, HasSubstr("2  pick up with one hand"));
  EXPECT_THAT(run.out, HasSubstr("by camera: 1 train, 1 test"));
  EXPECT_THAT(run.out, HasSubstr("2 of the 1494 recordings"));
}

TEST(CliDataset, BadFoldersAndListsAreNamed) {
  const TempDir cache;
  const TempDir folder;
  const Outcome gone = dataset({(folder.path() / "gone").string(), "--json"}, cache);
  EXPECT_EQ(gone.code, 1);
  EXPECT_THAT(gone.err, HasSubstr("gone: no such folder"));
  EXPECT_EQ(gone.out, "");
  folder.write("notes.txt", "nothing");
  EXPECT_EQ(dataset({folder.path().string()}, cache).code, 1);
  folder.write("wave.skeleton", read_text(bundled("wave")));
  const Outcome list = dataset({folder.path().string(), "--skip-list", "gone.txt"}, cache);
  EXPECT_EQ(list.code, 1);
  EXPECT_THAT(list.err, HasSubstr("gone.txt"));
  EXPECT_EQ(dataset({}, cache).code, 2);
}

TEST(CliDataset, TheSkipListLeavesSamplesOut) {
  const TempDir cache;
  const TempDir folder;
  folder.write("S001C001P001R001A001.skeleton", "x");
  folder.write("S001C002P005R002A008.skeleton", "x");
  const TempDir other;
  const fs::path list = other.write("skip.txt", "Samples with missing skeletons\nS001C002P005R002A008\n");
  const json document = dataset({folder.path().string(), "--json", "--skip-list", list.string()}, cache).json();
  EXPECT_EQ(document["clips"], 1);
  EXPECT_EQ(document["skipped"], json({"S001C002P005R002A008.skeleton"}));
  EXPECT_EQ(document["edition"], "ntu60");
  EXPECT_EQ(document["classes"].size(), 60U);
  EXPECT_EQ(document["splits"]["unseen"]["ru5"].size(), 5U);
}

TEST(CliDatasetData, FindsWhatIsWrongWithNwUcla) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir cache;
  const std::string folder = (shared_dir() / "data" / "nw-ucla").string();
  const json quick = dataset({folder, "--json"}, cache).json();
  EXPECT_EQ(quick["kind"], "nw-ucla");
  EXPECT_EQ(quick["clips"], 1484);
  EXPECT_EQ(quick["subjects"].size(), 10U);
  EXPECT_EQ(quick["cameras"], json({"1", "2", "3"}));
  EXPECT_EQ(quick["splits"]["recordings"]["xview"]["train_clips"], 1020);
  EXPECT_EQ(quick["splits"]["recordings"]["xview"]["test_clips"], 464);
  EXPECT_EQ(matching(quick["problems"], "repeats"), 0U) << "nothing was read";

  const Outcome run = dataset({folder, "--json", "--check"}, cache);
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("Reading clips"));
  const json document = run.json();
  EXPECT_EQ(matching(document["problems"], "repeats all_sqe/a02_"), 49U);
  EXPECT_EQ(matching(document["problems"], "repeats all_sqe/a03_"), 45U);
  EXPECT_EQ(matching(document["problems"], "1 frame(s)"), 2U);
  EXPECT_EQ(document["problem_counts"]["repeat"], 94);
  EXPECT_GT(document["frames_total"].get<int>(), 1484);
}

}  // namespace
}  // namespace purlscope::test
