#include "core/formats/purlrec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

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
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Two joints of an own layout.
PurlrecHead small_head() {
  PurlrecHead head;
  head.layout = own_layout("stick", {"hip", "head"}, {0, 0});
  return head;
}

std::string block_of(const std::vector<double>& times, float x = 1.0F, const std::string& id = "p") {
  const std::vector<Vec3> joints = {{x, 2.0F, 3.0F}, {x, 5.0F, 6.0F}};
  const std::vector<JointState> state = {JointState::given, JointState::inferred};
  const std::vector<float> confidence = {0.5F, 0.25F};
  const PurlrecPerson person{id, joints, state, confidence};
  PurlrecBlock block;
  for (const double time : times) block.add(time, {&person, 1});
  return block.take();
}

TEST(Purlrec, BytesAreThoseOfTheDescription) {
  const std::string head = purlrec_head(small_head());
  EXPECT_EQ(head.substr(0, 12), std::string("PURLREC\n\x01\0\0\0", 12));
  // "123456789" has the CRC-32 cbf43926 (the check value of the CRC catalogue).
  EXPECT_EQ(purlrec_crc("123456789"), 0xcbf43926U);
  const std::string block = block_of({1.5});
  // Count, time, persons, length of id, id, flags, 2 x 3 floats, 2 states, 2 confidences.
  const std::size_t payload = 4 + 8 + 2 + 1 + 1 + 1 + 24 + 2 + 8;
  ASSERT_EQ(block.size(), 12 + payload);
  EXPECT_EQ(block.substr(0, 4), "FRMS");
  EXPECT_EQ(static_cast<unsigned char>(block[4]), payload);
  EXPECT_EQ(block.substr(12, 4), std::string("\x01\0\0\0", 4));
  EXPECT_EQ(block.substr(16, 8), std::string("\0\0\0\0\0\0\xf8\x3f", 8));  // 1.5
  EXPECT_EQ(block.substr(24, 5), std::string("\x01\0\x01p\x01", 5));
  EXPECT_EQ(block.substr(29, 4), std::string("\0\0\x80\x3f", 4));  // 1.0F
}

TEST(Purlrec, ReadsWhatItHolds) {
  const TempDir folder;
  const ClipPtr clip = read_clip(
      folder.write("a.purlrec", purlrec_head(small_head()) + block_of({5.0, 5.5}) + block_of({6.0}, 9.0F, "q")));
  EXPECT_EQ(clip->format, "purlrec");
  EXPECT_EQ(clip->times, (std::vector<double>{0.0, 0.5, 1.0}));
  EXPECT_EQ(clip->layout->joints, (std::vector<std::string>{"hip", "head"}));
  EXPECT_EQ(clip->layout->parent, (std::vector<int>{0, 0}));
  EXPECT_FALSE(clip->fps);
  ASSERT_EQ(clip->persons.size(), 2U);
  EXPECT_EQ(clip->persons[0].joints[3], (Vec3{1.0F, 5.0F, 6.0F}));
  EXPECT_EQ(clip->persons[0].state[3], JointState::inferred);
  EXPECT_TRUE(clip->absent(0, 2));
  EXPECT_EQ(clip->persons[1].joints[4], (Vec3{9.0F, 2.0F, 3.0F}));
  EXPECT_THAT(clip->warnings, IsEmpty());
}

TEST(Purlrec, ATornTailIsLeftOutAndAllBeforeItReads) {
  const TempDir folder;
  const std::string whole = purlrec_head(small_head()) + block_of({0.0, 0.1});
  const std::string tail = block_of({0.2, 0.3});
  for (std::size_t cut = 1; cut < tail.size(); ++cut) {
    const auto file = folder.write("a.purlrec", whole + tail.substr(0, cut));
    const ClipPtr clip = read_clip(file);
    ASSERT_EQ(clip->frames, 2U) << cut;
    ASSERT_THAT(clip->warnings, ElementsAre(HasSubstr("breaks off here, the last " + std::to_string(cut) + " bytes")));
  }
  EXPECT_EQ(read_clip(folder.write("a.purlrec", whole + tail))->frames, 4U);
}

TEST(Purlrec, ADamagedBlockCostsItsFramesAlone) {
  const TempDir folder;
  const std::string head = purlrec_head(small_head());
  std::string middle = block_of({1.0});
  middle[20] ^= 1;
  const ClipPtr clip = read_clip(folder.write("a.purlrec", head + block_of({0.0}) + middle + block_of({2.0})));
  EXPECT_EQ(clip->times, (std::vector<double>{0.0, 2.0}));
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("is damaged")));
}

