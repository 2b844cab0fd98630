#include "core/live/camera/camera_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <thread>

#include "core/base/error.h"
#include "core/live/playback.h"

namespace purlscope::core {
namespace {

constexpr double kShortestPause = 0.25;  // seconds
constexpr double kLongestPause = 5.0;    // seconds
constexpr int kLastCamera = 63;
constexpr double kSteepestTilt = 90.0;  // degrees

BodyPlacing placing_of(const SourceUri& uri) {
  BodyPlacing placing;
  placing.mirror = uri.number("mirror", 0.0, 0.0, 1.0) != 0.0;
  const auto tilt = uri.options.find("tilt");
  if (tilt != uri.options.end() && tilt->second != "auto") {
    placing.tilt = uri.number("tilt", 0.0, -kSteepestTilt, kSteepestTilt);
  }
  return placing;
}

int camera_number(const SourceUri& uri) {
  std::string_view digits = uri.place;
  if (constexpr std::string_view kDevice = "/dev/video"; digits.starts_with(kDevice)) {
    digits.remove_prefix(kDevice.size());
  }
  int number = -1;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failure == std::errc() && end == digits.data() + digits.size() && number >= 0 && number <= kLastCamera) {
    return number;
  }
  throw Error(Code::bad_argument,
              fmt::format("source '{}': expected the number of a camera, for example camera:0", uri.text));
}

}  // namespace

CameraInput::CameraInput(CameraOptions options) : options_(std::move(options)) {
  options_.helper.keep_all = options_.is_file && options_.speed == 0.0;
}

/// What the capturing thread does.
class CameraInput::Capturing {
 public:
  Capturing(const CameraOptions& options, PictureQueue& pictures, LiveOutput& out, std::stop_token stop)
      : options_(options), pictures_(pictures), out_(out), stop_(std::move(stop)) {}

  /// Reads until the end, the stop request or a fault, and closes the queue with it.
  void run() {
    std::exception_ptr fault;
    try {
      read_all();
    } catch (...) {
      fault = std::current_exception();
    }
    pictures_.close(fault);
  }

 private:
  void read_all() {
    if (!pictures_.wait_until_open(stop_)) return;
    std::unique_ptr<VideoCapture> device = options_.open();
    out_.set_state(SourceState::waiting, options_.name + ": nobody in view yet");
    begin_ = LiveClock::now();
    while (device) {
      read(*device);
      device.reset();
      if (!options_.is_file) device = open_again();
    }
  }

  void read(VideoCapture& device) {
    for (Picture picture; !stop_.stop_requested() && device.read(picture); picture = {}) {
      picture.taken = LiveClock::now();
      if (!options_.is_file) picture.time = seconds_between(begin_, picture.taken);
      if (options_.is_file && options_.speed > 0.0) {
        picture.taken = begin_ + live_seconds(picture.time / options_.speed);
        if (!sleep_until(picture.taken, stop_)) return;
      }
      if (options_.helper.keep_all) {
        if (!pictures_.put(std::move(picture), stop_)) return;
      } else if (const std::uint64_t replaced = pictures_.put_newest(std::move(picture)); replaced > 0) {
        out_.count_dropped(replaced);
      }
    }
  }

  /// Tries until it is there. @return null when asked to stop
  std::unique_ptr<VideoCapture> open_again() {
    for (double rest = kShortestPause;; rest = std::min(2.0 * rest, kLongestPause)) {
      if (stop_.stop_requested()) return nullptr;
      out_.set_state(SourceState::connecting,
                     fmt::format("{} is lost; opening it again in {:.2g} s", options_.name, rest));
      if (!sleep_until(LiveClock::now() + live_seconds(rest), stop_)) return nullptr;
      try {
        std::unique_ptr<VideoCapture> device = options_.open();
        out_.count_reconnect();
        out_.set_state(SourceState::waiting, options_.name + ": opened again");
        return device;
      } catch (const Error& error) {
        out_.set_error(error.what());
      }
    }
  }

  const CameraOptions& options_;
  PictureQueue& pictures_;
  LiveOutput& out_;
  const std::stop_token stop_;
  LiveTime begin_;
};

void CameraInput::run(LiveOutput& out, std::stop_token stop) {
  out.set_state(SourceState::opening, options_.name + ": starting the pose helper");
  PictureQueue pictures;
  BodyPlacer placer(options_.placing);
  const auto layout = joint_layout("mediapipe33");
  const auto publish = [&](const Picture& picture, const std::optional<PoseLandmarks>& pose) {
    LiveFrame frame;
    frame.layout = layout;
    frame.time = picture.time;
    frame.taken = picture.taken;
    frame.reduced_accuracy = true;
    if (pose) {
      if (std::optional<LivePerson> person = placer.place(*pose, picture.time)) {
        frame.persons.push_back(std::move(*person));
      }
    }
    out.publish(std::move(frame));
  };
  PoseHelper helper(options_.helper, pictures, out, publish);
  // Ends with this function, whatever ends it; its own token, because a fault of the helper ends it too.
  std::jthread capturing([&](const std::stop_token& own) { Capturing(options_, pictures, out, own).run(); });
  const std::stop_callback pass_on(stop, [&] { capturing.request_stop(); });
  helper.run(stop);
  if (!stop.stop_requested()) out.set_state(SourceState::ended, "end of " + options_.name);
}

std::unique_ptr<LiveInput> make_camera(const SourceUri& uri) {
  uri.require_options({"mirror", "tilt"});
  CameraOptions options;
  const int number = camera_number(uri);
  options.name = fmt::format("camera {}", number);
  options.open = [number] { return open_camera(number); };
  options.placing = placing_of(uri);
  return std::make_unique<CameraInput>(std::move(options));
}

std::unique_ptr<LiveInput> make_video(const SourceUri& uri) {
  uri.require_options({"mirror", "tilt", "speed"});
  CameraOptions options;
  options.name = uri.place;
  options.open = [file = std::filesystem::path(uri.place)] { return open_video(file); };
  options.is_file = true;
  options.speed = uri.number("speed", 1.0, 0.0, kFastestSpeed);
  if (options.speed != 0.0) options.speed = stated_speed(uri);
  options.placing = placing_of(uri);
  return std::make_unique<CameraInput>(std::move(options));
}

}  // namespace purlscope::core
