#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clip.h"
#include "core/formats/parse/source.h"
#include "core/formats/registry.h"
#include "core/skeleton/planar_person.h"

/// What the readers of image keypoints share: from persons per frame, in pixels and without identity, to a clip.
namespace purlscope::core {

struct PlanarFrame {
  std::int64_t number = 0;
  std::vector<PlanarPerson> persons;
};

/// All that a planar reader takes from its file.
struct PlanarRecording {
  std::string format;  ///< id of the reader
  std::shared_ptr<const JointLayout> layout;
  std::vector<PlanarFrame> frames;  ///< in order of time, numbers ascending
  double fps = 30.0;                ///< of consecutive frame numbers
  std::string unit = "px";
  bool spatial = false;  ///< the joints have a measured depth
};

/// Which keypoint of a file each joint of a layout is, -1 for none.
struct KeypointMap {
  std::shared_ptr<const JointLayout> layout;
  std::vector<int> keypoint;  ///< [J]
  std::size_t keypoints = 0;  ///< of the file
};

/// The map of a file that says only how many keypoints it has, in a format of the COCO family: 17 are COCO's. Halpe (26
/// and 136) and COCO-WholeBody (133) begin with these 17 and lose the others, with a warning.
/// @param asked  layout by the user, which then must have as many joints and is taken as planar; empty = COCO
/// @throws Error{Code::shape_mismatch} for any other number, Error{Code::not_found} for an unknown layout.
/// Source: docs of AlphaPose (Halpe) and MMPose (COCO-WholeBody).
KeypointMap map_by_count(const std::filesystem::path& file, std::size_t keypoints, const std::string& asked,
                         Warnings& warnings);

/// The map of a file that names its keypoints ("left_shoulder"): those of coco17 by name.
/// @throws Error{Code::unsupported} when shoulders, hips or limbs are not among the names (a hand, an animal).
KeypointMap map_by_names(const std::filesystem::path& file, const std::vector<std::string>& names, Warnings& warnings);

/// A name taken apart at its last number: "a/frame_012.jpg" is "a/frame_*.jpg" and 12.
struct NumberedName {
  std::string pattern;
  std::int64_t number = 0;
};

/// Empty when there is no number or it is too long.
std::optional<NumberedName> numbered_name(std::string_view name);

/// Gives the frames the numbers their images have. They stay in order of the numbers with gaps where images lack; if
/// the names differ in more than a number, or the numbers are no video's, frames count from 0 in the given order, with
/// a warning.
/// @param names  [frames], in order
void number_frames(std::vector<PlanarFrame>& frames, const std::vector<std::string>& names, Warnings& warnings);

/// True when frames of these numbers (ascending) make a recording that is not mostly gap.
bool dense_enough(std::int64_t first, std::int64_t last, std::size_t frames);

/// Tracks the persons (core/skeleton/tracker.h), spreads them over the frames, and turns image coordinates into those
/// of a clip (core/skeleton/planar_scale.h) with one scale for all of it, by which the median torso is as long as
/// torsos are taken to be (else the shoulders as wide); origin at the median hip. Tags: "scale" (metres per file unit),
/// "origin" ("x y" in file units), so that x = origin.x - clip.x / scale, y = origin.y - clip.y / scale; "first frame"
/// when it is not 0. Frames without a file are absent; when only each n-th frame is there, the clip has a rate n times
/// lower and no gaps.
///
/// At most 64 persons are kept, fewer in recordings with much room and few detections, those seen longest.
/// @throws Error{Code::bad_argument} for a useless frame rate, Error{Code::bad_format} for no frame at all or numbers
///         that are mostly gap, Error{Code::cancelled}.
Clip make_planar_clip(const std::filesystem::path& file, PlanarRecording recording, const ReadOptions& options,
                      Warnings& warnings);

}  // namespace purlscope::core
