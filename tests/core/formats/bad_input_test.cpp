#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/formats/registry.h"
#include "tests/core/formats/samples/all_samples.h"
#include "tests/core/formats/samples/planar_samples.h"
#include "tests/support/clip_check.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::TempDir;
using test::ThrowsError;
using testing::HasSubstr;

using test::Sample;

ReadOptions asking_for(const Sample& sample) {
  ReadOptions options;
  options.layout = sample.layout;
  return options;
}

/// What every reader owes: a consistent clip, or an Error with a message. Nothing else.
void read_safely(const std::filesystem::path& file, const Sample& sample) {
  try {
    EXPECT_EQ(test::inconsistency(*read_clip(file, asking_for(sample))), "");
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr(file.filename().string()));
    EXPECT_NE(error.code(), Code::internal);
  }
}

class AnyReader : public testing::TestWithParam<Sample> {
 protected:
  AnyReader() {
    if (!GetParam().companion.empty()) folder_.write(GetParam().companion, GetParam().companion_bytes);
  }
  TempDir folder_;
};

TEST_P(AnyReader, ReadsItsSample) {
  const auto file = folder_.write(GetParam().name, GetParam().bytes);
  EXPECT_GT(read_clip(file, asking_for(GetParam()))->frames, 0U);
}

TEST_P(AnyReader, RefusesEveryTruncation) {
  const Sample& sample = GetParam();
  const std::size_t step = std::max<std::size_t>(1, sample.bytes.size() / 400);
  for (std::size_t length = 1; length + sample.harmless_tail < sample.bytes.size(); length += step) {
    const auto file = folder_.write(sample.name, std::string_view(sample.bytes).substr(0, length));
    if (sample.open_ended) {
      read_safely(file, sample);
    } else {
      EXPECT_THROW(read_clip(file, asking_for(sample)), Error) << "cut to " << length << " of " << sample.bytes.size();
    }
  }
}

TEST_P(AnyReader, SurvivesFlippedBytes) {
  const Sample& sample = GetParam();
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = sample.bytes;
    for (int flips = 1 + round % 4; flips > 0; --flips) bytes[random() % bytes.size()] = static_cast<char>(random());
    read_safely(folder_.write(sample.name, bytes), sample);
  }
}

TEST_P(AnyReader, SurvivesFlippedHeaders) {
  const Sample& sample = GetParam();
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = sample.bytes;
    bytes[random() % std::min<std::size_t>(bytes.size(), 220)] = static_cast<char>(random());
    read_safely(folder_.write(sample.name, bytes), sample);
  }
}

TEST_P(AnyReader, SurvivesPiecesLeftOutOrDoubled) {
  const Sample& sample = GetParam();
  std::mt19937 random(13);
  for (int round = 0; round < 200; ++round) {
    std::string bytes = sample.bytes;
    const std::size_t from = random() % bytes.size();
    const std::size_t count = random() % std::min<std::size_t>(bytes.size() - from, 64) + 1;
    if (round % 2 == 0)
      bytes.erase(from, count);
    else
      bytes.insert(random() % bytes.size(), bytes.substr(from, count));
    read_safely(folder_.write(sample.name, bytes), sample);
  }
}

TEST_P(AnyReader, RefusesNoiseUnderItsName) {
  std::mt19937 random(17);
  for (std::size_t size : {1U, 7U, 64U, 4096U, 100'000U}) {
    std::string noise(size, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    const auto file = folder_.write(GetParam().name, noise);
    EXPECT_THROW(read_clip(file, asking_for(GetParam())), Error) << size << " bytes";
  }
}

TEST_P(AnyReader, RefusesAnEmptyFile) {
  const auto file = folder_.write(GetParam().name, "");
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::bad_format, HasSubstr("empty")));
}

INSTANTIATE_TEST_SUITE_P(Formats, AnyReader, testing::ValuesIn(test::all_samples()),
                         [](const auto& parameter) { return parameter.param.id; });

TEST(Registry, EveryFormatHasASampleAndAFuzzTest) {
  const auto samples = test::all_samples();
  const std::string fuzzed = "\n" + test::read_text(test::source_dir() / "tests" / "fuzz" / "formats.txt");
  for (const FormatReader& reader : formats()) {
    const bool sampled = std::ranges::find(samples, reader.id, &Sample::format) != samples.end();
    EXPECT_TRUE(sampled || reader.folder) << reader.id;
    EXPECT_TRUE(reader.folder || fuzzed.find("\n" + reader.id + "\n") != std::string::npos) << reader.id;
  }
}

TEST(OpenPoseFolder, SurvivesDamagedFrames) {
  const TempDir folder;
  const auto poses = test::openpose_folder(folder, {0, 1, 2});
  const std::filesystem::path name = "poses/video_000000000001_keypoints.json";
  const std::string whole = test::read_text(folder.path() / name);
  std::mt19937 random(23);
  for (int round = 0; round < 200; ++round) {
    std::string bytes = whole;
    if (round % 2 == 0)
      bytes.resize(random() % bytes.size());
    else
      bytes[random() % bytes.size()] = static_cast<char>(random());
    folder.write(name, bytes);
    read_safely(poses, {});
  }
}

TEST(Registry, UnknownContentNamesTheKnownFormats) {
  const TempDir folder;
  const auto file = folder.write("song.mp3", "ID3 something");
  EXPECT_THAT([&] { read_clip(file); },
              ThrowsError(Code::unsupported,
                          testing::AllOf(HasSubstr("NTU RGB+D skeleton (*.skeleton)"), HasSubstr("UTD-MHAD (*.mat)"))));
}

TEST(Registry, AFolderIsNoRecording) {
  const TempDir folder;
  EXPECT_THAT([&] { read_clip(folder.path()); }, ThrowsError(Code::bad_argument, HasSubstr("is a folder")));
}

TEST(Registry, AMissingFileIsNamed) {
  EXPECT_THAT([] { read_clip("/nowhere/a.skeleton"); }, ThrowsError(Code::not_found, HasSubstr("/nowhere/a.skeleton")));
}

TEST(Registry, AnOverlongNameIsAnErrorLikeAnother) {
  const std::string name(5000, 'n');
  EXPECT_THAT([&] { read_clip("/" + name); }, ThrowsError(Code::io, HasSubstr("nnn: File name too long; check")));
}

TEST(Registry, OtherJsonIsNotTakenForNwUcla) {
  const TempDir folder;
  const auto file = folder.write("package.json", R"({"name": "skeleton viewer", "version": "1.3"})");
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::unsupported, HasSubstr("NW-UCLA")));
}

TEST(Registry, EveryFormatHasAFilterForFileDialogs) {
  for (const FormatReader& reader : formats()) {
    EXPECT_FALSE(reader.title.empty());
    ASSERT_FALSE(reader.patterns.empty()) << reader.id;
    EXPECT_TRUE(reader.patterns.front().starts_with("*.")) << reader.id;
  }
}

/// Real compressed files, damaged: deflate streams take other paths than our stored sample.
TEST(DamagedRecordingsData, SurviveFlipsAndCuts) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  const std::string whole = test::read_text(test::shared_dir() / "data" / "utd-mhad" / "a1_s1_t1_skeleton.mat");
  std::mt19937 random(19);
  for (int round = 0; round < 300; ++round) {
    std::string bytes = whole;
    if (round % 3 == 0)
      bytes.resize(random() % bytes.size());
    else
      bytes[128 + random() % (bytes.size() - 128)] ^= static_cast<char>(1 + random() % 255);
    read_safely(folder.write("a1_s1_t1_skeleton.mat", bytes), {});
  }
}

}  // namespace
}  // namespace purlscope::core
