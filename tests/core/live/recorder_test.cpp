#include "core/live/recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <thread>

#include "core/formats/registry.h"
#include "core/live/live_window.h"
#include "core/live/make_source.h"
#include "tests/core/live/support.h"
#include "tests/support/source_dir.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::frame_at;
using test::TempDir;
using test::wait_until;
using testing::HasSubstr;

/// Publishes a frame each 5 ms; its time is our clock's, which all processes share.
class Ticking final : public LiveInput {
 public:
  void run(LiveOutput& out, std::stop_token stop) override {
    while (!stop.stop_requested()) {
      out.publish(frame_at(std::chrono::duration<double>(LiveClock::now().time_since_epoch()).count()));
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
};

/// What the process does that AKillLosesAtMostHalfASecond kills.
[[noreturn]] void record_until_killed(const std::filesystem::path& file) {
  PoseSource source("ticking:1", std::make_unique<Ticking>());
  source.start();
  const Recorder recorder(source, file);
  std::this_thread::sleep_for(std::chrono::seconds(60));
  _exit(1);
}

double seconds_now() { return std::chrono::duration<double>(LiveClock::now().time_since_epoch()).count(); }

TEST(Recorder, AKillLosesAtMostHalfASecond) {
  const TempDir folder;
  const auto file = folder.path() / "killed.purlrec";
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) record_until_killed(file);
  const auto size = [&] {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(file, missing);
    return missing ? 0 : bytes;
  };
  const bool grew = wait_until([&] { return size() > 200'000; }, 30.0);
  const double killed = seconds_now();
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(grew);
  ASSERT_TRUE(WIFSIGNALED(status));

  const ClipPtr clip = read_clip(file);
  ASSERT_GT(clip->frames, 100U);
  const std::string bytes = test::read_text(file);
  // The time of the last frame lies in front of its only person, whose record ends the file.
  const std::size_t record = 2 + 1 + 1 + 1 + 25 * 13;
  double last = 0.0;
  std::memcpy(&last, bytes.data() + bytes.size() - record - sizeof(double), sizeof(double));
  EXPECT_GT(last, killed - 0.5);
  EXPECT_LE(last, killed + 0.5);
}

TEST(Recorder, KeepsEveryFrameOfAReplay) {
  const TempDir folder;
  const auto original = test::source_dir() / "resources/clips/throw.skeleton";
  const auto source = make_source("replay:" + original.string() + "?speed=10");
  Recorder recorder(*source, folder.path() / "live.purlrec");
  source->start();
  ASSERT_TRUE(wait_until([&] { return source->frames().closed(); }));
  recorder.stop();
  const ClipPtr before = read_clip(original);
  const ClipPtr after = read_clip(folder.path() / "live.purlrec");
  EXPECT_EQ(recorder.status().frames, before->frames);
  EXPECT_EQ(recorder.status().skipped, 0U);
  ASSERT_EQ(after->frames, before->frames);
  EXPECT_EQ(after->persons.at(0).joints, before->persons.at(0).joints);
  EXPECT_EQ(after->persons.at(0).state, before->persons.at(0).state);
  EXPECT_NEAR(after->times.back(), before->times.back(), 1e-9);
  EXPECT_TRUE(after->warnings.empty());
  EXPECT_THAT(after->tags.at("source"), HasSubstr("throw.skeleton"));
}

TEST(Recorder, WithoutFramesNoFileStays) {
  const TempDir folder;
  const auto source = make_source("replay:/nowhere/a.skeleton");
  {
    const Recorder recorder(*source, folder.path() / "none.purlrec");
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "none.purlrec"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "none.purlrec"));
}

TEST(Recorder, APlaceThatCannotBeWrittenIsNamed) {
  const auto source = make_source("replay:a.skeleton");
  EXPECT_THAT([&] { Recorder(*source, "/nowhere/a.purlrec"); },
              test::ThrowsError(Code::io, HasSubstr("/nowhere/a.purlrec")));
}

LiveFramePtr shared(double time, std::uint64_t sequence, const std::string& id, const std::string& layout = "ntu25") {
  LiveFrame frame = frame_at(time);
  frame.sequence = sequence;
  frame.persons[0].id = id;
  frame.layout = joint_layout(layout);
  frame.persons[0].joints.resize(frame.layout->size());
  frame.persons[0].state.resize(frame.layout->size());
  return std::make_shared<LiveFrame>(frame);
}

TEST(LiveWindow, TakesTheFramesOfTheNewestLayout) {
  const ClipPtr clip = live_clip(
      {shared(1.0, 1, "a", "kinect20"), shared(2.0, 2, "a"), shared(2.5, 3, "b"), shared(3.0, 4, "a")}, "live");
  ASSERT_EQ(clip->frames, 3U);
  EXPECT_EQ(clip->times, (std::vector<double>{0.0, 0.5, 1.0}));
  ASSERT_EQ(clip->persons.size(), 2U);
  EXPECT_EQ(clip->persons[1].id, "b");
  EXPECT_TRUE(clip->absent(1, 0));
  EXPECT_FALSE(clip->absent(1, 1));
  EXPECT_TRUE(clip->absent(0, 1));
  EXPECT_EQ(clip->persons[0].joints[2 * 25 + 3], (Vec3{3.0F, 3.0F, 2.0F}));
  EXPECT_EQ(live_clip({}, "live"), nullptr);
}

TEST(LiveWindow, ASenderThatNamesEachPoseAnewDoesNotFillTheMemory) {
  std::vector<LiveFramePtr> frames;
  for (int i = 0; i < 100; ++i) frames.push_back(shared(i / 30.0, i + 1, std::to_string(i)));
  const ClipPtr clip = live_clip(frames, "live");
  EXPECT_EQ(clip->frames, 100U);
  ASSERT_EQ(clip->persons.size(), kMostLivePersons);
  EXPECT_EQ(clip->persons.front().id, std::to_string(100 - kMostLivePersons));
  EXPECT_EQ(clip->persons.back().id, "99");
}

TEST(PersonNumbers, FollowTheOrderOfAppearance) {
  PersonNumbers numbers;
  numbers.see(*shared(0.0, 1, "late"));
  numbers.see(*shared(0.0, 2, "early"));
  numbers.see(*shared(0.0, 3, "late"));
  EXPECT_EQ(numbers.number("late"), 0);
  EXPECT_EQ(numbers.number("early"), 1);
  EXPECT_EQ(numbers.number("nobody"), -1);
  EXPECT_EQ(numbers.id(1), "early");
  EXPECT_EQ(numbers.id(2), "");
}

}  // namespace
}  // namespace purlscope::core
