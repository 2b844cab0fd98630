#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purlscope::core {

/// A joint layout: names, bones and mirror of one skeleton convention. Read from `resources/layouts/<id>.json`.
/// A layout is always stated by a file format or by the user, never guessed from a joint count.
struct JointLayout {
  std::string id;                          ///< "ntu25", "kinect20", "coco18", "body25", ...
  std::string title;                       ///< "NTU RGB+D / Kinect v2, 25 joints"
  std::vector<std::string> joints;         ///< names in order: "left shoulder"
  std::vector<std::pair<int, int>> bones;  ///< joint index pairs, parent first
  std::vector<int> parent;                 ///< parent of each joint, the root points to itself
  std::vector<int> mirror;                 ///< left/right counterpart of each joint (itself on the trunk)
  bool planar = false;                     ///< true for 2-D layouts (OpenPose, COCO)

  std::size_t size() const { return joints.size(); }
  /// Index of a joint by name. @throws Error{Code::not_found}
  int joint(std::string_view name) const;
};

/// A layout by id; loaded once, kept for the process. Thread: any.
/// @throws Error{Code::not_found} naming the known ids, Error{Code::bad_format} when the data file is damaged.
std::shared_ptr<const JointLayout> joint_layout(std::string_view id);

/// Ids of all layouts found in the resources, sorted.
std::vector<std::string> joint_layout_ids();

}  // namespace purlscope::core
