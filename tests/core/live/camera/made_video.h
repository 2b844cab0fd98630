#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/live/camera/camera_input.h"
#include "tests/core/live/support.h"
#include "tests/support/source_dir.h"

namespace purlscope::test {

/// A video of `count` small pictures at 30 a second; all bytes of picture n (from 1) are n, which the fake helper
/// checks.
class MadeVideo final : public core::VideoCapture {
 public:
  explicit MadeVideo(int count) : count_(count) {}
  bool read(core::Picture& picture) override {
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

inline std::vector<std::string> fake_helper(const std::string& fault) {
  return {"python3", "-I", (source_dir() / "tests/core/live/camera/fake_pose_helper.py").string(), fault};
}

inline core::CameraOptions video_of(int pictures, const std::string& fault) {
  core::CameraOptions options;
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

inline std::unique_ptr<core::PoseSource> start(core::CameraOptions options) {
  auto source = std::make_unique<core::PoseSource>("made", std::make_unique<core::CameraInput>(std::move(options)));
  source->start();
  return source;
}

/// Runs to the end. @return null when it has not come within a minute
inline std::unique_ptr<core::PoseSource> run(core::CameraOptions options) {
  auto source = start(std::move(options));
  return wait_until([&] { return source->frames().closed(); }, 60.0) ? std::move(source) : nullptr;
}

}  // namespace purlscope::test
