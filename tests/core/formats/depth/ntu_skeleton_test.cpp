#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "core/base/paths.h"
#include "core/formats/registry.h"
#include "tests/core/formats/samples/samples.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ntu_text;
using test::NtuBody;
using test::sample_value;
using test::TempDir;
using test::ThrowsError;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

NtuBody body(const std::string& id) { return {id, 0.0F, 2, {}}; }

class NtuSkeletonReader : public testing::Test {
 protected:
  ClipPtr read(const std::string& text, const std::string& name = "a.skeleton") const {
    return read_clip(folder_.write(name, text));
  }
  static std::string first_lines(const std::string& text, int count) {
    std::size_t end = 0;
    for (int i = 0; i < count; ++i) end = text.find('\n', end) + 1;
    return text.substr(0, end);
  }
  static std::string with_line(const std::string& text, int number, const std::string& line) {
    const std::string before = first_lines(text, number - 1);
    return before + line + "\r\n" + text.substr(text.find('\n', before.size()) + 1);
  }
  TempDir folder_;
};

TEST_F(NtuSkeletonReader, ReadsFramesJointsAndTimes) {
  const ClipPtr clip = read(ntu_text(4));
  EXPECT_EQ(clip->format, "ntu-skeleton");
  EXPECT_EQ(clip->layout->id, "ntu25");
  EXPECT_EQ(clip->frames, 4U);
  EXPECT_EQ(clip->fps, 30.0);
  EXPECT_NEAR(clip->duration(), 4.0 / 30.0, 1e-12);
  ASSERT_EQ(clip->persons.size(), 1U);
  EXPECT_EQ(clip->persons[0].id, "72057594037931648");
  const Vec3& joint = clip->persons[0].joints[3 * 25 + 7];
  EXPECT_FLOAT_EQ(joint[0], sample_value(3, 7, 0));
  EXPECT_FLOAT_EQ(joint[1], sample_value(3, 7, 1));
  EXPECT_FLOAT_EQ(joint[2], sample_value(3, 7, 2));
  EXPECT_THAT(clip->warnings, IsEmpty());
}

TEST_F(NtuSkeletonReader, TakesLabelAndOriginFromTheName) {
  const ClipPtr clip = read(ntu_text(1), "S017C003P020R002A058.skeleton");
  EXPECT_EQ(clip->label, "shaking hands");
  EXPECT_EQ(clip->label_index, 57);
  EXPECT_EQ(clip->tags.at("setup"), "17");
  EXPECT_EQ(clip->tags.at("camera"), "3");
  EXPECT_EQ(clip->tags.at("subject"), "20");
  EXPECT_EQ(clip->tags.at("repetition"), "2");
}

TEST_F(NtuSkeletonReader, OtherNamesStateNoLabel) {
  const ClipPtr clip = read(ntu_text(1), "wave.skeleton");
  EXPECT_FALSE(clip->label.has_value());
  EXPECT_FALSE(clip->label_index.has_value());
}

TEST_F(NtuSkeletonReader, IsRecognisedByContentUnderAnyName) {
  EXPECT_EQ(read(ntu_text(2), "recording.dat")->format, "ntu-skeleton");
}

TEST_F(NtuSkeletonReader, TrackingStatesBecomeJointStates) {
  const ClipPtr clip = read(ntu_text({{NtuBody{}}, {NtuBody{"1", 0, 1, ""}}, {NtuBody{"2", 9, 0, "0 0 0"}}}));
  EXPECT_EQ(clip->persons[0].state[0], JointState::given);
  EXPECT_EQ(clip->persons[0].state[25], JointState::inferred) << "the second id is the same body, joined";
  ASSERT_EQ(clip->persons.size(), 2U);
  EXPECT_EQ(clip->persons[1].state[2 * 25], JointState::missing);
  EXPECT_EQ(clip->persons[1].state[2 * 25 + 1], JointState::inferred) << "a written position counts, with doubt";
}

TEST_F(NtuSkeletonReader, ABodyThatComesLateIsAbsentBefore) {
  const NtuBody other{"8", 1.5F, 2, ""};
  const ClipPtr clip = read(ntu_text({{NtuBody{}}, {NtuBody{}}, {NtuBody{}, other}, {other}}));
  ASSERT_EQ(clip->persons.size(), 2U);
  EXPECT_TRUE(clip->absent(1, 0));
  EXPECT_TRUE(clip->absent(1, 1));
  EXPECT_FALSE(clip->absent(1, 2));
  EXPECT_FALSE(clip->absent(1, 3)) << "follows the id, although it now stands first in the frame";
  EXPECT_TRUE(clip->absent(0, 3));
}

