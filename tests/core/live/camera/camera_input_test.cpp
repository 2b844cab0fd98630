#include "core/live/camera/camera_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "core/live/make_source.h"
#include "tests/core/live/camera/made_video.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::MadeVideo;
using test::run;
using test::start;
using test::ThrowsError;
using test::video_of;
using test::wait_until;
using testing::AllOf;
using testing::HasSubstr;

/// Every picture's time, once and in order.
void expect_all_pictures(const PoseSource& source, std::size_t count) {
  const auto frames = source.frames().after(0);
  ASSERT_EQ(frames.size(), count);
  for (std::size_t t = 0; t < count; ++t) {
    EXPECT_NEAR(frames[t]->time, static_cast<double>(t) / 30.0, 1e-9);
    ASSERT_EQ(frames[t]->persons.size(), 1U);
    EXPECT_EQ(frames[t]->layout->id, "mediapipe33");
    EXPECT_TRUE(frames[t]->reduced_accuracy);
  }
}

TEST(CameraInput, AVideoAtFullSpeedLosesNoPicture) {
  const auto source = run(video_of(40, "none"));
  ASSERT_TRUE(source);
  expect_all_pictures(*source, 40);
  const SourceStatus status = source->status();
  EXPECT_EQ(status.state, SourceState::ended);
  EXPECT_EQ(status.dropped, 0U);
  EXPECT_EQ(status.bad, 0U);
  EXPECT_EQ(status.reconnects, 0U);
}

TEST(CameraInput, AVideoIsPacedByItsTimeStamps) {
  CameraOptions options = video_of(16, "none");
  options.speed = 2.0;
  const auto source = run(std::move(options));
  ASSERT_TRUE(source);
  const auto frames = source->frames().after(0);
  ASSERT_GT(frames.size(), 1U);
  const LiveFrame& first = *frames.front();
  const LiveFrame& last = *frames.back();
  EXPECT_EQ(frames.size() + source->status().dropped, 16U);
  EXPECT_NEAR(seconds_between(first.taken, last.taken) * 2.0, last.time - first.time, 1e-6);
  for (const LiveFramePtr& frame : frames) EXPECT_GE(frame->received, frame->taken);
}

TEST(CameraInput, ACrashCostsAVideoNothing) {
  const auto source = run(video_of(10, "crash-each-life"));
  ASSERT_TRUE(source);
  expect_all_pictures(*source, 10);
  const SourceStatus status = source->status();
  EXPECT_EQ(status.reconnects, 3U);  // after 3, 6 and 9 answers
  EXPECT_EQ(status.dropped, 0U);
  EXPECT_THAT(status.last_error, AllOf(HasSubstr("signal 11"), HasSubstr("boom")));
}

TEST(CameraInput, APictureAtWhichTheHelperAlwaysCrashesIsLeftOut) {
  const auto source = run(video_of(10, "crash-at-4"));
  ASSERT_TRUE(source);
  const SourceStatus status = source->status();
  EXPECT_EQ(status.received, 9U);
  EXPECT_EQ(status.dropped, 1U);
  EXPECT_EQ(status.reconnects, 2U);
}

TEST(CameraInput, AHelperThatHangsIsStartedAgain) {
  const auto source = run(video_of(5, "stall-each-life"));
  ASSERT_TRUE(source);
  expect_all_pictures(*source, 5);
  EXPECT_EQ(source->status().reconnects, 1U);
  EXPECT_THAT(source->status().last_error, HasSubstr("no answer for 1"));
}

TEST(CameraInput, AHelperThatTalksNonsenseIsStartedAgain) {
  const auto source = run(video_of(5, "garbage-each-life"));
  ASSERT_TRUE(source);
  expect_all_pictures(*source, 5);
  const SourceStatus status = source->status();
  EXPECT_EQ(status.reconnects, 1U);
  EXPECT_EQ(status.bad, 1U);
  EXPECT_THAT(status.first_bad, HasSubstr("no JSON object"));
}

TEST(CameraInput, AHelperThatNeverWorksIsGivenUp) {
  const std::vector<std::pair<std::string, std::string>> cases = {{"dies-at-once", "no such library"},
                                                                  {"endless-line", "nonsense"},
                                                                  {"wrong-number", "nonsense"},
                                                                  {"never-ready", "not ready"}};
  for (const auto& [fault, words] : cases) {
    CameraOptions options = video_of(5, fault);
    options.helper.most_faults = 2;
    options.helper.longest_start = fault == "never-ready" ? 0.2 : 30.0;
    const auto source = run(std::move(options));
    ASSERT_TRUE(source) << fault;
    EXPECT_EQ(source->status().state, SourceState::failed) << fault;
    EXPECT_EQ(source->status().received, 0U) << fault;
    EXPECT_EQ(source->status().reconnects, 1U) << fault;
    EXPECT_THAT(source->status().text, AllOf(HasSubstr(words), HasSubstr("2 times in a row"))) << fault;
  }
}

