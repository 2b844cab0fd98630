#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/formats/registry.h"
#include "tests/core/formats/samples/planar_samples.h"
#include "tests/core/formats/samples/samples.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::npy_floats;
using test::npy_text;
using test::npz_file;
using test::TempDir;
using test::ThrowsError;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t kFrames = 3;
constexpr std::size_t kJoints = 20;

/// What any array of these tests has at a place.
float value(std::size_t n, std::size_t c, std::size_t t, std::size_t v, std::size_t m) {
  return 1.0F + static_cast<float>(1000 * n + 100 * m + 10 * t + c) + 0.01F * static_cast<float>(v);
}

struct Sizes {
  std::size_t clips = 1, persons = 2, coordinates = 3, joints = kJoints;
};

/// An array in the order of axes, last index fastest, or first index fastest.
std::vector<float> array_of(const std::string& axes, const Sizes& sizes, std::vector<std::size_t>& shape,
                            bool fortran = false) {
  shape.clear();
  for (const char axis : axes) {
    shape.push_back(axis == 'N'   ? sizes.clips
                    : axis == 'M' ? sizes.persons
                    : axis == 'C' ? sizes.coordinates
                    : axis == 'T' ? kFrames
                                  : sizes.joints);
  }
  std::size_t count = 1;
  for (const std::size_t size : shape) count *= size;
  std::vector<float> values(count);
  for (std::size_t flat = 0; flat < count; ++flat) {
    std::array<std::size_t, 128> at{};
    std::size_t rest = flat;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      const std::size_t axis = fortran ? i : axes.size() - 1 - i;
      at[static_cast<std::size_t>(axes[axis])] = rest % shape[axis];
      rest /= shape[axis];
    }
    values[flat] = value(at['N'], at['C'], at['T'], at['V'], at['M']);
  }
  return values;
}

ReadOptions asking_for(const std::string& layout) {
  ReadOptions options;
  options.layout = layout;
  return options;
}

void expect_values(const Clip& clip, std::size_t persons) {
  ASSERT_EQ(clip.frames, kFrames);
  ASSERT_EQ(clip.persons.size(), persons);
  for (std::size_t m = 0; m < persons; ++m) {
    for (std::size_t t = 0; t < kFrames; ++t) {
      for (std::size_t v = 0; v < kJoints; ++v) {
        const Vec3& joint = clip.persons[m].joints[t * kJoints + v];
        for (std::size_t c = 0; c < 3; ++c) ASSERT_EQ(joint[c], value(0, c, t, v, m)) << m << " " << t << " " << v;
        ASSERT_EQ(clip.persons[m].state[t * kJoints + v], JointState::given);
      }
    }
  }
}

TEST(NpyReader, ReadsEveryOrderOfAxes) {
  const TempDir folder;
  std::vector<std::size_t> shape;
  for (const std::string axes : {"NCTVM", "CTVM", "MTVC", "TVC", "CTV"}) {
    SCOPED_TRACE(axes);
    for (const bool fortran : {false, true}) {
      // Five persons, so that M,T,V,C cannot be C,T,V,M.
      const Sizes sizes{1, axes.find('M') == std::string::npos ? 1U : axes == "MTVC" ? 5U : 2U, 3, kJoints};
      const std::vector<float> values = array_of(axes, sizes, shape, fortran);
      const std::string bytes(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
      const ClipPtr clip =
          read_clip(folder.write("a.npy", test::npy_file("<f4", shape, bytes, fortran)), asking_for("kinect20"));
      expect_values(*clip, sizes.persons);
      EXPECT_THAT(clip->warnings, testing::IsEmpty());
      EXPECT_EQ(clip->format, "npy");
      EXPECT_EQ(clip->fps, 30.0);
      EXPECT_EQ(clip->times, (std::vector<double>{0.0, 1.0 / 30, 2.0 / 30}));
    }
  }
}

TEST(NpyReader, WithoutALayoutItNamesThoseOfThatSizeAndGuessesNone) {
  const TempDir folder;
  std::vector<std::size_t> shape;
  const std::vector<float> values = array_of("TVC", {1, 1, 3, 25}, shape);
  const auto file = folder.write("a.npy", npy_floats(shape, values));
  EXPECT_THAT([&] { read_clip(file); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr("[3, 25, 3]"), HasSubstr("ntu25 (25 joints)"),
                                                    HasSubstr("body25 (25 joints)"), HasSubstr("--input-layout"))));
  EXPECT_THAT(
      [&] { read_clip(file, asking_for("kinect20")); },
      ThrowsError(Code::shape_mismatch, AllOf(HasSubstr("V = 20 joints of layout kinect20"), HasSubstr("T,V,C"))));
  EXPECT_EQ(read_clip(file, asking_for("ntu25"))->layout->id, "ntu25");
}

