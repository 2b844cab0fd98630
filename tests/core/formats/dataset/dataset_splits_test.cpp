#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <set>

#include "core/base/paths.h"
#include "core/formats/class_list.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/split/own_split.h"
#include "core/formats/dataset/split/recording_split.h"
#include "core/formats/dataset/split/split.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

namespace fs = std::filesystem;
using test::TempDir;
using test::ThrowsError;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A vector of integers in NumPy's format 1.0.
std::vector<int> read_ids(const fs::path& file) {
  const std::string bytes = test::read_text(file);
  std::uint16_t header = 0;
  std::memcpy(&header, bytes.data() + 8, sizeof(header));
  const bool wide = bytes.substr(10, header).find("'<i8'") != std::string::npos;
  const std::size_t size = wide ? 8 : 4;
  std::vector<int> ids;
  for (std::size_t at = 10U + header; at + size <= bytes.size(); at += size) {
    std::int64_t value = 0;
    std::memcpy(&value, bytes.data() + at, size);
    ids.push_back(static_cast<int>(value));
  }
  return ids;
}

TEST(SplitsData, ResourcesHoldEveryPublishedSplitAsItWasPublished) {
  PURLSCOPE_NEEDS_SHARED();
  const std::map<std::string, std::string> renamed = {
      {"kinetic200", "kinetics200"}, {"kinetic400", "kinetics400"}, {"uwa3dii", "uwa3d-ii"}};
  std::size_t sets = 0;
  for (const auto& folder : fs::directory_iterator(test::shared_dir() / "texts" / "label-splits")) {
    const std::string name = folder.path().filename().string();
    const std::string id = renamed.contains(name) ? renamed.at(name) : name;
    std::ifstream in(resource(fmt::format("splits/{}.json", id)));
    const auto ours = nlohmann::json::parse(in).at("splits").get<std::map<std::string, std::vector<int>>>();
    std::map<std::string, std::vector<int>> published;
    for (const auto& file : fs::directory_iterator(folder)) published[file.path().stem().string()] = read_ids(file);
    EXPECT_EQ(ours, published) << id;
    ++sets;
  }
  EXPECT_EQ(sets, 7U);
}

TEST(Splits, OnlyThoseOfTheReleaseAreOffered) {
  const auto names = [](std::size_t classes) {
    std::vector<std::string> list;
    for (const auto& [name, unseen] : unseen_splits("ntu-rgbd", classes)) list.push_back(name);
    return list;
  };
  EXPECT_THAT(names(60), ElementsAre("ru12", "ru20", "ru30", "ru5"));
  EXPECT_THAT(names(120), ElementsAre("ru10", "ru24", "ru40", "ru60"));
  EXPECT_THAT(names(27), IsEmpty());
  EXPECT_THAT(unseen_splits("folder", 3), IsEmpty());
}

Dataset dataset_of(const std::string& kind, const std::string& edition) {
  Dataset dataset;
  dataset.kind = kind;
  dataset.edition = edition;
  return dataset;
}

std::map<std::string, RecordingSplit> by_name(const Dataset& dataset) {
  std::map<std::string, RecordingSplit> splits;
  for (const RecordingSplit& split : recording_splits(dataset)) splits.emplace(split.name, split);
  return splits;
}

TEST(RecordingSplits, NtuHalvesAreAsPublished) {
  const auto small = by_name(dataset_of("ntu-rgbd", "ntu60"));
  ASSERT_EQ(small.size(), 2U);
  EXPECT_EQ(small.at("xsub").train.size(), 20U) << "of 40 subjects";
  EXPECT_EQ(small.at("xsub").test.size(), 20U);
  EXPECT_THAT(small.at("xview").train, ElementsAre("2", "3"));
  EXPECT_THAT(small.at("xview").test, ElementsAre("1"));
  const auto whole = by_name(dataset_of("ntu-rgbd", ""));
  EXPECT_EQ(whole.at("xsub").train.size(), 53U) << "of 106 subjects";
  EXPECT_EQ(whole.at("xsub").test.size(), 53U);
  EXPECT_EQ(whole.at("xset").by, "setup");
  EXPECT_EQ(whole.at("xset").train.size(), 16U) << "of 32 setups";
  EXPECT_TRUE(
      std::ranges::includes(std::set<std::string>(whole.at("xsub").train.begin(), whole.at("xsub").train.end()),
                            std::set<std::string>(small.at("xsub").train.begin(), small.at("xsub").train.end())));
}

TEST(RecordingSplits, EveryKindHasSourceAndDisjointSides) {
  std::size_t splits = 0;
  for (const char* kind : {"ntu-rgbd", "nw-ucla", "utd-mhad", "msr-action3d", "uwa3d-ii", "pku-mmd"}) {
    const auto all = recording_splits(dataset_of(kind, ""));
    EXPECT_FALSE(all.empty()) << kind;
    for (const RecordingSplit& split : all) {
      ++splits;
      EXPECT_FALSE(split.source.empty());
      for (const std::string& value : split.train) EXPECT_THAT(split.test, testing::Not(testing::Contains(value)));
    }
  }
  EXPECT_EQ(recording_splits(dataset_of("uwa3d-ii", "")).size(), 12U) << "two of four views train, one other tests";
  EXPECT_THAT(recording_splits(dataset_of("folder", "")), IsEmpty());
  EXPECT_EQ(splits, 2U + 3 + 1 + 1 + 12 + 1);
}

