#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// One performer as the model sees it.
struct WindowPerson {
  std::string id;
  std::vector<Vec3> joints;       ///< [T, J] metres, y up, in the window's layout
  std::vector<JointState> state;  ///< [T, J]
};

/// What the model saw: the performers of a stretch of a clip, retargeted to the model's layout and resampled by
/// time stamps to an even rate. Kept with every recognition for the Input check.
struct Window {
  std::shared_ptr<const JointLayout> layout;
  double fps = 30.0;
  std::size_t frames = 0;                    ///< T after resampling
  double begin = 0.0;                        ///< of the stretch asked for, seconds of the source clip
  double end = 0.0;                          ///< of the stretch asked for, at most the clip's duration (exclusive)
  std::vector<double> times;                 ///< [T + 1] clip time at which each frame begins and the last one ends
  std::vector<WindowPerson> persons;         ///< chosen person first, at most two
  std::vector<std::string> inferred_joints;  ///< joints that retargeting had to make, in the model's names
  std::vector<std::string> missing_joints;   ///< joints without any source
  std::size_t skipped_frames = 0;            ///< source frames without the person (left out)
  std::vector<std::string> warnings;         ///< "2-D input: reduced accuracy" and the like
  ClipPtr clip;                              ///< the source, raw

  /// When a share of the frames has passed, frames left out not counted; of a window that make_window() made.
  /// Seconds of the source clip.
  /// @param share 0 = beginning of the first frame, 1 = end of the last one
  double time_at(double share) const;
};

struct WindowOptions {
  std::string layout = "kinect20";  ///< the model's layout
  double fps = 30.0;
  std::optional<int> person;   ///< index in clip.persons; absent = most energetic
  double begin = 0.0;          ///< seconds
  std::optional<double> end;   ///< seconds; absent = end of the clip
  bool second_person = false;  ///< add the next most energetic person (two-person actions)
};

/// Cuts, retargets and resamples by time stamps. Joints, or the person, missing for at most kLongestFilledGap frames
/// (gaps.h) are interpolated and marked inferred; longer gaps stay gaps: frames in which the person is absent are left
/// out, as the studies did, and time that the source lost is closed up. 2-D recordings are laid into the plane z = 0.
/// @throws Error{Code::bad_argument} for a person or a time outside the clip, Error{Code::shape_mismatch} when the
///         clip's layout has no map to the wanted one, Error{Code::bad_format} when no usable frame is left.
Window make_window(const ClipPtr& clip, const WindowOptions& options);

}  // namespace purlscope::core