TEST(NpyReader, OfSeveralClipsTheFirstIsReadAndItSaysSo) {
  const TempDir folder;
  std::vector<std::size_t> shape;
  for (const bool fortran : {false, true}) {
    const std::vector<float> values = array_of("NCTVM", {4, 2, 3, kJoints}, shape, fortran);
    const std::string bytes(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
    const ClipPtr clip =
        read_clip(folder.write("a.npy", test::npy_file("<f4", shape, bytes, fortran)), asking_for("kinect20"));
    expect_values(*clip, 2);
    EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("holds 4 clips, the first is read")));
  }
}

TEST(NpyReader, AShapeThatMayBeTwoThingsIsReadAsTheUsualOneWithAWarning) {
  const TempDir folder;
  std::vector<std::size_t> shape;
  const std::vector<float> values = array_of("CTVM", {1, 3, 3, kJoints}, shape);
  const ClipPtr clip = read_clip(folder.write("a.npy", npy_floats(shape, values)), asking_for("kinect20"));
  expect_values(*clip, 3);
  EXPECT_THAT(clip->warnings, ElementsAre(AllOf(HasSubstr("C,T,V,M or M,T,V,C"), HasSubstr("read as C,T,V,M"))));
}

TEST(NpyReader, PaddingOfTrainingArraysIsLeftOut) {
  const TempDir folder;
  std::vector<float> values(3 * 5 * kJoints * 2);  // C, T, V, M: person 0 in frames 0 to 2, person 1 never
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t t = 0; t < 3; ++t) {
      for (std::size_t v = 1; v < kJoints; ++v) values[((c * 5 + t) * kJoints + v) * 2] = value(0, c, t, v, 0);
    }
  }
  const ClipPtr clip = read_clip(folder.write("a.npy", npy_floats({3, 5, kJoints, 2}, values)), asking_for("kinect20"));
  EXPECT_EQ(clip->frames, 3U);
  EXPECT_EQ(clip->persons.size(), 1U);
  EXPECT_EQ(clip->persons[0].state[0], JointState::missing) << "the exact origin is no position";
  EXPECT_EQ(clip->persons[0].state[1], JointState::given);
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("2 frames at the end")));
  EXPECT_THAT(
      [&] {
        const std::vector<float> nothing(3 * 2 * kJoints);
        read_clip(folder.write("b.npy", npy_floats({3, 2, kJoints}, nothing)), asking_for("kinect20"));
      },
      ThrowsError(Code::bad_format, HasSubstr("none of its 2 frames holds a position")));
}

/// Image coordinates of two frames of a figure. [2, 17, C = x, y, score]
std::vector<float> figure(double shift, bool scored) {
  std::vector<float> values;
  for (int t = 0; t < 2; ++t) {
    const test::Figure figure{.shift = shift + 2.0 * t};
    for (std::size_t j = 0; j < 17; ++j) {
      values.push_back(static_cast<float>(figure.x(j)));
      values.push_back(static_cast<float>(figure.y(j)));
      if (scored) values.push_back(0.9F);
    }
  }
  return values;
}

