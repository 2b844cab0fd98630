#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/formats/registry.h"
#include "tests/core/formats/planar_samples.h"
#include "tests/core/formats/samples.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::TempDir;
using test::ThrowsError;
using testing::HasSubstr;

struct Sample {
  const char* format;
  const char* name;
  std::string bytes;
  std::size_t harmless_tail;  ///< bytes at the end whose loss leaves the recording whole
};

std::vector<Sample> samples() {
  return {
      {"ntu", "a.skeleton", test::ntu_text({{test::NtuBody{}}, {test::NtuBody{}, test::NtuBody{"2", 2.0F, 2, ""}}}), 2},
      {"utd", "a1_s1_t1_skeleton.mat", test::utd_mat(3, false), 0},
      {"utd_compressed", "a1_s1_t1_skeleton.mat", test::utd_mat(3, true), 0},
      {"nw", "a01_s01_e00_v01.json", test::nw_json(3, 1), 0},
      // A whole number of frames is a recording too, so losses are tried within the last row alone.
      {"msr", "a01_s01_e01_skeleton3D.txt", test::msr_text(3), 8},
      {"openpose", "0_keypoints.json", test::openpose_json({{.layout = "body25"}, {.layout = "body25", .shift = 300}}),
       0},
      {"coco_results", "a.json", test::coco_results_json({{"1", {}}, {"2", {}}, {"\"3\"", {.id = "7"}}}), 0},
      {"coco_annotations", "a.json", test::coco_annotations_json({{"1", "1.png"}, {"2", "2.png"}}, {{"1", {}}}), 0},
      {"mmpose", "a.json", test::mmpose_json(2), 0},
      {"pyskl", "a.json", test::pyskl_json(3), 0},
      {"kinetics", "a.json", test::kinetics_json(3), 0}};
}

/// What every reader owes: a consistent clip, or an Error with a message. Nothing else.
void read_safely(const std::filesystem::path& file) {
  try {
    const ClipPtr clip = read_clip(file);
    EXPECT_GT(clip->frames, 0U);
    EXPECT_EQ(clip->times.size(), clip->frames);
    for (const Person& person : clip->persons) {
      ASSERT_EQ(person.joints.size(), clip->frames * clip->joint_count());
      ASSERT_EQ(person.state.size(), person.joints.size());
      for (std::size_t i = 0; i < person.joints.size(); ++i) {
        for (const float value : person.joints[i]) ASSERT_TRUE(std::isfinite(value));
        if (person.state[i] == JointState::missing) {
          ASSERT_EQ(person.joints[i], Vec3{});
        }
      }
    }
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr(file.filename().string()));
    EXPECT_NE(error.code(), Code::internal);
  }
}

class AnyReader : public testing::TestWithParam<Sample> {
 protected:
  TempDir folder_;
};

TEST_P(AnyReader, ReadsItsSample) {
  EXPECT_GT(read_clip(folder_.write(GetParam().name, GetParam().bytes))->frames, 0U);
}

TEST_P(AnyReader, RefusesEveryTruncation) {
  const Sample& sample = GetParam();
  const std::size_t step = std::max<std::size_t>(1, sample.bytes.size() / 400);
  for (std::size_t length = 1; length + sample.harmless_tail < sample.bytes.size(); length += step) {
    const auto file = folder_.write(sample.name, std::string_view(sample.bytes).substr(0, length));
    if (std::string_view(sample.format) == "msr") {
      read_safely(file);
    } else {
      EXPECT_THROW(read_clip(file), Error) << "cut to " << length << " of " << sample.bytes.size();
    }
  }
}

TEST_P(AnyReader, SurvivesFlippedBytes) {
  const Sample& sample = GetParam();
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = sample.bytes;
    for (int flips = 1 + round % 4; flips > 0; --flips) bytes[random() % bytes.size()] = static_cast<char>(random());
    read_safely(folder_.write(sample.name, bytes));
  }
}

TEST_P(AnyReader, SurvivesFlippedHeaders) {
  const Sample& sample = GetParam();
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = sample.bytes;
    bytes[random() % std::min<std::size_t>(bytes.size(), 220)] = static_cast<char>(random());
    read_safely(folder_.write(sample.name, bytes));
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
    read_safely(folder_.write(sample.name, bytes));
  }
}

TEST_P(AnyReader, RefusesNoiseUnderItsName) {
  std::mt19937 random(17);
  for (std::size_t size : {1U, 7U, 64U, 4096U, 100'000U}) {
    std::string noise(size, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    const auto file = folder_.write(GetParam().name, noise);
    EXPECT_THROW(read_clip(file), Error) << size << " bytes";
  }
}

TEST_P(AnyReader, RefusesAnEmptyFile) {
  const auto file = folder_.write(GetParam().name, "");
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::bad_format, HasSubstr("empty")));
}

INSTANTIATE_TEST_SUITE_P(Formats, AnyReader, testing::ValuesIn(samples()),
                         [](const auto& parameter) { return std::string(parameter.param.format); });

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
    read_safely(poses);
  }
}

TEST(Registry, UnknownContentNamesTheKnownFormats) {
  const TempDir folder;
  const auto file = folder.write("song.mp3", "ID3 something");
  EXPECT_THAT([&] { read_clip(file); },
              ThrowsError(Code::unsupported, HasSubstr("NTU RGB+D skeleton (*.skeleton), UTD-MHAD (*.mat)")));
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
    read_safely(folder.write("a1_s1_t1_skeleton.mat", bytes));
  }
}

}  // namespace
}  // namespace purlscope::core
