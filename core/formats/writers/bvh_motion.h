#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/base/rotation.h"

namespace purlscope::core {

/// A person's joints as one tree of moving bones, from positions. BVH axes: y up, a figure that faced the viewer
/// faces +z. Metres.
class BvhMotion {
 public:
  /// One joint of the tree, in the order of the hierarchy (depth first).
  struct Node {
    std::size_t joint = 0;              ///< in the layout
    int parent = -1;                    ///< node, -1 = the root
    std::size_t depth = 0;              ///< 0 = the root
    std::vector<std::size_t> children;  ///< nodes
    Vec3d offset{};                     ///< from the parent in the rest pose; zero for the root
    bool rigid = false;                 ///< the parent's rotation alone keeps it in place
  };

  /// A node's motion against its parent.
  struct Pose {
    Vec3d position;  ///< in the parent's axes
    Mat3 rotation;
  };

  /// Closes gaps in time: linear between the frames that have a joint, constant beyond them.
  /// @throws Error{Code::bad_argument} when the person is never seen
  BvhMotion(const Clip& clip, std::size_t person);

  const std::vector<Node>& nodes() const { return nodes_; }
  std::vector<Pose> poses(std::size_t frame) const;  ///< [nodes]

  std::size_t filled() const { return filled_; }          ///< positions that gaps were closed with
  std::size_t never_seen() const { return never_seen_; }  ///< joints
  std::size_t roots() const { return roots_; }            ///< joints without a parent in the layout

 private:
  void fill_gaps(const Clip& clip, const Person& person);
  void place_unseen(const std::vector<bool>& seen);
  void make_tree(const JointLayout& layout);
  void measure();
  Mat3 rotation_of(const Node& node, std::size_t frame, const Mat3& parent) const;
  const Vec3d& at(std::size_t frame, std::size_t node) const {
    return positions_[frame * joints_ + nodes_[node].joint];
  }

  std::size_t joints_ = 0;
  std::vector<Vec3d> positions_;  ///< [T, J]
  std::vector<Node> nodes_;
  std::size_t filled_ = 0;
  std::size_t never_seen_ = 0;
  std::size_t roots_ = 0;
};

}  // namespace purlscope::core