TEST(CameraInput, AHelperWithoutMediaPipeFailsAtOnceAndTheCameraStaysOff) {
  std::atomic<int> opened = 0;
  CameraOptions options = video_of(5, "not-installed");
  options.open = [&] {
    ++opened;
    return std::make_unique<MadeVideo>(5);
  };
  const auto source = run(std::move(options));
  ASSERT_TRUE(source);
  EXPECT_EQ(source->status().state, SourceState::failed);
  EXPECT_EQ(source->status().text, "MediaPipe is not installed here");
  EXPECT_EQ(source->status().reconnects, 0U);
  EXPECT_EQ(opened, 0);
}

TEST(CameraInput, WithoutThePoseNetworkItSaysWhatToRun) {
  CameraOptions options = video_of(5, "");
  options.helper.command = {"python3", "-I", (test::source_dir() / "tools/pose_sidecar.py").string(), "--parts",
                            "/nowhere"};
  const auto source = run(std::move(options));
  ASSERT_TRUE(source);
  EXPECT_EQ(source->status().state, SourceState::failed);
  EXPECT_THAT(source->status().text, AllOf(HasSubstr("MediaPipe is not installed"), HasSubstr("/nowhere/camera-"),
                                           HasSubstr("./run.sh --with-camera")));
}

TEST(CameraInput, APictureThatFailsIsCountedAndTheOthersGoOn) {
  const auto source = run(video_of(5, "picture-fails"));
  ASSERT_TRUE(source);
  EXPECT_EQ(source->status().received, 4U);
  EXPECT_EQ(source->status().bad, 1U);
  EXPECT_EQ(source->status().reconnects, 0U);
  EXPECT_THAT(source->status().first_bad, HasSubstr("strange picture"));
}

TEST(CameraInput, PicturesWithNobodyAreFramesWithoutPersons) {
  const auto source = run(video_of(5, "nobody"));
  ASSERT_TRUE(source);
  const auto frames = source->frames().after(0);
  ASSERT_EQ(frames.size(), 5U);
  for (const LiveFramePtr& frame : frames) EXPECT_TRUE(frame->persons.empty());
}

TEST(CameraInput, ACameraThatIsLostIsOpenedAgain) {
  std::atomic<int> opened = 0;
  CameraOptions options = video_of(0, "none");
  options.is_file = false;
  options.speed = 1.0;
  options.open = [&]() -> std::unique_ptr<VideoCapture> {
    if (++opened == 2) throw Error(Code::not_found, "the made camera is unplugged");
    return std::make_unique<MadeVideo>(1);
  };
  const auto source = start(std::move(options));
  EXPECT_TRUE(wait_until([&] { return source->status().reconnects >= 1; }, 30.0));
  EXPECT_GE(opened, 3);
  EXPECT_THAT(source->status().last_error, HasSubstr("unplugged"));
  EXPECT_GE(source->status().received + source->status().dropped, 1U);
}

TEST(CameraInput, ACameraThatCannotBeOpenedFails) {
  CameraOptions options = video_of(0, "none");
  options.is_file = false;
  options.open = []() -> std::unique_ptr<VideoCapture> { throw Error(Code::not_found, "no made camera"); };
  const auto source = run(std::move(options));
  ASSERT_TRUE(source);
  EXPECT_EQ(source->status().state, SourceState::failed);
  EXPECT_EQ(source->status().text, "no made camera");
}

TEST(CameraInput, StopsWithinTwoSecondsWhateverTheHelperDoes) {
  for (const char* fault : {"none", "stall-each-life", "never-ready", "endless-line"}) {
    CameraOptions options = video_of(1000000, fault);
    options.helper.longest_answer = 1000.0;
    const auto source = start(std::move(options));
    if (std::string(fault) == "stall-each-life") {
      ASSERT_TRUE(wait_until([&] { return source->status().received == 3; }, 30.0));
    }
    const LiveTime begin = LiveClock::now();
    source->stop();
    EXPECT_LT(seconds_between(begin, LiveClock::now()), 2.0) << fault;
    EXPECT_EQ(source->status().state, SourceState::ended) << fault;
  }
}

TEST(CameraSource, AddressesAreChecked) {
  EXPECT_THAT([] { make_source("camera:front"); }, ThrowsError(Code::bad_argument, HasSubstr("camera:0")));
  EXPECT_THAT([] { make_source("camera:0?mirror=2"); }, ThrowsError(Code::bad_argument, HasSubstr("mirror is '2'")));
  EXPECT_THAT([] { make_source("camera:0?speed=2"); }, ThrowsError(Code::bad_argument, HasSubstr("no option 'speed'")));
  EXPECT_THAT([] { make_source("camera:0?tilt=up"); }, ThrowsError(Code::bad_argument, HasSubstr("tilt is 'up'")));
  EXPECT_THAT([] { make_source("video:a.mp4?speed=0.001"); }, ThrowsError(Code::bad_argument, HasSubstr("from 0.01")));
  for (const char* good : {"camera:0", "camera:/dev/video1?mirror=1&tilt=-12.5", "video:a.mp4?speed=0&tilt=auto"}) {
    EXPECT_EQ(make_source(good)->status().state, SourceState::idle) << good;
  }
}

}  // namespace
}  // namespace purlscope::core
