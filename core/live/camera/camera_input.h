#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/live/camera/pose_helper.h"
#include "core/live/persons/body_placer.h"
#include "core/live/pose_source.h"
#include "core/live/source_uri.h"

namespace purlscope::core {

/// A camera or a video file as a source of poses.
struct CameraOptions {
  std::string name;                                     ///< "camera 0", "walk.mp4"
  std::function<std::unique_ptr<VideoCapture>()> open;  ///< opens it, also again when it was lost
  bool is_file = false;                                 ///< it has an end, and time stamps to be followed
  double speed = 1.0;                                   ///< of a file; 0 = as fast as can be, no picture left out
  BodyPlacing placing;
  PoseHelperOptions helper;
};

/// Pictures of a camera or a video, poses from the helper process, one person in layout mediapipe33. Pictures wait
/// until the helper is ready. The newest picture wins where the helper is slower; only a file at speed 0 waits for it.
/// A camera that is lost is opened again with growing pauses.
class CameraInput final : public LiveInput {
 public:
  explicit CameraInput(CameraOptions options);

  void run(LiveOutput& out, std::stop_token stop) override;

 private:
  class Capturing;

  CameraOptions options_;
};

/// "camera:0" or "camera:/dev/video0"; options `mirror` (1 for a picture that is a mirror image) and `tilt` (auto, or
/// degrees by which the camera looks down). @throws Error{Code::bad_argument}
std::unique_ptr<LiveInput> make_camera(const SourceUri& uri);

/// "video:FILE"; options as above and `speed` (0.01 to 1000, default 1; 0 = as fast as can be).
/// @throws Error{Code::bad_argument}
std::unique_ptr<LiveInput> make_video(const SourceUri& uri);

}  // namespace purlscope::core