TEST(RecordingSplits, DivideTheEntries) {
  Dataset dataset = dataset_of("nw-ucla", "");
  for (const char* camera : {"1", "3", "2", "", "3"}) dataset.entries.emplace_back().camera = camera;
  const SplitSides sides = divide(dataset, by_name(dataset).at("xview"));
  EXPECT_THAT(sides.train, ElementsAre(0, 2));
  EXPECT_THAT(sides.test, ElementsAre(1, 4));
}

const std::vector<std::string> kClasses = {"wave", "throw", "carry"};

TEST(OwnSplits, AreReadAsTheyWereWritten) {
  const TempDir folder;
  const fs::path file = folder.path() / "mine.json";
  const OwnSplit split{"my \"split\"", "nw-ucla", "für später", {"throw", "carry"}};
  write_own_split(split, file);
  EXPECT_EQ(read_own_split(file), split);
  const OwnSplit bare{"bare", "", "", {"wave"}};
  write_own_split(bare, file);
  EXPECT_EQ(read_own_split(file), bare);
  EXPECT_THAT([&] { write_own_split(bare, folder.path() / "gone" / "mine.json"); },
              ThrowsError(Code::io, HasSubstr("mine.json")));
}

TEST(OwnSplits, FaultsAreNamed) {
  EXPECT_THAT(split_faults({"", "", "", {"Throw"}}, "folder", kClasses), IsEmpty());
  EXPECT_THAT(split_faults({"", "ntu-rgbd", "", {"throw"}}, "nw-ucla", kClasses),
              ElementsAre("it was made for ntu-rgbd, this data set is nw-ucla"));
  EXPECT_THAT(split_faults({"", "", "", {"throw", "THROW", "ski"}}, "folder", kClasses),
              ElementsAre("'THROW' stands twice", "'ski' is no class of the data set"));
  EXPECT_THAT(split_faults({"", "", "", {}}, "folder", kClasses), ElementsAre(HasSubstr("no class is unseen")));
  EXPECT_THAT(split_faults({"", "", "", kClasses}, "folder", kClasses), ElementsAre(HasSubstr("no class is seen")));
}

TEST(OwnSplits, DamagedFilesAreRefusedByNameAndKey) {
  const TempDir folder;
  const auto refused = [&](const std::string& text, const char* why) {
    const auto file = folder.write("bad.json", text);
    EXPECT_THAT([&] { read_own_split(file); },
                ThrowsError(Code::bad_format, testing::AllOf(HasSubstr("bad.json"), HasSubstr(why))));
  };
  refused("", "no valid JSON");
  refused("[1]", "expected a JSON object");
  refused("{}", "'purlscope_split' is absent");
  refused(R"({"purlscope_split": 2, "unseen": []})", "'purlscope_split' is 2, expected 1");
  refused(R"({"purlscope_split": 1})", "'unseen' is absent");
  refused(R"({"purlscope_split": 1, "unseen": "throw"})", "'unseen' is \"throw\"");
  refused(R"({"purlscope_split": 1, "unseen": ["throw", 3]})", "'unseen'[1] is 3");
  refused(R"({"purlscope_split": 1, "unseen": ["throw"], "name": 3})", "'name' is 3, expected a text");
  refused(R"({"purlscope_split": 1, "unseen": ["throw"], "seen": []})", "unknown key \"seen\"");
  EXPECT_THAT([&] { read_own_split(folder.path() / "gone.json"); },
              ThrowsError(Code::not_found, HasSubstr("gone.json")));
}

ClipSet nw_ucla() {
  ClipSet set;
  set.kind = "nw-ucla";
  set.path = "data";
  set.classes = class_list("nw-ucla").classes;
  for (const std::string& name : set.classes) set.labels.push_back({name, {}});
  set.labels[8].text = "Throw away";  // as a table may call it
  return set;
}

TEST(OwnSplits, ServeAsSplitOfTrainingAndEvaluation) {
  const TempDir folder;
  const fs::path file = folder.path() / "mine.json";
  write_own_split({"mine", "nw-ucla", "", {"throw", "Walk Around"}}, file);
  EXPECT_THAT(resolve_split(nw_ucla(), file), ElementsAre(8, 3)) << "in the order of the file";
  write_own_split({"mine", "", "", {"throw away"}}, file);
  EXPECT_THAT(resolve_split(nw_ucla(), file), ElementsAre(8));
  write_own_split({"mine", "utd-mhad", "", {"throw", "ski"}}, file);
  EXPECT_THAT([&] { resolve_split(nw_ucla(), file); },
              ThrowsError(Code::bad_argument, testing::AllOf(HasSubstr("mine.json: it was made for utd-mhad"),
                                                             HasSubstr("'ski' is no class"))));
  write_own_split({"mine", "", "", {"throw", "throw away"}}, file);
  EXPECT_THAT([&] { resolve_split(nw_ucla(), file); }, ThrowsError(Code::bad_argument, HasSubstr("stands twice")));
}

}  // namespace
}  // namespace purlscope::core
