#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>

#include "tests/app/cli/program.h"
#include "tests/support/source_dir.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::vector<fs::path> files_with(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

TEST(CliInfo, GivesEveryFieldOfTheContract) {
  const json document = run_program({"info", bundled("wave"), "--json"}).json();
  EXPECT_EQ(document["format"], "ntu-skeleton");
  EXPECT_EQ(document["layout"], "ntu25");
  EXPECT_EQ(document["persons"], 1);
  EXPECT_EQ(document["frames"], std::stoi(read_text(bundled("wave"))));
  EXPECT_EQ(document["fps"], 30.0);
  EXPECT_EQ(document["unit"], "m");
  EXPECT_TRUE(document.contains("label"));
  EXPECT_NEAR(document["duration_s"].get<double>(), document["frames"].get<int>() / 30.0, 1e-6);
  EXPECT_TRUE(document["joints_missing"].is_array());
  EXPECT_TRUE(document["warnings"].is_array());
}

TEST(CliInfoData, KnowsRecordingsOfFourDataSets) {
  PURLSCOPE_NEEDS_SHARED();
  const struct {
    const char* folder;
    const char* extension;
    const char* format;
    const char* layout;
  } sets[] = {{"ntu-rgbd-samples", ".skeleton", "ntu-skeleton", "ntu25"},
              {"utd-mhad", ".mat", "utd-mhad", "kinect20"},
              {"nw-ucla", ".json", "nw-ucla", "kinect20"},
              {"msr-action3d", ".txt", "msr-action3d", "kinect20"}};
  for (const auto& set : sets) {
    auto files = files_with(shared_dir() / "data" / set.folder, set.extension);
    std::erase_if(files, [](const fs::path& file) { return file.filename() == "SOURCE.txt"; });
    ASSERT_FALSE(files.empty()) << set.folder;
    const Outcome run = run_program({"info", files[files.size() / 2].string(), "--json"});
    ASSERT_EQ(run.code, 0) << run.err;
    EXPECT_EQ(run.json()["format"], set.format);
    EXPECT_EQ(run.json()["layout"], set.layout);
    EXPECT_GT(run.json()["frames"].get<int>(), 0);
  }
}

TEST(CliInfoData, NamesTheActionOfAnNtuFile) {
  PURLSCOPE_NEEDS_SHARED();
  for (const fs::path& file : files_with(shared_dir() / "data" / "ntu-rgbd-samples", ".skeleton")) {
    const json document = run_program({"info", file.string(), "--json"}).json();
    const std::string name = file.stem().string();
    const int action = std::stoi(name.substr(name.find('A') + 1, 3));
    EXPECT_EQ(document["label_index"], action - 1) << name;
    EXPECT_TRUE(document["label"].is_string()) << name;
  }
}

TEST(CliClassifyData, ScoresRecordingsOfFourFormats) {
  PURLSCOPE_NEEDS_SHARED();
  std::vector<std::string> arguments = {"classify", "--labels", "wave,throw,squat,pick up with one hand", "--json"};
  const fs::path data = shared_dir() / "data";
  arguments.push_back(files_with(data / "ntu-rgbd-samples", ".skeleton").front().string());
  arguments.push_back(files_with(data / "utd-mhad", ".mat").front().string());
  arguments.push_back(files_with(data / "nw-ucla", ".json").front().string());
  arguments.push_back((data / "msr-action3d" / "a01_s01_e01_skeleton3D.txt").string());
  const Outcome run = run_program(arguments);
  EXPECT_EQ(run.code, 0) << run.err;
  const auto documents = run.json_lines();
  ASSERT_EQ(documents.size(), 4U);
  for (const json& document : documents) EXPECT_EQ(document["labels"].size(), 4U) << document["file"];
}

TEST(CliClassifyGolden, OfficialCheckpointsNameTheActionOfEveryNtuClip) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  for (const char* name : {"ntu_ShiftGCN_joint_xsub", "ntu120_ShiftGCN_joint_xsub"}) {
    const fs::path checkpoint = shared_dir() / "weights" / "shift-gcn" / (std::string(name) + ".pt");
    const std::string weights = (folder.path() / name).string() + ".safetensors";
    const std::string convert = "python3 '" + test::source_dir().string() + "/tools/convert_checkpoint.py' '" +
                                checkpoint.string() + "' '" + weights + "' > /dev/null";
    ASSERT_EQ(std::system(convert.c_str()), 0);
    std::vector<std::string> arguments = {"classify", "--closed-set", "--weights", weights, "--json"};
    const auto clips = files_with(shared_dir() / "data" / "ntu-rgbd-samples", ".skeleton");
    for (const fs::path& clip : clips) arguments.push_back(clip.string());
    const Outcome run = run_program(arguments);
    ASSERT_EQ(run.code, 0) << run.err;
    const auto documents = run.json_lines();
    ASSERT_EQ(documents.size(), clips.size());
    for (std::size_t i = 0; i < clips.size(); ++i) {
      EXPECT_EQ(documents[i]["logits"].size(), std::string(name).starts_with("ntu120") ? 120U : 60U);
      const std::string stem = clips[i].stem().string();
      EXPECT_EQ(documents[i]["top"][0]["index"], std::stoi(stem.substr(stem.find('A') + 1, 3)) - 1) << stem;
      EXPECT_TRUE(documents[i]["top"][0]["label"].is_null()) << "these weights name no classes";
    }
  }
}

}  // namespace
}  // namespace purlscope::test