TEST(NpyReader, PlanarArraysHaveYDownAndAScore) {
  const TempDir folder;
  std::vector<float> values = figure(0.0, true);  // T, V, C = x, y, score
  values[3 + 2] = 0.0F;
  ReadOptions options = asking_for("coco17");
  options.fps = 25.0;
  const ClipPtr clip = read_clip(folder.write("a.npy", npy_floats({2, 17, 3}, values)), options);
  const Person& person = clip->persons[0];
  const auto joint = [&](const char* name) {
    return person.joints[static_cast<std::size_t>(clip->layout->joint(name))];
  };
  EXPECT_GT(joint("nose")[1], joint("left knee")[1]) << "y up";
  EXPECT_LT(joint("left shoulder")[0], joint("right shoulder")[0]) << "the right of who faces the camera is +x";
  EXPECT_NEAR(joint("left shoulder")[1] - joint("left hip")[1], 0.5F, 1e-4F) << "a torso of half a metre";
  EXPECT_EQ(person.state[1], JointState::missing) << "score 0";
  EXPECT_EQ(clip->fps, 25.0);
  EXPECT_EQ(clip->unit, "px");
  EXPECT_THAT(clip->tags, testing::Contains(testing::Key("scale")));
}

TEST(NpzReader, ReadsASampleOfPyskl) {
  const TempDir folder;
  std::vector<float> positions = figure(0.0, false);
  const std::vector<float> other = figure(400.0, false);
  positions.insert(positions.end(), other.begin(), other.end());
  std::vector<float> scores(2 * 2 * 17, 0.9F);
  scores[17 + 4] = 0.0F;
  const std::int64_t label = 5;
  const ClipPtr clip = read_clip(
      folder.write("s.npz", npz_file({{"keypoint", npy_floats({2, 2, 17, 2}, positions)},
                                      {"keypoint_score", npy_floats({2, 2, 17}, scores)},
                                      {"layout", npy_text("coco17")},
                                      {"frame_dir", npy_text("S001C002P003R001A006")},
                                      {"label", test::npy_file("<i8", {}, {reinterpret_cast<const char*>(&label), 8})}},
                                     true)));
  EXPECT_EQ(clip->layout->id, "coco17");
  EXPECT_EQ(clip->persons.size(), 2U);
  EXPECT_EQ(clip->persons[0].state[17 + 4], JointState::missing);
  EXPECT_EQ(clip->persons[1].state[17 + 4], JointState::given);
  EXPECT_EQ(clip->label_index, 5);
  EXPECT_EQ(clip->label, "pick up") << "A006 of NTU RGB+D";
  EXPECT_EQ(clip->tags.at("camera"), "2");
}

TEST(NpzReader, ScoresOfAnotherShapeAreRefused) {
  const TempDir folder;
  const std::vector<float> positions(3 * 17 * 2, 5.0F);
  const auto file = folder.write("s.npz", npz_file({{"keypoint", npy_floats({1, 3, 17, 2}, positions)},
                                                    {"keypoint_score", npy_floats({1, 17}, std::vector<float>(17))},
                                                    {"layout", npy_text("coco17")}}));
  EXPECT_THAT(
      [&] { read_clip(file); },
      ThrowsError(Code::shape_mismatch, HasSubstr("keypoint_score: the shape is [1, 17], expected [1, 3, 17]")));
}

TEST(NpzReader, AxesUnitTimesAndLabelOfTheFileCount) {
  const TempDir folder;
  std::vector<std::size_t> shape;
  const std::vector<float> values = array_of("MTVC", {1, 3, 3, kJoints}, shape);
  const ClipPtr clip = read_clip(folder.write("s.npz", npz_file({{"x", npy_floats(shape, values)},
                                                                 {"axes", npy_text("MTVC")},
                                                                 {"unit", npy_text("mm")},
                                                                 {"times", npy_floats({3}, {5.0F, 5.5F, 7.0F})},
                                                                 {"label", npy_text("wave")},
                                                                 {"layout", npy_text("kinect20")}})));
  EXPECT_THAT(clip->warnings, testing::IsEmpty());
  EXPECT_FLOAT_EQ(clip->persons[2].joints[kJoints][1], value(0, 1, 1, 0, 2) / 1000.0F);
  EXPECT_EQ(clip->unit, "mm");
  EXPECT_EQ(clip->times, (std::vector<double>{0.0, 0.5, 2.0}));
  EXPECT_EQ(clip->label, "wave");
}

