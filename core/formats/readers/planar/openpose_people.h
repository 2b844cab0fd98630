#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/skeleton/planar_person.h"

namespace purlscope::core {

/// What OpenPose's --write_json puts into one file: {"people": [{"person_id": [-1], "pose_keypoints_2d": [x, y, score,
/// ...] (before 1.2: "pose_keypoints"), "pose_keypoints_3d": [x, y, z, score, ...]}]}. 25 joints are BODY_25, 18 are
/// COCO: the files do not say which, but the released models leave no other choice (the experimental BODY_25B has 25
/// too and cannot be told apart).
/// Source: github.com/CMU-Perceptual-Computing-Lab/openpose, doc/02_output.md.
///
/// Reads the persons of one recording or stream, of which all files have the layout of the first person. In all
/// methods `source` begins the messages. Thread: one.
class OpenPosePeople {
 public:
  /// The list of persons of a file. @throws Error{Code::bad_format} when it has none
  static const nlohmann::json& list(const nlohmann::json& file, const std::string& source);

  /// Refuses what is no person: an entry without a list of keypoints of either kind. @throws Error{Code::bad_format}
  static void require_keypoints(const nlohmann::json& person, const std::string& source);

  /// The keypoints in the image; empty where the list is left out or empty, as it is when only hands were found.
  /// @throws Error{Code::bad_format} for anything but numbers (null is no position) of BODY_25 or COCO, or of another
  ///         layout than before
  std::optional<PlanarPerson> in_image(const nlohmann::json& person, const std::string& source);
  /// The same of the keypoints in space, in the units of the calibration.
  std::optional<PlanarPerson> in_space(const nlohmann::json& person, const std::string& source);

  /// Null as long as nobody was read.
  const std::shared_ptr<const JointLayout>& layout() const { return layout_; }

 private:
  std::optional<PlanarPerson> read(const nlohmann::json& person, const nlohmann::json& keypoints, std::size_t width,
                                   const std::string& source);

  std::shared_ptr<const JointLayout> layout_;
};

}  // namespace purlscope::core
