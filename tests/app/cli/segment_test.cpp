// `segment` and `watch --segments`: which label wins when.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <random>

#include "core/formats/registry.h"
#include "core/formats/writer_registry.h"
#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

/// A stretch of a joined recording and what is done in it.
struct Part {
  double begin = 0.0;
  double end = 0.0;
  std::string label;
};

/// Recordings of one layout one after the other, as one untrimmed recording without a label. @return where each lies
std::vector<Part> join(const std::vector<fs::path>& files, const fs::path& out) {
  core::Clip joined;
  std::vector<Part> parts;
  double end = 0.0;
  for (const fs::path& file : files) {
    const core::ClipPtr clip = core::read_clip(file);
    if (joined.frames == 0) {
      joined = *clip;
      joined.frames = 0;
      joined.times.clear();
      joined.label.reset();
      joined.label_index.reset();
      joined.tags.clear();
      joined.persons.resize(1);
      joined.persons[0].joints.clear();
      joined.persons[0].state.clear();
    }
    const core::Person& person = clip->persons.at(0);
    for (const double time : clip->times) joined.times.push_back(end + time - clip->times.front());
    joined.frames += clip->frames;
    auto& all = joined.persons[0];
    all.joints.insert(all.joints.end(), person.joints.begin(), person.joints.end());
    all.state.insert(all.state.end(), person.state.begin(), person.state.end());
    parts.push_back({end, end + clip->duration(), clip->label.value_or("")});
    end += clip->duration();
  }
  core::write_clip(joined, out, {});
  return parts;
}

const char* const kUtdLabels =
    "swipe left,swipe right,wave,clap,throw,arm cross,basketball shoot,draw X,draw circle (clockwise),"
    "draw circle (counter clockwise),draw triangle,bowling,boxing,baseball swing,tennis swing,arm curl,tennis serve,"
    "push,knock,catch,pickup and throw,jog,walk,sit to stand,stand to sit,lunge,squat";
constexpr int kUtdClasses = 27;

fs::path utd(int action, int subject) {
  return shared_dir() / "data" / "utd-mhad" / fmt::format("a{}_s{}_t1_skeleton.mat", action, subject);
}

/// Share of the moments, thirty a second, at which the segment has the label of the part.
double share_right(const std::vector<Part>& parts, const json& segments) {
  int right = 0;
  int all = 0;
  for (const Part& part : parts) {
    for (double time = part.begin + 0.5 / 30.0; time < part.end; time += 1.0 / 30.0, ++all) {
      for (const json& segment : segments) {
        const bool holds = segment["start"].get<double>() <= time && time < segment["end"].get<double>();
        right += holds && segment["label"] == part.label ? 1 : 0;
      }
    }
  }
  return static_cast<double>(right) / all;
}

TEST(CliSegmentData, ThreeJoinedActionsAreFoundInTheirThirds) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  const std::vector<Part> parts = join({utd(3, 1), utd(27, 1), utd(23, 1)}, folder.path() / "joined.csv");
  const Outcome run =
      run_program({"segment", (folder.path() / "joined.csv").string(), "--labels", kUtdLabels, "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const json document = run.json();
  EXPECT_NEAR(document["duration_s"].get<double>(), parts.back().end, 0.05);
  const json& segments = document["segments"];
  ASSERT_GE(segments.size(), 3U) << segments.dump();
  double last = 0.0;
  for (const json& segment : segments) {
    EXPECT_GE(segment["start"].get<double>(), last);
    last = segment["end"].get<double>();
    EXPECT_GT(last, segment["start"].get<double>());
    EXPECT_GT(segment["score"].get<double>(), 1.0 / kUtdClasses);
  }
  for (const Part& part : parts) {
    const double middle = 0.5 * (part.begin + part.end);
    const auto at = std::ranges::find_if(segments, [&](const json& segment) {
      return segment["start"].get<double>() <= middle && middle < segment["end"].get<double>();
    });
    ASSERT_NE(at, segments.end()) << part.label;
    EXPECT_EQ((*at)["label"], part.label);
  }
}

/// The figures of docs/user/segments.md: what it prints.
TEST(CliSegmentData, TwentyFourJoinedRecordingsAreMostlyRight) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  std::mt19937 random(7);
  std::vector<std::string> command = {"segment"};
  std::vector<std::vector<Part>> truth;
  for (int i = 0; i < 24; ++i) {
    const int subject = 1 + static_cast<int>(random() % 8);
    std::vector<fs::path> files;
    for (const int third : {0, 9, 18}) files.push_back(utd(1 + third + static_cast<int>(random() % 9), subject));
    std::shuffle(files.begin(), files.end(), random);
    const fs::path out = folder.path() / fmt::format("{}.csv", i);
    truth.push_back(join(files, out));
    command.push_back(out.string());
  }
  command.insert(command.end(), {"--labels", kUtdLabels, "--json"});
  const std::vector<json> documents = run_program(command).json_lines();
  ASSERT_EQ(documents.size(), truth.size());
  double right = 0.0;
  std::size_t segments = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    right += share_right(truth[i], documents[i]["segments"]) / static_cast<double>(truth.size());
    segments += documents[i]["segments"].size();
  }
  std::printf("24 recordings of 3 actions, 27 labels: right at %.1f %% of the time, %.2f segments a recording\n",
              100 * right, static_cast<double>(segments) / static_cast<double>(truth.size()));
  EXPECT_GT(right, 10.0 / kUtdClasses) << "far above chance";
}

TEST(CliSegment, WritesTablesOfSegmentsAndScores) {
  const TempDir folder;
  const std::string table = (folder.path() / "segments.csv").string();
  const std::string scores = (folder.path() / "scores.csv").string();
  const Outcome run = run_program(
      {"segment", bundled("wave"), "--labels", "wave,squat", "--stride", "0.5", "--out", table, "--scores", scores});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_TRUE(run.out.empty());
  EXPECT_THAT(read_text(table), HasSubstr("file,start,end,label,score\n"));
  EXPECT_THAT(read_text(table), HasSubstr(",wave,"));
  EXPECT_THAT(read_text(scores), HasSubstr("file,time,none_of_these,wave,squat\n"));
}

TEST(CliSegment, SaysWhatIsMissing) {
  const Outcome without = run_program({"segment", bundled("wave")});
  EXPECT_EQ(without.code, 2);
  EXPECT_THAT(without.err, HasSubstr("--labels"));
  EXPECT_EQ(run_program({"segment", bundled("wave"), "--labels", "wave", "--stride", "0"}).code, 2);
  const Outcome missing = run_program({"segment", "/nowhere/none.csv", bundled("wave"), "--labels", "wave", "--json"});
  EXPECT_EQ(missing.code, 1);
  ASSERT_EQ(missing.json_lines().size(), 2U);
  EXPECT_TRUE(missing.json_lines()[0].contains("error"));
  EXPECT_TRUE(missing.json_lines()[1].contains("segments")) << "the rest go on";
}

TEST(CliSegment, WatchingWritesThemAtTheEnd) {
  const TempDir folder;
  const std::string file = (folder.path() / "watched.json").string();
  const Outcome run = run_program(
      {"watch", fmt::format("replay:{}?speed=4", bundled("wave")), "--labels", "wave,squat", "--segments", file});
  ASSERT_EQ(run.code, 0) << run.err;
  const json rows = json::parse(read_text(file));
  ASSERT_GE(rows.size(), 1U);
  EXPECT_EQ(rows[0]["label"], "wave");
  EXPECT_LE(rows[0]["end"].get<double>(), 3.0);
}

}  // namespace
}  // namespace purlscope::test
