#include <gmock/gmock.h>

#include "tests/app/cli/program.h"
#include "tests/support/npz.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Width and height from the header of a PNG file.
std::pair<unsigned, unsigned> png_size(const std::filesystem::path& file) {
  const std::string bytes = read_text(file);
  if (bytes.size() < 24 || bytes.compare(1, 3, "PNG") != 0) return {0, 0};
  const auto big_endian = [&](std::size_t at) {
    unsigned value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    return value;
  };
  return {big_endian(16), big_endian(20)};
}

TEST(CliAttend, ALabelInOtherCaseIsTheSameCandidate) {
  const TempDir folder;
  const std::string file = (folder.path() / "a.npz").string();
  const auto attend = [&](const char* label) {
    return run_program({"attend", bundled("throw"), "--label", label, "--labels", "wave,throw", "--out", file}).json();
  };
  EXPECT_EQ(attend("Throw")["probability"], attend("throw")["probability"]);
}

TEST(CliAttend, WritesAttentionAsScored) {
  const TempDir folder;
  const auto file = folder.path() / "a.npz";
  const Outcome run =
      run_program({"attend", bundled("throw"), "--label", "throw", "--labels", "wave,clap", "--out", file.string()});
  ASSERT_EQ(run.code, 0) << run.err;
  auto arrays = read_npz(file);
  const auto& attention = arrays.at("attention");
  ASSERT_EQ(attention.shape.size(), 3U);
  const std::size_t slots = attention.shape[1];
  const std::size_t joints = attention.shape[2];
  EXPECT_EQ(attention.shape[0], 8U);
  EXPECT_EQ(arrays.at("contribution").shape, attention.shape);
  EXPECT_THAT(arrays.at("sentences").strings,
              ElementsAre("head", "hands", "torso", "legs", "start", "middle", "end", "global"));
  EXPECT_EQ(arrays.at("joints").strings.size(), joints);
  EXPECT_THAT(arrays.at("spans").shape, ElementsAre(slots, 2));
  ASSERT_EQ(arrays.at("times").data.size(), slots);
  EXPECT_EQ(arrays.at("score").data.size(), 1U);
  for (std::size_t sentence = 0; sentence < 8; ++sentence) {
    double sum = 0;
    for (std::size_t node = 0; node < slots * joints; ++node) sum += attention.data[sentence * slots * joints + node];
    EXPECT_NEAR(sum, 1.0, 1e-4) << "sentence " << sentence;
  }
  const double duration = run_program({"info", bundled("throw"), "--json"}).json()["duration_s"];
  const auto& spans = arrays.at("spans").data;
  for (std::size_t slot = 0; slot < slots; ++slot) {
    EXPECT_LT(spans[2 * slot], spans[2 * slot + 1]);
    EXPECT_NEAR(arrays.at("times").data[slot], (spans[2 * slot] + spans[2 * slot + 1]) / 2, 1e-4);
    EXPECT_LE(spans[2 * slot + 1], duration + 0.05);
  }
  const json scores =
      run_program({"classify", bundled("throw"), "--labels", "wave,clap,throw", "--json"}).json()["labels"];
  for (const json& row : scores) {
    if (row["label"] != "throw") continue;
    EXPECT_NEAR(row["score"].get<double>(), arrays.at("score").data[0], 1e-5);
  }
}

TEST(CliRender, DrawsAPictureOfTheAskedSize) {
  const TempDir folder;
  const auto picture = folder.path() / "p.png";
  const Outcome run = run_program({"render", bundled("wave"), "--label", "wave", "--sentence", "hands", "--time", "1.0",
                                   "--size", "320x180", "--scale", "2", "--transparent", "--out", picture.string()});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(png_size(picture), std::make_pair(640U, 360U));
  EXPECT_EQ(run.json()["sentence"], "hands");
}

