#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

#include "core/formats/purlrec.h"
#include "core/formats/registry.h"
#include "tests/core/formats/same_persons.h"
#include "tests/core/formats/samples/all_samples.h"
#include "tests/core/formats/samples/samples.h"
#include "tests/support/clip_check.h"
#include "tests/support/temp_dir.h"

/// Where a format leaves the order of its parts or of its bytes open, a recording is the same in each.
namespace purlscope::core {
namespace {

using test::npy_file;
using test::npy_floats;
using test::npy_text;
using test::npz_file;
using test::TempDir;

constexpr std::size_t kFrames = 3;
constexpr std::size_t kJoints = 20;

std::vector<float> positions() {
  std::vector<float> values(kFrames * kJoints * 3);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.25F * static_cast<float>(i % 977) - 3.0F;
  return values;
}

template <typename T>
std::string bytes_of(const std::vector<float>& values, std::endian order) {
  std::string bytes;
  for (const float value : values) {
    const T element = static_cast<T>(value);
    char raw[sizeof(T)];
    std::memcpy(raw, &element, sizeof(T));
    if (order != std::endian::native) std::reverse(std::begin(raw), std::end(raw));
    bytes.append(raw, sizeof(T));
  }
  return bytes;
}

void expect_same_clip(const Clip& found, const Clip& expected) {
  EXPECT_EQ(found.layout, expected.layout);
  EXPECT_EQ(found.times, expected.times);
  EXPECT_EQ(found.label, expected.label);
  EXPECT_EQ(found.warnings, expected.warnings);
  test::expect_same_persons(found, expected);
}

TEST(ByteOrder, NumpyArraysAreTheSameClipInBoth) {
  const TempDir folder;
  const std::vector<float> values = positions();
  ReadOptions options;
  options.layout = "kinect20";
  const auto read = [&](const char* type, const std::string& bytes, bool fortran) {
    return read_clip(folder.write("a.npy", npy_file(type, {kFrames, kJoints, 3}, bytes, fortran)), options);
  };
  for (const bool fortran : {false, true}) {
    const ClipPtr little = read("<f4", bytes_of<float>(values, std::endian::little), fortran);
    expect_same_clip(*read(">f4", bytes_of<float>(values, std::endian::big), fortran), *little);
    expect_same_clip(*read("<f8", bytes_of<double>(values, std::endian::little), fortran), *little);
    expect_same_clip(*read(">f8", bytes_of<double>(values, std::endian::big), fortran), *little);
  }
}

TEST(OrderOfParts, NpzArchivesAreTheSameClipInEach) {
  const TempDir folder;
  std::vector<std::pair<std::string, std::string>> entries = {
      {"joints", npy_floats({1, kFrames, kJoints, 3}, positions())},
      {"label", npy_text("wave")},
      {"layout", npy_text("kinect20")},
      {"state", npy_file("|u1", {1, kFrames, kJoints}, std::string(kFrames * kJoints, '\0'))},
      {"times", npy_floats({kFrames}, {0.0F, 0.5F, 2.0F})}};
  const ClipPtr first = read_clip(folder.write("a.npz", npz_file(entries)));
  EXPECT_EQ(first->label, "wave");
  while (std::next_permutation(entries.begin(), entries.end())) {
    expect_same_clip(*read_clip(folder.write("a.npz", npz_file(entries))), *first);
  }
}

TEST(OrderOfParts, AMatlabVariableIsFoundWhereverItStands) {
  const TempDir folder;
  std::vector<std::string> files = {test::utd_mat(kFrames, false), test::mat_file("other", {2, 2}, {1, 2, 3, 4}, false),
                                    test::mat_file("packed", {3, 1}, {1, 2, 3}, true)};
  const auto place = folder.path() / "a1_s1_t1_skeleton.mat";
  folder.write(place.filename(), test::mat_joined(files));
  const ClipPtr first = read_clip(place);
  EXPECT_EQ(first->frames, kFrames);
  std::sort(files.begin(), files.end());
  do {
    folder.write(place.filename(), test::mat_joined(files));
    expect_same_clip(*read_clip(place), *first);
  } while (std::next_permutation(files.begin(), files.end()));
}

std::string block_at(double time) {
  const std::vector<Vec3> joints(kJoints, {static_cast<float>(time), 1.0F, 2.0F});
  const std::vector<JointState> state(kJoints, JointState::given);
  const PurlrecPerson person{"1", joints, state, {}};
  PurlrecBlock block;
  block.add(time, {&person, 1});
  return block.take();
}

/// Time never falls in a recording, so of blocks in disorder those that come late are left out, each with a warning.
TEST(OrderOfParts, OfPurlrecBlocksInDisorderThoseThatRiseAreRead) {
  const TempDir folder;
  PurlrecHead head;
  head.layout = joint_layout("kinect20");
  std::vector<double> times(5);
  std::iota(times.begin(), times.end(), 1.0);
  do {
    std::string bytes = purlrec_head(head);
    std::vector<double> rising;
    for (const double time : times) {
      bytes += block_at(time);
      if (rising.empty() || time > rising.back()) rising.push_back(time);
    }
    const ClipPtr clip = read_clip(folder.write("a.purlrec", bytes));
    ASSERT_EQ(test::inconsistency(*clip), "");
    ASSERT_EQ(clip->frames, rising.size());
    EXPECT_EQ(clip->warnings.size(), times.size() - rising.size());
    for (std::size_t t = 0; t < rising.size(); ++t) {
      EXPECT_DOUBLE_EQ(clip->times[t], rising[t] - rising[0]);
      EXPECT_EQ(clip->persons.at(0).joints[t * kJoints][0], static_cast<float>(rising[t]));
    }
  } while (std::next_permutation(times.begin(), times.end()));
}

}  // namespace
}  // namespace purlscope::core
