#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <random>

#include "core/formats/registry.h"
#include "core/formats/writer_registry.h"
#include "tests/core/formats/same_persons.h"
#include "tests/core/formats/samples/mocap_samples.h"
#include "tests/support/shared.h"
#include "tests/support/source_dir.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::TempDir;
using test::ThrowsError;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

/// A person of layout ntu25 whose bones change their length, as a depth camera measures them.
Clip noisy_clip(std::size_t frames) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> anywhere(-1.0F, 1.0F);
  Clip clip;
  clip.name = "noisy";
  clip.layout = joint_layout("ntu25");
  clip.frames = frames;
  clip.fps = 30.0;
  Person person{"72057594037931648", {}, {}};
  for (std::size_t t = 0; t < frames; ++t) {
    clip.times.push_back(static_cast<double>(t) / 30.0);
    for (std::size_t j = 0; j < 25; ++j) {
      person.joints.push_back({anywhere(random), anywhere(random), 3.0F + anywhere(random)});
      person.state.push_back(JointState::given);
    }
  }
  clip.persons = {person};
  return clip;
}

void make_missing(Clip& clip, std::size_t frame, std::size_t joint) {
  const std::size_t i = frame * clip.joint_count() + joint;
  clip.persons[0].joints[i] = {};
  clip.persons[0].state[i] = JointState::missing;
}

class MocapWriter : public testing::Test {
 protected:
  std::filesystem::path target(const char* name) const { return folder_.path() / name; }

  /// Writes, reads and expects the same places of equally named joints (blanks may be underscores). Metres.
  ClipPtr expect_round_trip(const Clip& clip, const char* name, double tolerance) {
    lost_ = write_clip(clip, target(name));
    const ClipPtr back = read_clip(target(name));
    EXPECT_EQ(back->frames, clip.frames);
    EXPECT_EQ(back->joint_count(), clip.joint_count());
    double worst = 0.0;
    for (std::size_t j = 0; j < clip.joint_count(); ++j) {
      std::string joint = clip.layout->joints[j];
      if (!std::ranges::count(back->layout->joints, joint)) std::ranges::replace(joint, ' ', '_');
      const auto k = static_cast<std::size_t>(back->layout->joint(joint));
      for (std::size_t t = 0; t < std::min(clip.frames, back->frames); ++t) {
        const Vec3& a = clip.persons[0].joints[t * clip.joint_count() + j];
        const Vec3& b = back->persons[0].joints[t * back->joint_count() + k];
        if (clip.persons[0].state[t * clip.joint_count() + j] == JointState::missing) continue;
        for (std::size_t axis = 0; axis < 3; ++axis) worst = std::max(worst, std::abs(double{a[axis]} - b[axis]));
      }
    }
    EXPECT_LT(worst, tolerance);
    return back;
  }

  TempDir folder_;
  std::vector<std::string> lost_;
};

using CsvWriter = MocapWriter;

TEST_F(CsvWriter, KeepsEveryNumberStateAndPerson) {
  Clip clip = noisy_clip(7);
  clip.persons.push_back(clip.persons[0]);
  clip.persons[1].id = "two, \"quoted\"";
  for (Vec3& joint : clip.persons[1].joints) joint[0] += 1e-7F;
  clip.persons[1].state[40] = JointState::inferred;
  make_missing(clip, 2, 11);
  clip.times[3] = 0.1234567890123;
  clip.label = "sit down";
  EXPECT_THAT(write_clip(clip, target("a.csv")), IsEmpty());
  const ClipPtr back = read_clip(target("a.csv"));
  EXPECT_EQ(back->layout, clip.layout);
  EXPECT_EQ(back->times, clip.times);
  EXPECT_EQ(back->fps, clip.fps);
  EXPECT_EQ(back->label, clip.label);
  EXPECT_THAT(back->warnings, IsEmpty());
  test::expect_same_persons(*back, clip);
}

