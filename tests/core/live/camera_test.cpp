#include "core/live/camera_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "core/live/make_source.h"
#include "tests/core/live/support.h"
#include "tests/support/shared.h"
#include "tests/support/source_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using test::wait_until;
using testing::AllOf;
using testing::HasSubstr;

/// A video of `count` small pictures at 30 a second; all bytes of picture n (from 1) are n, which the fake helper
/// checks.
class MadeVideo final : public VideoCapture {
 public:
  explicit MadeVideo(int count) : count_(count) {}
  bool read(Picture& picture) override {
    if (given_ == count_) return false;
    picture.width = 64;
    picture.height = 48;
    picture.time = given_ / 30.0;
    picture.rgb.assign(std::size_t{64} * 48 * 3, static_cast<std::uint8_t>(++given_));
    return true;
  }

 private:
  int count_;
  int given_ = 0;
};

std::vector<std::string> fake_helper(const std::string& fault) {
  return {"python3", "-I", (test::source_dir() / "tests/core/live/fake_pose_helper.py").string(), fault};
}

CameraOptions video_of(int pictures, const std::string& fault) {
  CameraOptions options;
  options.name = "made video";
  options.open = [pictures] { return std::make_unique<MadeVideo>(pictures); };
  options.is_file = true;
  options.speed = 0.0;
  options.helper.command = fake_helper(fault);
  options.helper.shortest_pause = 0.01;
  options.helper.longest_pause = 0.02;
  options.helper.longest_answer = 1.0;
  return options;
}

std::unique_ptr<PoseSource> start(CameraOptions options) {
  auto source = std::make_unique<PoseSource>("made", std::make_unique<CameraInput>(std::move(options)));
  source->start();
  return source;
}

/// Runs to the end. @return null when it has not come within a minute
std::unique_ptr<PoseSource> run(CameraOptions options) {
  auto source = start(std::move(options));
  return wait_until([&] { return source->frames().closed(); }, 60.0) ? std::move(source) : nullptr;
}

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

TEST(ChildProcess, TalksThroughItsStreams) {
  ChildProcess child({"sh", "-c", "read line; echo \"got $line\"; echo trouble >&2; exit 5"});
  const std::string line = "it\n";
  EXPECT_EQ(child.write(std::as_bytes(std::span(line))), line.size());
  std::string out;
  std::string err;
  ASSERT_TRUE(wait_until([&] { return !child.read_output(out); }));
  ASSERT_TRUE(wait_until([&] { return !child.read_errors(err); }));
  EXPECT_EQ(out, "got it\n");
  EXPECT_EQ(err, "trouble\n");
  EXPECT_EQ(child.end(), "exit code 5");
}

TEST(ChildProcess, InheritsNoOtherOfOurFiles) {
  const int ours = dup2(STDERR_FILENO, 90);  // as a socket that is not closed on exec
  ASSERT_EQ(ours, 90);
  ChildProcess child({"sh", "-c", "if [ -e /proc/self/fd/90 ]; then echo open; else echo closed; fi"});
  std::string out;
  ASSERT_TRUE(wait_until([&] { return !child.read_output(out); }));
  EXPECT_EQ(out, "closed\n");
  close(ours);
}

TEST(ChildProcess, WritingToADeadOneIsNoSignal) {
  ChildProcess child({"true"});
  std::string out;
  ASSERT_TRUE(wait_until([&] { return !child.read_output(out); }));
  const std::vector<std::byte> many(1 << 20);
  for (int i = 0; i < 4; ++i) child.write(many);
  EXPECT_EQ(child.end(), "exit code 0");
}

