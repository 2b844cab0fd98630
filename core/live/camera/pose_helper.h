#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/live/camera/child_process.h"
#include "core/live/camera/picture_queue.h"
#include "core/live/parser/mediapipe.h"
#include "core/live/pose_source.h"

namespace purlscope::core {

/// How the pose helper is run.
struct PoseHelperOptions {
  std::vector<std::string>
      command;                   ///< empty = tools/pose_sidecar.py with the system's Python, see pose_helper_command()
  bool keep_all = false;         ///< pictures that a fault left without an answer are sent again
  double longest_start = 60.0;   ///< seconds until it must be ready: its libraries come from a cold disk
  double longest_answer = 5.0;   ///< seconds without an answer after which it hangs
  double shortest_pause = 0.25;  ///< seconds before it is started again; doubles with each fault in a row
  double longest_pause = 5.0;    ///< seconds
  int most_faults = 6;           ///< in a row, without one answer between them: then it is given up
};

/// The command of the helper that lies beside the program: $PURLSCOPE_PYTHON, else /usr/bin/python3, the Python for
/// which `run.sh --with-camera` installs.
std::vector<std::string> pose_helper_command();

/// The folders in which the helper looks for MediaPipe, in their order.
std::vector<std::filesystem::path> pose_helper_parts();

/// Sends pictures to a helper process and brings back what it finds. A helper that crashes, hangs or talks nonsense is
/// ended and started again with growing pauses. At most kInFlight pictures are with it. Thread: one.
class PoseHelper {
 public:
  static constexpr std::size_t kInFlight = 2;  ///< one that it works on, one on the way

  /// Called for each answered picture, in their order. Empty pose = nobody was found.
  using OnPose = std::function<void(const Picture& picture, const std::optional<PoseLandmarks>& pose)>;

  PoseHelper(PoseHelperOptions options, PictureQueue& pictures, LiveOutput& out, OnPose on_pose);

  /// Until all pictures are answered or the stop request; the helper has ended then. Opens the queue when the helper
  /// is ready for the first time.
  /// @throws Error{Code::unsupported} when the helper says that it cannot work, Error{Code::io} when it was given up;
  /// and what the queue was closed with
  void run(const std::stop_token& stop);

 private:
  struct Sent {
    Picture picture;
    std::uint64_t number = 0;
    int tries = 1;
  };
  class Life;

  std::optional<Sent> next();
  void take_back(std::deque<Sent> unanswered);

  PoseHelperOptions options_;
  PictureQueue& pictures_;
  LiveOutput& out_;
  OnPose on_pose_;
  std::deque<Sent> again_;  ///< to be sent again, in front of those of the queue
  std::uint64_t numbers_ = 0;
};

}  // namespace purlscope::core