TEST_F(CsvWriter, KeepsNamesAndBonesOfAnOwnLayout) {
  Clip clip = noisy_clip(2);
  clip.layout = own_layout("by hand", {"mixamorig:Hips", "Left, Arm", "a \"b\" c.x"}, {0, 0, 1});
  clip.persons[0].joints.resize(6);
  clip.persons[0].state.resize(6);
  clip.fps.reset();
  write_clip(clip, target("a.csv"));
  const ClipPtr back = read_clip(target("a.csv"));
  EXPECT_EQ(back->layout->joints, clip.layout->joints);
  EXPECT_EQ(back->layout->parent, clip.layout->parent);
  EXPECT_EQ(back->persons[0].joints, clip.persons[0].joints);
  EXPECT_EQ(back->fps, std::nullopt);
}

TEST_F(CsvWriter, SaysWhatIsLost) {
  Clip clip = noisy_clip(2);
  clip.persons[0].id = "a:b";
  clip.segments.push_back({0.0, 1.0, "wave", std::nullopt, std::nullopt});
  clip.tags["camera"] = "1";
  EXPECT_THAT(write_clip(clip, target("a.csv")),
              ElementsAre("1 labelled stretches are not written", "the tags camera are not written",
                          "the person 'a:b' is written as 'a_b'"));
}