TEST_F(NtuSkeletonReader, AnIdThatJumpsInPlaceIsOnePerson) {
  const ClipPtr clip = read(ntu_text({{body("7")}, {}, {body("9")}}));
  ASSERT_EQ(clip->persons.size(), 1U);
  EXPECT_EQ(clip->persons[0].id, "7");
  EXPECT_FALSE(clip->absent(0, 0));
  EXPECT_TRUE(clip->absent(0, 1));
  EXPECT_FALSE(clip->absent(0, 2));
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("body 7 goes on under the id 9")));
}

TEST_F(NtuSkeletonReader, ANewIdElsewhereIsAnotherPerson) {
  EXPECT_EQ(read(ntu_text({{body("7")}, {NtuBody{"9", 0.8F, 2, ""}}}))->persons.size(), 2U);
}

TEST_F(NtuSkeletonReader, OneIdTwiceInAFrameIsTwoPersons) {
  const ClipPtr clip = read(ntu_text({{body("7"), NtuBody{"7", 1.0F, 2, ""}}, {body("7"), NtuBody{"7", 1.0F, 2, ""}}}));
  ASSERT_EQ(clip->persons.size(), 2U);
  EXPECT_NEAR(clip->persons[1].joints[25][0] - clip->persons[0].joints[25][0], 1.0F, 1e-5F);
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("stands twice in frame 1")));
}

TEST_F(NtuSkeletonReader, PositionsThatAreNoNumbersAreMissingAndReported) {
  for (const char* place : {"nan 0 1", "0 inf 1", "0 1 -inf", "1e999 0 0", "0 0 1e39"}) {
    const ClipPtr clip = read(ntu_text({{NtuBody{"7", 0, 2, place}}}));
    EXPECT_EQ(clip->persons[0].state[0], JointState::missing) << place;
    EXPECT_EQ(clip->persons[0].joints[0], Vec3{}) << place;
    EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("line 5"))) << place;
  }
}

TEST_F(NtuSkeletonReader, PositionsThatNoSensorSeesAreReportedWithTheirLine) {
  for (const char* place : {"101 0 1", "0 -1030 2", "0 0 1e30"}) {
    const ClipPtr clip = read(ntu_text({{NtuBody{"7", 0, 2, place}}}));
    EXPECT_EQ(clip->persons[0].state[0], JointState::given) << place;
    EXPECT_THAT(clip->warnings, ElementsAre(AllOf(HasSubstr("line 5"), HasSubstr("100 m")))) << place;
  }
  EXPECT_THAT(read(ntu_text({{NtuBody{"7", 0, 2, "-99 0 1"}}}))->warnings, IsEmpty());
}

TEST_F(NtuSkeletonReader, NamesTheLineWhereAFrameBreaksOff) {
  const std::string cut = first_lines(ntu_text(5), 57);
  EXPECT_THAT([&] { read(cut); }, ThrowsError(Code::bad_format, HasSubstr("line 58")));
  const std::string within_body = first_lines(ntu_text(5), 40);
  EXPECT_THAT([&] { read(within_body); },
              ThrowsError(Code::bad_format, HasSubstr("line 41: the file ends here, expected a joint")));
}

TEST_F(NtuSkeletonReader, RefusesCountsNoFileCanHold) {
  const std::string text = ntu_text(2);
  EXPECT_THAT([&] { read(with_line(text, 1, "999999999999")); }, ThrowsError(Code::bad_format, HasSubstr("line 1")));
  EXPECT_THAT([&] { read(with_line(text, 1, "9000000")); }, ThrowsError(Code::bad_format, HasSubstr("truncated")));
  EXPECT_THAT([&] { read(with_line(text, 2, "100000")); }, ThrowsError(Code::bad_format, HasSubstr("line 2")));
  EXPECT_THAT([&] { read(with_line(text, 4, "4000000000")); }, ThrowsError(Code::bad_format, HasSubstr("line 4")));
  EXPECT_THAT([&] { read(with_line(text, 1, "-3")); }, ThrowsError(Code::bad_format, HasSubstr("line 1")));
  EXPECT_THAT([&] { read(with_line(text, 1, "99999999999999999999999")); },
              ThrowsError(Code::bad_format, HasSubstr("line 1")));
}

TEST_F(NtuSkeletonReader, RefusesAnotherLayout) {
  EXPECT_THAT([&] { read(with_line(ntu_text(2), 4, "20")); },
              ThrowsError(Code::bad_format, HasSubstr("line 4: a body of frame 1 of 2 has 20 joints, expected 25")));
  ReadOptions options;
  options.layout = "body25";
  const auto file = folder_.write("b.skeleton", ntu_text(1));
  EXPECT_THAT([&] { read_clip(file, options); }, ThrowsError(Code::shape_mismatch, HasSubstr("ntu25")));
}