TEST(CliRender, WorksWithoutLabels) {
  const TempDir folder;
  const auto picture = folder.path() / "p.png";
  const Outcome run = run_program({"render", bundled("walk"), "--size", "200x150", "--out", picture.string()});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(png_size(picture), std::make_pair(200U, 150U));
}

TEST(CliRender, DrawsASecondRecordingBesideTheFirstAndTheDifferenceOfTwoLabels) {
  const TempDir folder;
  const auto picture = folder.path() / "p.png";
  const Outcome run = run_program({"render", bundled("throw"), "--compare", bundled("wave"), "--label", "throw",
                                   "--versus", "wave", "--size", "400x200", "--out", picture.string()});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(png_size(picture), std::make_pair(400U, 200U));
  EXPECT_EQ(run.json()["versus"], "wave");
  EXPECT_EQ(run.json()["compare"], bundled("wave"));

  const Outcome same =
      run_program({"render", bundled("throw"), "--label", "throw", "--versus", "Throw", "--out", "p.png"});
  EXPECT_EQ(same.code, 2);
  EXPECT_THAT(same.err, HasSubstr("another label"));
  const Outcome alone = run_program({"render", bundled("throw"), "--versus", "wave", "--out", "p.png"});
  EXPECT_EQ(alone.code, 2);
  EXPECT_THAT(alone.err, HasSubstr("--label"));
}

TEST(CliRender, ComparesWithAReference) {
  const TempDir folder;
  const auto path = [&](const char* name) { return (folder.path() / name).string(); };
  const auto draw = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"render", bundled("wave"), "--size", "320x240"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments);
  };
  ASSERT_EQ(draw({"--time", "0.5", "--out", path("reference.png")}).code, 0);

  const Outcome same =
      draw({"--time", "0.5", "--out", path("same.png"), "--reference", path("reference.png"), "--threshold", "0.001"});
  EXPECT_EQ(same.code, 0) << same.err;
  EXPECT_LE(same.json()["error"].get<double>(), 0.001);

  const Outcome other = draw({"--time", "0.5", "--view", "top", "--out", path("other.png"), "--reference",
                              path("reference.png"), "--threshold", "0.001"});
  EXPECT_EQ(other.code, 1);
  EXPECT_GT(other.json()["error"].get<double>(), 0.001);
  EXPECT_EQ(png_size(other.json()["diff"].get<std::string>()), std::make_pair(320U, 240U));

  const std::string before = read_text(path("reference.png"));
  EXPECT_EQ(draw({"--time", "1", "--out", path("reference.png"), "--reference", path("reference.png")}).code, 2);
  EXPECT_EQ(read_text(path("reference.png")), before) << "the reference must survive";

  const Outcome larger = draw({"--time", "0.5", "--scale", "2", "--out", path("larger.png"), "--reference",
                               path("reference.png"), "--threshold", "1"});
  EXPECT_EQ(larger.code, 1);
  EXPECT_EQ(larger.json()["error"], 1.0);
  EXPECT_EQ(png_size(larger.json()["diff"].get<std::string>()), std::make_pair(640U, 480U));
}

TEST(CliRender, WritesFilms) {
  const TempDir folder;
  for (const auto& [name, magic, at] : {std::tuple{"film.gif", "GIF8", 0}, std::tuple{"film.mp4", "ftyp", 4}}) {
    const auto film = folder.path() / name;
    const Outcome run = run_program({"render", bundled("clap"), "--size", "160x120", "--out", film.string()});
    ASSERT_EQ(run.code, 0) << run.err;
    EXPECT_EQ(read_text(film).compare(static_cast<std::size_t>(at), 4, magic), 0) << name;
    EXPECT_GT(run.json()["frames"].get<int>(), 10);
  }
}

TEST(CliRender, ATimeOutsideTheClipIsRefused) {
  const Outcome run = run_program({"render", bundled("wave"), "--time", "1e9", "--out", "never.png"});
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("--time"));
  EXPECT_FALSE(std::filesystem::exists("never.png"));
}

}  // namespace
}  // namespace purlscope::test