TEST_F(CsvWriter, LeavesNothingBehindWhenStopped) {
  std::stop_source stop;
  WriteOptions options;
  options.stop = stop.get_token();
  options.progress = [&](const Progress&) { stop.request_stop(); };
  for (const char* name : {"a.csv", "a.bvh"}) {
    stop = std::stop_source();
    options.stop = stop.get_token();
    EXPECT_THAT([&] { write_clip(noisy_clip(1000), target(name), options); },
                ThrowsError(Code::cancelled, HasSubstr("")));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(MocapWriter, RefusesAClipWithoutAnybody) {
  Clip clip = noisy_clip(2);
  clip.persons.clear();
  EXPECT_THAT([&] { write_clip(clip, target("a.csv")); }, ThrowsError(Code::bad_argument, HasSubstr("nobody")));
  EXPECT_THAT([&] { write_clip(clip, target("a.bvh")); }, ThrowsError(Code::bad_argument, HasSubstr("nobody")));
}

using BvhWriter = MocapWriter;

TEST_F(BvhWriter, KeepsJointsOfChangingBonesInPlace) {
  const Clip clip = noisy_clip(20);
  const ClipPtr back = expect_round_trip(clip, "a.bvh", 1e-4);
  EXPECT_EQ(back->fps, 30.0);
  EXPECT_EQ(back->unit, "m");
  EXPECT_THAT(lost_, ElementsAre("BVH does not name the layout; read it again as ntu25"));
  ReadOptions options;
  options.layout = "ntu25";
  EXPECT_EQ(read_clip(target("a.bvh"), options)->layout->id, "ntu25");
}

TEST_F(BvhWriter, RigidSkeletonsBecomePlainBvh) {
  std::vector<std::string> rows;
  for (int t = 0; t < 50; ++t) {
    rows.push_back(std::to_string(t) + " 95 " + std::to_string(-t) + " " + std::to_string(7 * t) + " 20 " +
                   std::to_string(-5 * t) + " 10 20 " + std::to_string(t) + " " + std::to_string(3 * t) + " -40 15 0 " +
                   std::to_string(2 * t) + " 0");
  }
  const ClipPtr clip = read_clip(folder_.write("in.bvh", test::bvh_text(rows)));
  const ClipPtr back = expect_round_trip(*clip, "out.bvh", 1e-5);
  EXPECT_EQ(back->layout->joints, clip->layout->joints) << "End Sites are End Sites again";
  EXPECT_EQ(back->layout->parent, clip->layout->parent);
  EXPECT_EQ(back->fps, 120.0);
  EXPECT_THAT(lost_, IsEmpty());
  const std::string text = test::read_text(target("out.bvh"));
  EXPECT_EQ(text.find("CHANNELS 6"), text.rfind("CHANNELS 6")) << "only the root moves";
  EXPECT_THAT(text, HasSubstr("CHANNELS 3 Zrotation Xrotation Yrotation"));
  EXPECT_THAT(text, Not(HasSubstr("OFFSET 0 0 0\n\t")));
}

TEST_F(BvhWriter, ClosesGapsAndSaysSo) {
  Clip clip = noisy_clip(9);
  for (const std::size_t t : {0U, 3U, 4U, 8U}) make_missing(clip, t, 7);
  for (std::size_t t = 0; t < 9; ++t) make_missing(clip, t, 24);
  clip.persons[0].state[0] = JointState::inferred;
  const ClipPtr back = expect_round_trip(clip, "a.bvh", 1e-4);
  EXPECT_THAT(lost_,
              UnorderedElementsAre("4 missing positions are interpolated or held",
                                   "1 joints that are never seen are put on a neighbour",
                                   "which positions are inferred is not written", HasSubstr("read it again as ntu25")));
  const auto hand = static_cast<std::size_t>(back->layout->joint("left_hand"));
  const auto& joints = back->persons[0].joints;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const float second = clip.persons[0].joints[2 * 25 + 7][axis];
    const float fifth = clip.persons[0].joints[5 * 25 + 7][axis];
    EXPECT_NEAR(joints[3 * 25 + hand][axis], second + (fifth - second) / 3.0F, 1e-4);
    EXPECT_NEAR(joints[hand][axis], clip.persons[0].joints[1 * 25 + 7][axis], 1e-4) << "held";
    EXPECT_NEAR(joints[8 * 25 + hand][axis], clip.persons[0].joints[7 * 25 + 7][axis], 1e-4) << "held";
  }
  const auto thumb = static_cast<std::size_t>(back->layout->joint("right_thumb"));
  const auto parent = static_cast<std::size_t>(back->layout->parent[thumb]);
  for (std::size_t axis = 0; axis < 3; ++axis) EXPECT_NEAR(joints[thumb][axis], joints[parent][axis], 1e-5);
}

TEST_F(BvhWriter, WritesWhoMovesMostAndJoinsLooseJoints) {
  Clip clip = noisy_clip(5);
  clip.persons.insert(clip.persons.begin(), clip.persons[0]);
  for (Vec3& joint : clip.persons[0].joints) joint = {0.0F, 1.0F, 2.0F};
  clip.persons[0].id = "still";
  clip.layout = own_layout("points", std::vector<std::string>(clip.layout->joints), {});
  EXPECT_THAT(write_clip(clip, target("a.bvh")), ElementsAre(HasSubstr("of 2 persons only '72057594037931648'"),
                                                             "24 joints without a parent hang on the first of them",
                                                             "blanks in names of joints are written as underscores"));
  clip.persons.erase(clip.persons.begin());
  expect_round_trip(clip, "b.bvh", 1e-4);
}

TEST_F(BvhWriter, SaysThatUnevenTimesAreEvenedOut) {
  Clip clip = noisy_clip(5);
  clip.times[4] += 0.5;
  EXPECT_THAT(write_clip(clip, target("a.bvh")),
              Contains("the time stamps are uneven, the frames are written at 30 fps"));
}

TEST_F(BvhWriter, BundledSquatComesBack) {
  const ClipPtr clip = read_clip(test::source_dir() / "resources" / "clips" / "squat.skeleton");
  expect_round_trip(*clip, "squat.bvh", 1e-4);
}

class MocapWriterData : public MocapWriter {};

TEST_F(MocapWriterData, ARealSquatComesBackFromBvhAndCsv) {
  PURLSCOPE_NEEDS_SHARED();
  const ClipPtr clip = read_clip(test::shared_dir() / "data" / "hdm05-amc" / "HDM_mm_squat1Reps_037_120.amc");
  const ClipPtr bvh = expect_round_trip(*clip, "squat.bvh", 1e-4);
  EXPECT_EQ(bvh->fps, 120.0);
  const ClipPtr csv = expect_round_trip(*clip, "squat.csv", 1e-9);
  EXPECT_EQ(csv->layout->parent, clip->layout->parent);
  EXPECT_EQ(csv->layout->mirror, clip->layout->mirror);
}

}  // namespace
}  // namespace purlscope::core