TEST_F(NtuSkeletonReader, RefusesRowsOfTheWrongLength) {
  EXPECT_THAT([&] { read(with_line(ntu_text(1), 3, "1 2 3")); },
              ThrowsError(Code::bad_format, HasSubstr("line 3: a body of frame 1 of 1 has 3 numbers, expected 10")));
  EXPECT_THAT([&] { read(with_line(ntu_text(1), 6, "0.1 0.2 0.3")); },
              ThrowsError(Code::bad_format, HasSubstr("line 6")));
  EXPECT_THAT([&] { read(with_line(ntu_text(1), 6, "0.1 0.2 x 4 5 6 7 8 9 10 11 2")); },
              ThrowsError(Code::bad_format, HasSubstr("line 6")));
}

TEST_F(NtuSkeletonReader, TextAfterTheLastFrameIsReportedNotRead) {
  const ClipPtr clip = read(ntu_text(1) + "\r\nmore\r\n");
  EXPECT_THAT(clip->warnings, ElementsAre(HasSubstr("line 31")));
}

TEST_F(NtuSkeletonReader, AFileOfEmptyFramesIsReadWithAWarning) {
  const ClipPtr clip = read(ntu_text({{}, {}, {}}));
  EXPECT_EQ(clip->frames, 3U);
  EXPECT_THAT(clip->persons, IsEmpty());
  EXPECT_THAT(clip->warnings, ElementsAre("no body in any frame"));
}

/// 2 bytes a frame in the file must not become 325 bytes a frame and person in memory.
TEST_F(NtuSkeletonReader, RefusesAFileThatIsNearlyAllEmptyFrames) {
  std::vector<std::vector<NtuBody>> frames(400'000);
  for (int i = 0; i < 40; ++i) frames[static_cast<std::size_t>(i) * 100] = {body(std::to_string(i))};
  const std::string text = ntu_text(frames);
  EXPECT_THAT([&] { read(text); }, ThrowsError(Code::limit, HasSubstr("nearly all of them empty")));
}

/// Bodies each with an id of its own, 40 in a frame, none where another was within the last 20 frames.
std::string crowd_text(std::size_t bodies) {
  constexpr std::size_t kInFrame = 40;
  std::string text = std::to_string(bodies / kInFrame) + "\n";
  for (std::size_t i = 0; i < bodies; ++i) {
    if (i % kInFrame == 0) text += std::to_string(kInFrame) + "\n";
    text += std::to_string(i) + " 0 0 0 0 0 0 0 0 0\n25\n";
    const std::string joint =
        std::to_string(i % kInFrame) + " " + std::to_string(i / kInFrame % 20) + " 2 0 0 0 0 0 0 0 0 2\n";
    for (int j = 0; j < 25; ++j) text += joint;
  }
  return text;
}

TEST_F(NtuSkeletonReader, TimeFollowsTheSizeOfAFileWhateverItsIds) {
  const auto seconds = [&](std::size_t bodies) {
    const std::string text = crowd_text(bodies);
    const std::clock_t start = std::clock();
    EXPECT_THAT([&] { read(text); }, ThrowsError(Code::limit, HasSubstr("nearly all of them empty")));
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  const double few = seconds(12'500);
  EXPECT_LT(seconds(50'000), 9 * few) << "four times the bodies; 16 times the time would be quadratic";
}

TEST_F(NtuSkeletonReader, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  ReadOptions options;
  options.stop = stop.get_token();
  const auto file = folder_.write("a.skeleton", ntu_text(1));
  EXPECT_THAT([&] { read_clip(file, options); }, ThrowsError(Code::cancelled, testing::_));
}

TEST(NtuRecordingsData, FivePublicClipsReadWithTheirKnownLengths) {
  PURLSCOPE_NEEDS_SHARED();
  const auto folder = test::shared_dir() / "data" / "ntu-rgbd-samples";
  const std::vector<std::tuple<const char*, std::size_t, std::size_t, const char*>> facts = {
      {"S001C001P001R001A011.skeleton", 82, 1, "reading"},
      {"S001C003P008R002A058.skeleton", 70, 2, "shaking hands"},
      {"S002C001P003R001A003.skeleton", 100, 1, "brush teeth"},
      {"S003C001P015R001A034.skeleton", 71, 1, "rub two hands"},
      {"S004C002P003R001A017.skeleton", 124, 1, "take off a shoe"}};
  for (const auto& [name, frames, persons, label] : facts) {
    const ClipPtr clip = read_clip(folder / name);
    EXPECT_EQ(clip->frames, frames) << name;
    EXPECT_EQ(clip->persons.size(), persons) << name;
    EXPECT_EQ(clip->label, label);
    EXPECT_THAT(clip->warnings, IsEmpty()) << name;
  }
  const ClipPtr reading = read_clip(folder / "S001C001P001R001A011.skeleton");
  EXPECT_EQ(reading->persons[0].joints[1], (Vec3{0.2134301F, 0.4422967F, 3.726759F})) << "as in the file's sixth line";
}

}  // namespace
}  // namespace purlscope::core