TEST(Purlrec, FramesOutOfOrderAndValuesThatAreNotFiniteAreMended) {
  const TempDir folder;
  const ClipPtr clip = read_clip(folder.write(
      "a.purlrec", purlrec_head(small_head()) + block_of({1.0}) + block_of({0.5}) + block_of({std::nan("")}) +
                       block_of({2.0}, std::numeric_limits<float>::infinity())));
  EXPECT_EQ(clip->frames, 2U);
  EXPECT_EQ(clip->persons[0].state[2], JointState::missing);
  EXPECT_EQ(clip->persons[0].joints[2], Vec3{});
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("time 0.5"), HasSubstr("time nan")));
}

TEST(Purlrec, ADamagedHeadIsAnError) {
  const TempDir folder;
  const std::string whole = purlrec_head(small_head()) + block_of({0.0});
  const auto read = [&](const std::string& bytes) { return read_clip(folder.write("a.purlrec", bytes)); };
  std::string other = whole;
  other[8] = 2;
  EXPECT_THAT([&] { read(other); }, ThrowsError(Code::unsupported, HasSubstr("version 2")));
  other = whole;
  other[30] ^= 1;
  EXPECT_THAT([&] { read(other); }, ThrowsError(Code::bad_format, HasSubstr("head is damaged")));
  EXPECT_THAT([&] { read(whole.substr(0, 40)); }, ThrowsError(Code::bad_format, HasSubstr("head is damaged")));
  EXPECT_THAT([&] { read("PURLREX\n" + whole.substr(8)); }, ThrowsError(Code::bad_format, HasSubstr("PURLREC")));
  EXPECT_THAT([&] { read(purlrec_head(small_head())); }, ThrowsError(Code::bad_format, HasSubstr("no whole block")));
}

TEST(Purlrec, TheWriterKeepsAllOfAClip) {
  const TempDir folder;
  Clip clip;
  clip.layout = joint_layout("kinect20");
  clip.frames = 3;
  clip.fps = 15.0;
  clip.times = {0.0, 1.0 / 15, 2.0 / 15};
  clip.unit = "mm";
  clip.label = "wave";
  clip.label_index = 4;
  clip.tags = {{"subject", "7"}};
  clip.segments = {{0.1, 0.5, "wave", 4, 0.75F}, {0.2, 0.3, "clap", {}, {}}};
  Person person{"first", std::vector<Vec3>(60), std::vector<JointState>(60, JointState::given)};
  for (std::size_t i = 0; i < 60; ++i) person.joints[i] = {0.1F * static_cast<float>(i), 1.0F / 3.0F, -1.0F};
  for (std::size_t i = 20; i < 40; ++i) {  // not seen in the second frame
    person.joints[i] = {};
    person.state[i] = JointState::missing;
  }
  clip.persons = {person};
  EXPECT_THAT(write_clip(clip, folder.path() / "a.purlrec"), IsEmpty());
  const ClipPtr read = read_clip(folder.path() / "a.purlrec");
  EXPECT_EQ(read->layout, clip.layout);
  EXPECT_EQ(read->times, clip.times);
  EXPECT_EQ(read->fps, clip.fps);
  EXPECT_EQ(read->unit, "mm");
  EXPECT_EQ(read->label, clip.label);
  EXPECT_EQ(read->label_index, 4);
  EXPECT_EQ(read->tags, clip.tags);
  ASSERT_EQ(read->segments.size(), 2U);
  EXPECT_EQ(read->segments[0].confidence, 0.75F);
  EXPECT_EQ(read->segments[1].label, "clap");
  EXPECT_FALSE(read->segments[1].label_index);
  ASSERT_EQ(read->persons.size(), 1U);
  EXPECT_EQ(read->persons[0].joints, person.joints);
  EXPECT_EQ(read->persons[0].state, person.state);
}

TEST(PurlrecData, RealRecordingsComeBackTheSame) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  const ClipPtr clip = read_clip(test::shared_dir() / "data" / "utd-mhad" / "a1_s1_t1_skeleton.mat");
  write_clip(*clip, folder.path() / "a.purlrec");
  const ClipPtr read = read_clip(folder.path() / "a.purlrec");
  EXPECT_EQ(read->times, clip->times);
  EXPECT_EQ(read->label, clip->label);
  test::expect_same_persons(*read, *clip);
}

}  // namespace
}  // namespace purlscope::core
