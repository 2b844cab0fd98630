#include <gmock/gmock.h>

#include <fstream>

#include "tests/app/cli/program.h"
#include "tests/support/npz.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

json info_of(const std::string& file) { return run_program({"info", file, "--json"}).json(); }

TEST(CliConvert, WritesAnArchiveThatSaysTheSame) {
  const TempDir folder;
  const std::string out = (folder.path() / "new" / "wave.npz").string();
  const Outcome run = run_program({"convert", bundled("wave"), out});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.out, "");
  const json before = info_of(bundled("wave"));
  const json after = info_of(out);
  EXPECT_EQ(after["format"], "npz");
  for (const char* field : {"layout", "persons", "frames", "fps", "unit", "label", "duration_s", "joints_missing"}) {
    EXPECT_EQ(after[field], before[field]) << field;
  }
  const auto arrays = read_npz(out);
  EXPECT_THAT(arrays.at("joints").shape, ElementsAre(1, before["frames"].get<std::size_t>(), 25, 3));
  EXPECT_EQ(arrays.at("state").dtype, "|u1");
  EXPECT_THAT(arrays.at("layout").strings, ElementsAre("ntu25"));
  EXPECT_EQ(arrays.at("joint_names").strings.at(3), "head");
}

TEST(CliConvert, ChangesLayoutAndRateAndSaysWhatIsLost) {
  const TempDir folder;
  const std::string out = (folder.path() / "wave.npz").string();
  const Outcome run = run_program({"convert", bundled("wave"), out, "--layout", "kinect20", "--fps", "15"});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.err, AllOf(HasSubstr("not kept: layout kinect20 has no"), HasSubstr("left thumb")));
  const json after = info_of(out);
  EXPECT_EQ(after["layout"], "kinect20");
  EXPECT_EQ(after["fps"], 15.0);
  const int frames = std::stoi(read_text(bundled("wave")));
  EXPECT_EQ(after["frames"], (frames + 1) / 2);
}

TEST(CliConvert, BadUsageEndsWithTwoAndNamesWhatThereIs) {
  const TempDir folder;
  const std::string target = (folder.path() / "a.npz").string();
  const struct {
    std::vector<std::string> arguments;
    std::string complaint;
  } cases[] = {
      {{"convert", bundled("wave")}, "OUT"},
      {{"convert", bundled("wave"), (folder.path() / "a.xyz").string()}, "NumPy archive (.npz)"},
      {{"convert", bundled("wave"), target, "--layout", "ntu99"}, "known: "},
      {{"convert", bundled("wave"), target, "--fps", "0"}, "--fps"},
      {{"convert", bundled("wave"), target, "--fps", "nan"}, "--fps"},
      {{"convert", bundled("wave"), target, "--person", "9"}, "1 persons"},
      {{"convert", bundled("wave"), target, "--to", "csv2"}, "contradicts"},
      {{"convert", bundled("wave"), target, "--format", "tape"}, "tape"},
      {{"convert", bundled("wave"), folder.path().string()}, "--to"},
      {{"convert", fs::path(bundled("wave")).parent_path().string(), folder.path().string()}, "--to"},
      {{"convert", fs::path(bundled("wave")).parent_path().string(), folder.path().string(), "--to", "tape"}, "npz"},
  };
  for (const auto& bad : cases) {
    const Outcome run = run_program(bad.arguments);
    EXPECT_EQ(run.code, 2) << bad.complaint << ": " << run.err;
    EXPECT_THAT(run.err, HasSubstr(bad.complaint));
    EXPECT_EQ(run.out, "");
  }
  EXPECT_TRUE(fs::is_empty(folder.path())) << "nothing is written";
}

TEST(CliConvert, ARecordingIsNotWrittenOverItself) {
  const TempDir folder;
  const std::string file = (folder.path() / "a.npz").string();
  ASSERT_EQ(run_program({"convert", bundled("wave"), file}).code, 0);
  const std::string before = read_text(file);
  const Outcome run = run_program({"convert", file, file, "--fps", "10"});
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("over itself"));
  EXPECT_EQ(read_text(file), before);
}

TEST(CliConvert, AnArrayNeedsItsLayoutNamedAndThenStatesIt) {
  const TempDir folder;
  // NEP 1 by hand: float32 [2, 25, 3], T, V, C.
  std::string npy("\x93NUMPY\1\0", 8);
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 25, 3), }";
  header.resize(117, ' ');
  header += '\n';
  npy += static_cast<char>(header.size());
  npy += '\0';
  npy += header;
  const std::vector<float> values(2 * 25 * 3, 0.5F);
  npy.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
  const std::string file = folder.write("a.npy", npy).string();
  const std::string out = (folder.path() / "a.npz").string();
  const Outcome unnamed = run_program({"convert", file, out});
  EXPECT_EQ(unnamed.code, 2);
  EXPECT_THAT(unnamed.err, AllOf(HasSubstr("ntu25"), HasSubstr("body25"), HasSubstr("--input-layout")));
  ASSERT_EQ(run_program({"convert", file, out, "--input-layout", "ntu25", "--input-fps", "25"}).code, 0);
  EXPECT_EQ(info_of(out)["layout"], "ntu25");
  EXPECT_EQ(info_of(out)["fps"], 25.0);
  EXPECT_EQ(run_program({"info", file, "--input-layout", "ntu25", "--json"}).json()["frames"], 2);
}

TEST(CliConvert, AFolderIsConvertedFileByFileAndFailuresAreListed) {
  const TempDir folder;
  fs::create_directories(folder.path() / "in" / "deep");
  fs::copy_file(bundled("wave"), folder.path() / "in" / "wave.skeleton");
  fs::copy_file(bundled("clap"), folder.path() / "in" / "deep" / "clap.skeleton");
  folder.write("in/broken.skeleton", "3\n1\n");
  folder.write("in/notes.md", "not a recording");
  const Outcome run =
      run_program({"convert", (folder.path() / "in").string(), (folder.path() / "out").string(), "--to", "npz"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, AllOf(HasSubstr("broken.skeleton: line"), HasSubstr("2 of 3 recordings converted")));
  EXPECT_TRUE(fs::exists(folder.path() / "out" / "wave.npz"));
  EXPECT_TRUE(fs::exists(folder.path() / "out" / "deep" / "clap.npz"));
  EXPECT_FALSE(fs::exists(folder.path() / "out" / "broken.npz"));
}

TEST(CliConvert, TwoRecordingsNeverBecomeOneFile) {
  const TempDir folder;
  fs::create_directories(folder.path() / "in");
  fs::copy_file(bundled("wave"), folder.path() / "in" / "a.skeleton");
  ASSERT_EQ(run_program({"convert", bundled("clap"), (folder.path() / "in" / "a.npz").string()}).code, 0);
  const Outcome run =
      run_program({"convert", (folder.path() / "in").string(), (folder.path() / "out").string(), "--to", "npz"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr("has become"));
  EXPECT_THAT(run.err, HasSubstr("1 of 2 recordings converted"));
}

TEST(CliConvertData, LandmarksOfMediaPipeBecomeARecordingThatStatesItsLayout) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  const std::string in = (shared_dir() / "data" / "mediapipe-landmarks" / "basketball.npz").string();
  const std::string out = (folder.path() / "b.npz").string();
  const Outcome run = run_program({"convert", in, out, "--input-layout", "mediapipe33", "--fps", "30"});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(info_of(out)["layout"], "mediapipe33");
  EXPECT_EQ(info_of(out)["fps"], 30.0);
}

}  // namespace
}  // namespace purlscope::test