TEST(NpzReader, WhatItHoldsInsteadOfPositionsIsNamed) {
  const TempDir folder;
  const auto file = folder.write("w.npz", npz_file({{"weight", npy_floats({1}, {1.0F})}}));
  EXPECT_THAT([&] { read_clip(file); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("found 'weight'"), HasSubstr("keypoint"))));
  const auto unknown = folder.write(
      "u.npz", npz_file({{"x", npy_floats({1, 1, 3}, {1.0F, 1.0F, 1.0F})}, {"layout", npy_text("smpl24")}}));
  EXPECT_THAT([&] { read_clip(unknown); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("smpl24"), HasSubstr("ntu25"))));
  const auto other = folder.write(
      "o.npz", npz_file({{"x", npy_floats({1, 1, 3}, {1.0F, 1.0F, 1.0F})}, {"layout", npy_text("ntu25")}}));
  EXPECT_THAT([&] { read_clip(other, asking_for("body25")); }, ThrowsError(Code::shape_mismatch, HasSubstr("body25")));
}

TEST(NpzReaderData, OpensLandmarksOfMediaPipeWhenTheLayoutIsNamed) {
  PURLSCOPE_NEEDS_SHARED();
  const auto file = test::shared_dir() / "data" / "mediapipe-landmarks" / "S001C001P001R001A001_rgb.npz";
  EXPECT_THAT([&] { read_clip(file); }, ThrowsError(Code::bad_argument, HasSubstr("mediapipe33 (33 joints)")));
  const ClipPtr clip = read_clip(file, asking_for("mediapipe33"));
  EXPECT_EQ(clip->frames, 103U);
  EXPECT_EQ(clip->fps, 30.0);
  ASSERT_EQ(clip->persons.size(), 1U);
  std::size_t upright = 0;
  const auto nose = static_cast<std::size_t>(clip->layout->joint("nose"));
  const auto ankle = static_cast<std::size_t>(clip->layout->joint("left ankle"));
  for (std::size_t t = 0; t < clip->frames; ++t) {
    upright += clip->persons[0].joints[t * 33 + nose][1] > clip->persons[0].joints[t * 33 + ankle][1] + 1.0F ? 1 : 0;
  }
  EXPECT_GT(upright, 100U) << "she stands: the nose is more than a metre above the ankles";
}

TEST(NpzReader, ArraysOfOurOwnThatDoNotFitAreNamed) {
  const TempDir folder;
  const std::vector<float> positions(2 * 20 * 3, 1.0F);
  const auto with = [&](const char* name, const std::string& array) {
    std::vector<std::pair<std::string, std::string>> arrays = {
        {"joints", npy_floats({1, 2, 20, 3}, positions)},
        {"state", test::npy_file("|u1", {1, 2, 20}, std::string(40, '\0'))},
        {"times", npy_floats({2}, {0.0F, 1.0F})},
        {"layout", npy_text("kinect20")}};
    for (auto& [key, bytes] : arrays) {
      if (key == name) bytes = array;
    }
    return folder.write("a.npz", npz_file(arrays));
  };
  EXPECT_EQ(read_clip(with("", ""))->frames, 2U);
  const struct {
    const char* name;
    std::string array;
    Code code;
    const char* complaint;
  } cases[] = {
      {"times", npy_floats({3}, {0.0F, 1.0F, 2.0F}), Code::shape_mismatch, "times: the shape is [3], expected [2]"},
      {"times", npy_floats({2}, {1.0F, 0.0F}), Code::bad_format, "frame 2 is 0 after 1"},
      {"times", npy_floats({2}, {0.0F, NAN}), Code::bad_format, "frame 2 is nan"},
      {"state", test::npy_file("|u1", {1, 2, 20}, std::string(40, '\3')), Code::bad_format, "is 3, expected 0 given"},
      {"state", test::npy_file("|u1", {2, 20}, std::string(40, '\0')), Code::shape_mismatch, "[1, 2, 20]"},
      {"joints", npy_floats({2, 20, 3}, positions), Code::shape_mismatch, "[M, T, V, 3]"},
      {"layout", npy_text("ntu25"), Code::shape_mismatch, "V = 25 joints of layout ntu25"},
      {"layout", npy_text("own"), Code::bad_format, "at least one joint"}};
  for (const auto& item : cases) {
    const auto file = with(item.name, item.array);
    EXPECT_THAT([&] { read_clip(file); }, ThrowsError(item.code, HasSubstr(item.complaint))) << item.name;
  }
}

}  // namespace
}  // namespace purlscope::core
