#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using ::testing::HasSubstr;

TEST(CliUsage, VersionIsOneLine) {
  const Outcome run = run_program({"--version"});
  EXPECT_EQ(run.code, 0);
  EXPECT_THAT(run.out, ::testing::MatchesRegex("purlscope [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(CliUsage, HelpNamesEveryCommandOfTheContract) {
  const Outcome run = run_program({"--help"});
  EXPECT_EQ(run.code, 0);
  for (const char* command : {"info", "classify", "attend", "render", "describe", "encode", "train", "evaluate",
                              "watch", "dataset", "doctor", "convert"}) {
    EXPECT_THAT(run.out, HasSubstr(command));
    EXPECT_EQ(run_program({command, "--help"}).code, 0) << command;
  }
}

TEST(CliUsage, BadUsageEndsWithTwoAndSaysWhatIsWrong) {
  const struct {
    std::vector<std::string> arguments;
    std::string complaint;
  } cases[] = {
      {{"info"}, "FILE"},
      {{"info", bundled("wave"), "--colour"}, "--colour"},
      {{"classify", bundled("wave")}, "--labels"},
      {{"classify", bundled("wave"), "--labels", "a,b", "--top", "none"}, "--top"},
      {{"classify", bundled("wave"), "--labels", "a", "--person", "-1"}, "--person"},
      {{"classify", bundled("wave"), "--closed-set"}, "--weights"},
      {{"classify", bundled("wave"), "--labels", "a", "--labels-file", "b"}, "--labels"},
      {{"classify", bundled("wave"), "--labels", "a", "--input-layout", "moon13"}, "moon13"},
      {{"render", bundled("wave"), "--out", "a.png", "--format", "moon"}, "ntu-skeleton"},
      {{"attend", bundled("wave"), "--out", "a.npz"}, "--label"},
      {{"render", bundled("wave"), "--out", "picture.bmp"}, ".png"},
      {{"render", bundled("wave"), "--out", "a.png", "--size", "0x0"}, "--size"},
      {{"render", bundled("wave"), "--out", "a.png", "--size", "10000000x2"}, "--size"},
      {{"render", bundled("wave"), "--out", "a.png", "--label", "wave", "--sentence", "feet"}, "feet"},
      {{"render", bundled("wave"), "--out", "a.png", "--label", ""}, "label"},
      {{"render", bundled("wave"), "--out", "a.png", "--time", "nan"}, "--time"},
      {{"render", bundled("wave"), "--out", "a.png", "--reference", "b.png", "--threshold", "nan"}, "--threshold"},
      {{"render", bundled("wave"), "--out", "a.png", "--colour-map", "jet"}, "viridis"},
      {{"render", bundled("wave"), "--out", "a.png", "--contribution"}, "--label"},
      {{"render", bundled("wave"), "--out", "a.png", "--person", "5"}, "1 persons"},
      {{"render", bundled("wave"), "--out", "a.gif", "--transparent"}, "--transparent"},
      {{"classify", bundled("wave"), "--labels", "a,b", "--top", "0"}, "from 1 to"},
      {{"train", "--dataset", "x", "--split", "y", "--out", "z", "--seed", "-1"}, "--seed"},
      {{"train", "--dataset", "x", "--split", "y", "--out", "z", "--seed", "99999999999999999999"}, "--seed"},
      {{"nonsense"}, "no command"},
      {{"table", "--out", "t.md"}, "--dataset"},
      {{"table", "--dataset", "x", "--out", "t.md", "--methods", "magic"}, "known: cada-vae"},
      {{"evaluate", "--dataset", "x", "--split", "ru5", "--method", "purls", "--protocol", "published", "--gzsl"},
       "leak-free"},
      {{"evaluate", "--dataset", "x", "--split", "ru5", "--disturb", "squeeze"}, "no disturbance 'squeeze'"},
      {{"watch", "camera:0"}, "--labels"},
      {{"--bogus"}, "bogus"},
      {{"encode", "--json", "--"}, "no text"},
      {{"describe", "wave", "--source", "magic"}, "--source"},
      {{"evaluate", "--dataset", "x"}, "--split"},
      {{"train", "--dataset", "x", "--out", "y"}, "--split"},
      {{"train", "--default", "--out", "y"}, "--with"},
  };
  for (const auto& bad : cases) {
    const Outcome run = run_program(bad.arguments);
    EXPECT_EQ(run.code, 2) << bad.arguments[0] << ": " << run.err;
    EXPECT_THAT(run.err, HasSubstr(bad.complaint));
    EXPECT_EQ(run.out, "");
  }
}

TEST(CliUsage, WithoutADisplayTheStudioSaysWhatItNeeds) {
  const Outcome run = run_program({"--empty"}, {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}, {"QT_QPA_PLATFORM", ""}});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr("needs a display"));
}

