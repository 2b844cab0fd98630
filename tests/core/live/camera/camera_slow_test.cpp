#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <tuple>

#include "core/base/error.h"
#include "core/live/camera/camera_input.h"
#include "tests/core/live/camera/made_video.h"
#include "tests/support/shared.h"

namespace purlscope::core {
namespace {

using test::run;
using test::wait_until;
using testing::AllOf;

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
