#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// A training of seconds on some clips of UTD-MHAD: two of each class.
class CliTrain : public ::testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    fs::create_directories(data());
    for (int action = 1; action <= 27; ++action) {
      for (int subject = 1; subject <= 2; ++subject) {
        const std::string name = fmt::format("a{}_s{}_t1_skeleton.mat", action, subject);
        fs::create_symlink(shared_dir() / "data" / "utd-mhad" / name, data() / name);
      }
    }
    dir_.write("config.json", R"({"backbone": {"widths": [8], "strides": [4], "frames": 16, "epochs": 3},
                                  "head": {"hidden": 16, "key_dim": 8, "epochs": 4}, "validation": 0.5})");
  }

  fs::path data() const { return dir_.path() / "utd-mhad"; }
  std::vector<std::string> arguments() const {
    return {"train",
            "--dataset",
            data().string(),
            "--split",
            "ru5",
            "--config",
            (dir_.path() / "config.json").string(),
            "--out",
            (dir_.path() / "model").string()};
  }
  json report() const {
    std::ifstream in(dir_.path() / "model" / "train.json");
    return json::parse(in);
  }

  TempDir dir_;
};

TEST_F(CliTrain, WithoutATerminalEveryEpochIsALine) {
  const Outcome run = run_program(arguments());
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.err, AllOf(HasSubstr("epoch 1 of 3: loss"), HasSubstr("epoch 3 of 3: loss"),
                             HasSubstr("epoch 4 of 4: loss"), HasSubstr("% of those kept out")));
  EXPECT_THAT(run.err, Not(HasSubstr("\033")));
  EXPECT_EQ(report()["curve"].size(), 7U);
  EXPECT_EQ(run.json()["head_epochs"], 4);
}

TEST(CliTrainDefault, ParaphrasesWithoutASecondTableAreRefused) {
  const TempDir folder;
  std::filesystem::copy_file(bundled("wave"), folder.path() / "S001C001P001R001A023.skeleton");
  const Outcome run = run_program(
      {"train", "--default", "--with", folder.path().string(), "--out", (folder.path() / "model.safetensors").string(),
       "--texts", (source_dir() / "resources" / "descriptions" / "bank.tsv").string(), "--paraphrases"});
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("served by more than one table"));
}

TEST_F(CliTrain, OnATerminalTheCurveIsRedrawnInPlace) {
  std::string command = fmt::format("stty cols 72; '{}'", program_path());
  for (const std::string& argument : arguments()) command += fmt::format(" '{}'", argument);
  const fs::path screen = dir_.path() / "screen";
  const std::string run = fmt::format("LC_ALL=C.UTF-8 TERM=xterm script -qefc \"{}\" '{}' > '{}' 2>&1 < /dev/null",
                                      command, screen.string(), (dir_.path() / "out").string());
  ASSERT_EQ(std::system(run.c_str()), 0);
  std::ifstream in(screen, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_THAT(text.str(), AllOf(HasSubstr("backbone: loss"), HasSubstr("head: loss"), HasSubstr("kept-out clips")));
  EXPECT_THAT(text.str(), HasSubstr("\033[9A\r\033[J")) << "eight lines of plot and one of words are drawn over";
  std::size_t braille = 0;
  for (std::size_t at = text.str().find("\xE2\xA0"); at != std::string::npos;
       at = text.str().find("\xE2\xA0", at + 1)) {
    ++braille;
  }
  EXPECT_GT(braille, 100U);
  EXPECT_EQ(report()["curve"].size(), 7U);
}

}  // namespace
}  // namespace purlscope::test