TEST(CliUsage, OutputThatCannotBeWrittenIsAFailure) {
  for (const char* command : {"info", "classify"}) {
    std::vector<std::string> arguments = {command, bundled("wave"), "--json"};
    if (arguments[0] == "classify") arguments.insert(arguments.end(), {"--labels", "wave,clap"});
    const Outcome run = run_program(arguments, {}, "/dev/full");
    EXPECT_EQ(run.code, 1) << command;
    EXPECT_THAT(run.err, HasSubstr("standard output")) << command;
  }
}

/// An empty entry of the library path is the current folder: a planted library would be loaded from there.
TEST(CliUsage, LibrariesAreNotTakenFromTheCurrentFolder) {
  const TempDir folder;
  for (const char* library : {"libfmt.so.9", "libpurlscope_core.so"}) folder.write(library, "x");
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const Outcome run = run_program({"--version"});
  std::filesystem::current_path(before);
  EXPECT_EQ(run.code, 0) << run.err;
}

TEST(CliUsage, DoctorFindsThisBuildHealthy) {
  const Outcome run = run_program({"doctor", "--json"});
  const nlohmann::json report = run.json();
  EXPECT_EQ(run.code, 0) << run.out;
  EXPECT_EQ(report["ok"], true);
  std::vector<std::string> names;
  for (const auto& check : report["checks"]) {
    names.push_back(check["name"]);
    EXPECT_TRUE(check["ok"].is_boolean());
    EXPECT_TRUE(check["detail"].is_string());
    EXPECT_TRUE(check.contains("remedy"));
  }
  EXPECT_THAT(names, ::testing::IsSupersetOf({"version", "resources", "engine library", "default model", "libtorch",
                                              "data files", "text encoder", "opengl", "cuda", "camera", "display"}));
}

TEST(CliUsage, DoctorSaysWhatTheGpuPartIsGoodFor) {
  for (const auto& check : run_program({"doctor", "--json"}).json()["checks"]) {
    if (check["name"] != "cuda") continue;
    EXPECT_EQ(check["ok"], true) << "a GPU is never required";
    EXPECT_THAT(check["detail"].get<std::string>(),
                ::testing::AnyOf(HasSubstr("run there"),
                                 ::testing::AllOf(HasSubstr("runs on the processor"), HasSubstr("GPU kernels are"))));
  }
}

TEST(CliUsage, DoctorComparesTheEngineWithPlainOperators) {
  const Outcome run = run_program({"doctor", "--json", "--check"});
  const nlohmann::json row = run.json()["checks"].back();
  EXPECT_EQ(run.code, 0) << run.out;
  EXPECT_EQ(row["name"], "answers");
  EXPECT_EQ(row["ok"], true);
  EXPECT_THAT(row["detail"].get<std::string>(),
              ::testing::AllOf(HasSubstr("agree: 12 answers"), HasSubstr("weights: ")));
}

TEST(CliUsage, DevicesThatAreNoneOrDoNotAnswerAreRefused) {
  const Outcome unknown = run_program({"classify", "--labels", "wave", "--device", "gpu", bundled("wave")});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("'gpu': expected 'auto', 'cpu', 'cuda' or 'cuda:N'"));
  const Outcome absent = run_program({"doctor", "--check", "--device", "cuda:99"});
  EXPECT_EQ(absent.code, 1);
  EXPECT_THAT(absent.out, HasSubstr("'cuda:99'"));
  EXPECT_EQ(run_program({"doctor", "--device", "cpu"}).code, 2) << "it chooses what --check checks";
}

TEST(CliUsage, InterruptEndsBetweenFilesWithWholeDocuments) {
  std::vector<std::string> arguments = {"classify", "--labels", "wave,clap", "--json"};
  constexpr std::size_t kFiles = 2000;
  arguments.insert(arguments.end(), kFiles, bundled("wave"));
  Running program(arguments);
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (program.out_so_far().find('\n') == std::string::npos && std::chrono::steady_clock::now() < patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  program.send(SIGINT);
  const Outcome run = program.wait();
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr("interrupted"));
  const auto documents = run.json_lines();
  EXPECT_GT(documents.size(), 0U);
  EXPECT_LT(documents.size(), kFiles);
}

}  // namespace
}  // namespace purlscope::test