TEST(ChildProcess, OneThatWillNotGoIsKilledAndLeavesNoZombie) {
  pid_t id = 0;
  const LiveTime begin = LiveClock::now();
  {
    ChildProcess child({"sh", "-c", "trap '' TERM INT HUP; echo up; while :; do sleep 1; done"});
    id = child.id();
    std::string out;
    ASSERT_TRUE(wait_until([&] { return child.read_output(out) && out == "up\n"; }));
  }
  EXPECT_LT(seconds_between(begin, LiveClock::now()), 5.0);
  EXPECT_EQ(waitpid(id, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(ChildProcess, NamesAProgramThatIsNotThere) {
  EXPECT_THAT([] { ChildProcess({"/nowhere/python"}); },
              ThrowsError(Code::io, AllOf(HasSubstr("/nowhere/python"), HasSubstr("No such file"))));
}

TEST(PictureQueue, TheNewestReplacesThoseThatWait) {
  PictureQueue queue;
  Picture picture;
  EXPECT_EQ(queue.put_newest(picture), 0U);
  picture.time = 1.0;
  EXPECT_EQ(queue.put_newest(picture), 1U);
  const auto taken = queue.take();
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->time, 1.0);
  EXPECT_FALSE(queue.take().has_value());
  EXPECT_FALSE(queue.finished());
  queue.close();
  EXPECT_TRUE(queue.finished());
}

TEST(PictureQueue, AFullOneWaitsAndAStopRequestEndsTheWait) {
  PictureQueue queue;
  std::stop_source stop;
  ASSERT_TRUE(queue.put({}, stop.get_token()));
  ASSERT_TRUE(queue.put({}, stop.get_token()));
  std::jthread later([&] { stop.request_stop(); });
  EXPECT_FALSE(queue.put({}, stop.get_token()));
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

TEST(VideoCapture, NamesFilesThatAreNoVideos) {
  EXPECT_THAT([] { open_video("/nowhere/a.mp4"); }, ThrowsError(Code::not_found, HasSubstr("/nowhere/a.mp4")));
  EXPECT_THAT([] { open_video(test::source_dir()); }, ThrowsError(Code::not_found, HasSubstr("is no file")));
  EXPECT_THAT([] { open_video(test::source_dir() / "README.md"); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("README.md"), HasSubstr("MP4"))));
}

TEST(VideoCaptureData, ReadsPicturesWithTheirTimeStamps) {
  PURLSCOPE_NEEDS_SHARED();
  const auto video = open_video(test::shared_dir() / "data/videos/basketball.mp4");
  std::size_t count = 0;
  double last = 0.0;
  for (Picture picture; video->read(picture); ++count) {
    ASSERT_EQ(picture.width, 426);
    ASSERT_EQ(picture.height, 240);
    ASSERT_EQ(picture.rgb.size(), 426U * 240U * 3U);
    if (count > 0) {
      EXPECT_NEAR(picture.time - last, 1.0 / 29.97, 1e-3);
    }
    last = picture.time;
  }
  EXPECT_EQ(count, 300U);
}

/// Why the tests with the real helper cannot run here. Empty = they can.
std::string reason_without_mediapipe() {
  PictureQueue pictures;
  pictures.close();
  struct Silent final : LiveOutput {
    void publish(LiveFrame) override {}
    void count_bad(const std::string&) override {}
    void count_dropped(std::uint64_t) override {}
    void count_reconnect() override {}
    void set_state(SourceState, std::string) override {}
    void set_error(std::string) override {}
  } silent;
  try {
    PoseHelper({}, pictures, silent, [](const Picture&, const std::optional<PoseLandmarks>&) {}).run({});
  } catch (const Error& error) {
    if (error.code() == Code::unsupported) return error.what();
    throw;
  }
  return {};
}

/// Sets the deadline generously: the machine may be busy.
CameraOptions real_video(const std::filesystem::path& file) {
  CameraOptions options;
  options.name = file.string();
  options.open = [file] { return open_video(file); };
  options.is_file = true;
  options.speed = 0.0;
  options.helper.longest_answer = 60.0;
  return options;
}

constexpr const char* kVideo = "S001C001P001R001A001_rgb";

/// The world landmarks of ../data/mediapipe-landmarks: [T][33], not finite where nobody was found.
/// Read by the Python and NumPy that the pose network brought.
std::vector<std::array<Vec3, 33>> reference_landmarks() {
  const std::vector<std::string> helper = pose_helper_command();
  const auto file = test::shared_dir() / "data/mediapipe-landmarks" / (std::string(kVideo) + ".npz");
  const std::string code =
      "import sys, glob\n"
      "for parts in sys.argv[2:]: sys.path[:0] = glob.glob(parts + '/camera-*')\n"
      "import numpy\n"
      "sys.stdout.buffer.write(numpy.load(sys.argv[1])['world'][:, :, :3].astype('<f4').tobytes())\n";
  std::vector<std::string> command = {helper[0], "-I", "-c", code, file.string()};
  for (std::size_t i = 0; i + 1 < helper.size(); ++i) {
    if (helper[i] == "--parts") command.push_back(helper[i + 1]);
  }
  ChildProcess child(command);
  std::string bytes;
  EXPECT_TRUE(wait_until([&] { return !child.read_output(bytes); }, 60.0));
  std::vector<std::array<Vec3, 33>> landmarks(bytes.size() / sizeof(std::array<Vec3, 33>));
  std::memcpy(landmarks.data(), bytes.data(), landmarks.size() * sizeof(std::array<Vec3, 33>));
  return landmarks;
}

TEST(CameraSlow, LandmarksAgreeWithThoseOfMediaPipesOwnProgram) {
  PURLSCOPE_NEEDS_SHARED();
  if (const std::string reason = reason_without_mediapipe(); !reason.empty()) GTEST_SKIP() << reason;
  const auto reference = reference_landmarks();
  ASSERT_EQ(reference.size(), 103U);
  struct Counts final : LiveOutput {
    void publish(LiveFrame) override {}
    void count_bad(const std::string& why) override { ADD_FAILURE() << why; }
    void count_dropped(std::uint64_t) override { ADD_FAILURE() << "a picture was left out"; }
    void count_reconnect() override { ADD_FAILURE() << "the helper failed"; }
    void set_state(SourceState, std::string) override {}
    void set_error(std::string) override {}
  } counts;
  PictureQueue pictures;
  std::jthread capturing([&](const std::stop_token& stop) {
    const auto video = open_video(test::shared_dir() / "data/videos" / (std::string(kVideo) + ".avi"));
    for (Picture picture; video->read(picture); picture = {}) {
      if (!pictures.put(std::move(picture), stop)) return;
    }
    pictures.close();
  });
  double sum = 0.0;
  double worst = 0.0;
  std::size_t frame = 0;
  std::size_t compared = 0;
  LiveTime first;
  LiveTime last;
  PoseHelperOptions options;
  options.keep_all = true;
  options.longest_answer = 60.0;
  PoseHelper(options, pictures, counts, [&](const Picture&, const std::optional<PoseLandmarks>& pose) {
    if (frame == 1) first = LiveClock::now();  // the first one waits for the network's first run
    last = LiveClock::now();
    const bool found = std::isfinite(reference[frame][0][0]);
    EXPECT_EQ(pose.has_value(), found) << "frame " << frame;
    if (pose && found) {
      for (std::size_t j = 0; j < 33; ++j, ++compared) {
        const Vec3& a = pose->world[j];
        const Vec3& b = reference[frame][j];
        const double away = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        sum += away;
        worst = std::max(worst, away);
      }
    }
    ++frame;
  }).run({});
  ASSERT_EQ(frame, 103U);
  ASSERT_GT(compared, 100U * 33U);
  std::printf("mean difference %.5f cm, worst %.5f cm, %.1f pictures a second\n",
              100.0 * sum / static_cast<double>(compared), 100.0 * worst, 101.0 / seconds_between(first, last));
  EXPECT_LT(sum / static_cast<double>(compared), 0.01);
}

double length(const LivePerson& person, const JointLayout& layout, const char* from, const char* to) {
  const Vec3& a = person.joints[static_cast<std::size_t>(layout.joint(from))];
  const Vec3& b = person.joints[static_cast<std::size_t>(layout.joint(to))];
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

TEST(CameraSlow, AWomanWhoDrinksStandsUprightWithHerLeftAtTheLeft) {
  PURLSCOPE_NEEDS_SHARED();
  if (const std::string reason = reason_without_mediapipe(); !reason.empty()) GTEST_SKIP() << reason;
  const auto source = run(real_video(test::shared_dir() / "data/videos" / (std::string(kVideo) + ".avi")));
  ASSERT_TRUE(source);
  const SourceStatus status = source->status();
  EXPECT_EQ(status.received, 103U) << status.text;
  EXPECT_EQ(status.bad + status.dropped + status.reconnects, 0U);
  const auto frames = source->frames().after(0);
  double lean = 0.0;
  std::size_t seen = 0;
  for (const LiveFramePtr& frame : frames) {
    if (frame->persons.empty()) continue;
    ++seen;
    const LivePerson& person = frame->persons[0];
    const JointLayout& layout = *frame->layout;
    const auto at = [&](const char* name) { return person.joints[static_cast<std::size_t>(layout.joint(name))]; };
    EXPECT_EQ(person.id, "1");
    EXPECT_GT(at("nose")[1], at("left hip")[1] + 0.3F);
    EXPECT_GT(at("left hip")[1], at("left ankle")[1] + 0.5F);
    EXPECT_LT(at("left shoulder")[0], at("right shoulder")[0]);  // she faces the camera: x goes to her right
    EXPECT_LT(at("left hip")[0], at("right hip")[0]);
    EXPECT_LT(at("nose")[2], at("left ear")[2]);
    const double up = at("left shoulder")[1] + at("right shoulder")[1] - at("left ankle")[1] - at("right ankle")[1];
    const double away = at("left shoulder")[2] + at("right shoulder")[2] - at("left ankle")[2] - at("right ankle")[2];
    lean += std::atan2(away, up) * 180.0 / 3.14159265358979;
    for (const auto& [from, to, least, most] :
         {std::tuple("left shoulder", "left elbow", 0.15, 0.40), std::tuple("left hip", "left knee", 0.28, 0.55),
          std::tuple("left knee", "left ankle", 0.25, 0.55),
          std::tuple("left shoulder", "right shoulder", 0.2, 0.45)}) {
      EXPECT_THAT(length(person, layout, from, to), AllOf(testing::Gt(least), testing::Lt(most))) << from << " " << to;
    }
  }
  ASSERT_GT(seen, 95U);
  lean /= static_cast<double>(seen);
  std::printf("%zu of 103 pictures count, mean lean %.2f degrees\n", seen, lean);
  EXPECT_LT(std::abs(lean), 2.0);
}

}  // namespace
}  // namespace purlscope::core
