#include <gmock/gmock.h>

#include <random>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using ::testing::HasSubstr;

std::string noise(std::size_t bytes) {
  std::mt19937 random(7);
  std::string text(bytes, '\0');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

struct BadFile {
  std::string name;
  std::string bytes;
};

std::vector<BadFile> bad_files() {
  const std::string good = read_text(bundled("wave"));
  const std::string frame = good.substr(good.find('\n') + 1);
  std::vector<BadFile> files = {
      {"empty.skeleton", ""},
      {"noise.skeleton", noise(5000)},
      {"truncated.skeleton", good.substr(0, good.size() / 2)},
      {"huge_frames.skeleton", "999999999999\n" + frame},
      {"huge_bodies.skeleton", "1\n2000000000\n"},
      {"huge_joints.skeleton", "1\n1\n1 0 0 0 0 0 0 0 0 2\n1000000000\n0 0 0 0 0 0 0 0 0 0 0 2\n"},
      {"negative.skeleton", "-5\n-1\n"},
      {"twenty_joints.skeleton", "1\n1\n1 0 0 0 0 0 0 0 0 2\n20\n"},
      {"noise.mat", noise(3000)},
      {"empty.mat", ""},
      {"noise.json", noise(2000)},
      {"open.json", "{\"skeletons\": [[[0, 0, 0"},
      {"deep.json", std::string(100000, '[')},
      {"a01_s01_e01_skeleton3D.txt", "1 2 3\nabc\n"},
      {"unknown.bin", noise(100)},
  };
  return files;
}

TEST(CliBadInput, EachFileGivesOneClearErrorAndTheNextOneIsRead) {
  const TempDir folder;
  std::vector<std::string> info = {"info", "--json"};
  std::vector<std::string> names;
  for (const BadFile& bad : bad_files()) {
    names.push_back(folder.write(bad.name, bad.bytes).string());
    info.push_back(names.back());
  }
  info.push_back(bundled("wave"));
  const Outcome run = run_program(info);
  EXPECT_EQ(run.code, 1) << run.err;
  const auto documents = run.json_lines();
  ASSERT_EQ(documents.size(), names.size() + 1);
  for (std::size_t i = 0; i < names.size(); ++i) {
    ASSERT_TRUE(documents[i].contains("error")) << names[i] << ": " << documents[i].dump();
    EXPECT_THAT(documents[i]["error"].get<std::string>(),
                HasSubstr(std::filesystem::path(names[i]).filename().string()));
    EXPECT_LT(documents[i]["error"].get<std::string>().size(), 1000U) << names[i];
  }
  EXPECT_EQ(documents.back()["format"], "ntu-skeleton");
}

TEST(CliBadInput, ASingleBadFileEndsWithOne) {
  const TempDir folder;
  for (const BadFile& bad : bad_files()) {
    const std::string file = folder.write(bad.name, bad.bytes).string();
    const Outcome run = run_program({"info", file});
    EXPECT_EQ(run.code, 1) << bad.name << " " << run.err;
    EXPECT_EQ(run.out, "") << bad.name;
    EXPECT_THAT(run.err, HasSubstr(bad.name));
  }
}

TEST(CliBadInput, NotANumberIsAMissingJointWithAWarning) {
  std::string text = read_text(bundled("wave"));
  const std::size_t body = text.find("\n25\n") + 4;
  const std::size_t end = text.find(' ', body);
  text.replace(body, end - body, "nan");
  const TempDir folder;
  const std::string file = folder.write("nan.skeleton", text).string();
  const Outcome info = run_program({"info", file, "--json"});
  ASSERT_EQ(info.code, 0) << info.err;
  EXPECT_GE(info.json()["warnings"].size(), 1U);
  const Outcome scores = run_program({"classify", file, "--labels", "wave,clap", "--json"});
  ASSERT_EQ(scores.code, 0) << scores.err;
  EXPECT_TRUE(scores.json()["labels"][0]["score"].is_number());
}

TEST(CliBadInput, AFolderWithoutRecordingsSaysSo) {
  const TempDir folder;
  const Outcome run = run_program({"classify", folder.path().string(), "--labels", "wave,clap", "--json"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr(folder.path().string()));
}

TEST(CliBadInput, EveryRecordingOfAMixedFolderIsAccountedFor) {
  const TempDir folder;
  folder.write("own.skeleton", read_text(bundled("wave")));
  folder.write("S001C001P001R001A023.skeleton", read_text(bundled("wave")));
  folder.write("broken.skeleton", "12\n1\nnonsense");
  folder.write("notes.md", "no recording");
  const TempDir empty;
  const Outcome run =
      run_program({"classify", empty.path().string(), folder.path().string(), "--labels", "wave,clap", "--json"});
  EXPECT_EQ(run.code, 1);
  const auto documents = run.json_lines();
  ASSERT_EQ(documents.size(), 4U);
  EXPECT_EQ(documents[0]["file"], empty.path().string());
  EXPECT_TRUE(documents[0].contains("error"));
  EXPECT_TRUE(documents[1].contains("labels"));
  EXPECT_TRUE(documents[2].contains("error"));
  EXPECT_TRUE(documents[3].contains("labels"));
}

TEST(CliBadInput, BadWeightsAreRefused) {
  const TempDir folder;
  for (const BadFile& bad : {BadFile{"noise.safetensors", noise(4000)}, BadFile{"empty.safetensors", ""}}) {
    const std::string file = folder.write(bad.name, bad.bytes).string();
    const Outcome model = run_program({"classify", bundled("wave"), "--labels", "wave,clap", "--model", file});
    EXPECT_EQ(model.code, 1) << bad.name;
    EXPECT_THAT(model.err, HasSubstr(bad.name));
    const Outcome closed = run_program({"classify", bundled("wave"), "--closed-set", "--weights", file});
    EXPECT_EQ(closed.code, 1) << bad.name;
    EXPECT_THAT(closed.err, HasSubstr(bad.name));
  }
}

}  // namespace
}  // namespace purlscope::test
