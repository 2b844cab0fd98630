#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/formats/registry.h"
#include "core/formats/writer_registry.h"
#include "tests/core/formats/same_persons.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::TempDir;
using test::ThrowsError;
using testing::AllOf;
using testing::HasSubstr;

/// A clip with everything that a clip can have.
Clip full_clip() {
  Clip clip;
  clip.layout = own_layout("a rig", {"Hips", "LeftFoot", "RightFoot"}, {0, 0, 0});
  clip.frames = 2;
  clip.times = {0.0, 0.123456789012345};
  clip.unit = "in";
  clip.label = "hand stand, Übung";
  clip.label_index = 7;
  clip.tags = {{"subject", "3"}, {"note", "says \"a=b\""}};
  clip.segments = {{0.0, 0.1, "stand", 2, 0.5F}, {0.05, 0.12, "wave", std::nullopt, std::nullopt}};
  for (const char* id : {"72057594037931648", "two"}) {
    Person person{id, std::vector<Vec3>(6), std::vector<JointState>(6, JointState::given)};
    for (std::size_t i = 0; i < 6; ++i) person.joints[i] = {0.1F * static_cast<float>(i), -1.5e-7F, 3e8F};
    person.state[4] = JointState::inferred;
    person.joints[5] = {};
    person.state[5] = JointState::missing;
    clip.persons.push_back(std::move(person));
  }
  return clip;
}

TEST(NpzWriterOfClips, NothingIsLost) {
  const TempDir folder;
  const Clip clip = full_clip();
  const auto file = folder.path() / "clip.NPZ";
  EXPECT_THAT(write_clip(clip, file), testing::IsEmpty());
  const ClipPtr back = read_clip(file);
  EXPECT_EQ(back->layout->id, "own");
  EXPECT_EQ(back->layout->title, clip.layout->title);
  EXPECT_EQ(back->layout->joints, clip.layout->joints);
  EXPECT_EQ(back->layout->parent, clip.layout->parent);
  EXPECT_EQ(back->layout->mirror, clip.layout->mirror);
  EXPECT_EQ(back->frames, clip.frames);
  EXPECT_EQ(back->times, clip.times);
  EXPECT_EQ(back->fps, clip.fps);
  EXPECT_EQ(back->unit, clip.unit);
  EXPECT_EQ(back->label, clip.label);
  EXPECT_EQ(back->label_index, clip.label_index);
  EXPECT_EQ(back->tags, clip.tags);
  EXPECT_THAT(back->warnings, testing::IsEmpty());
  ASSERT_EQ(back->segments.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(back->segments[i].begin, clip.segments[i].begin);
    EXPECT_EQ(back->segments[i].end, clip.segments[i].end);
    EXPECT_EQ(back->segments[i].label, clip.segments[i].label);
    EXPECT_EQ(back->segments[i].label_index, clip.segments[i].label_index);
    EXPECT_EQ(back->segments[i].confidence, clip.segments[i].confidence);
  }
  test::expect_same_persons(*back, clip);
}

TEST(NpzWriterOfClips, RealRecordingsComeBack) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  const auto data = test::shared_dir() / "data";
  for (const char* name : {"utd-mhad/a1_s1_t1_skeleton.mat", "msr-action3d/a01_s01_e01_skeleton3D.txt"}) {
    const ClipPtr clip = read_clip(data / name);
    write_clip(*clip, folder.path() / "a.npz");
    const ClipPtr back = read_clip(folder.path() / "a.npz");
    EXPECT_EQ(back->layout->id, clip->layout->id);
    EXPECT_EQ(back->fps, clip->fps);
    EXPECT_EQ(back->times, clip->times);
    EXPECT_EQ(back->label, clip->label);
    EXPECT_EQ(back->tags, clip->tags);
    test::expect_same_persons(*back, *clip);
  }
}

TEST(NpzWriterOfClips, AClipWithoutPersonsComesBack) {
  const TempDir folder;
  Clip clip = full_clip();
  clip.persons.clear();
  write_clip(clip, folder.path() / "a.npz");
  EXPECT_EQ(read_clip(folder.path() / "a.npz")->frames, 2U);
}

TEST(Writers, AnUnknownExtensionNamesTheKnownOnes) {
  const TempDir folder;
  EXPECT_THAT([&] { write_clip(full_clip(), folder.path() / "a.xyz"); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr("'.xyz'"), HasSubstr("NumPy archive (.npz)"))));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Writers, ACancelledOneLeavesTheOldFile) {
  const TempDir folder;
  const auto file = folder.write("a.npz", "old");
  std::stop_source source;
  source.request_stop();
  WriteOptions options;
  options.stop = source.get_token();
  EXPECT_THAT([&] { write_clip(full_clip(), file, options); }, ThrowsError(Code::cancelled, testing::_));
  EXPECT_EQ(test::read_text(file), "old");
}

}  // namespace
}  // namespace purlscope::core
