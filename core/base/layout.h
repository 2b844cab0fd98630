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
  std::string id;                          ///< "ntu25", "kinect20", "coco18", "body25", ...; "own" = see own_layout()
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

/// Index pairs parent and child of every joint that has a parent. @param parent [J]
std::vector<std::pair<int, int>> bones_of(const std::vector<int>& parent);

/// A layout by id; loaded once, kept for the process. Thread: any.
/// @throws Error{Code::not_found} naming the known ids, Error{Code::bad_format} when the data file is damaged.
std::shared_ptr<const JointLayout> joint_layout(std::string_view id);

/// The layout of one file that brings its own joints and names (BVH, AMC, C3D, CSV, VMC). Its id is "own"; the names
/// stay as they are in the file, so that writing it again loses nothing. Left and right counterparts follow from the
/// names ("LeftArm", "l_arm", "arm.L", "lfemur").
/// @param parent  [J] index of each joint's parent, itself for a root; empty = no bones are known
/// @throws Error{Code::bad_argument} for no joint, a parent out of range or in a cycle.
std::shared_ptr<const JointLayout> own_layout(std::string title, std::vector<std::string> joints,
                                              std::vector<int> parent);

/// Ids of all layouts found in the resources, sorted.
std::vector<std::string> joint_layout_ids();

}  // namespace purlscope::core
