#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// One person found in one frame.
struct Detection {
  std::span<const Vec3> joints;       ///< [J] any unit: pixels, image widths, metres
  std::span<const JointState> state;  ///< [J]
  std::string_view sensor_id;         ///< what the sensor calls the person; empty = nothing
};

/// Follows persons over the frames of a recording or a live source and gives them stable ids.
///
/// Each frame's detections are assigned to the known persons at the least total cost. The cost of a pair grows with the
/// mean distance of their joints, after moving the person on at its last velocity, relative to how far it may be off by
/// now; a joint that one of them lacks counts as a third of a size. To this comes how much the bone lengths differ and,
/// so small that it decides between equals only, whether the sensor's ids disagree: sensors swap and renew them.
/// Distances are measured in the person's own size (the upper quartile of its bone lengths, about 0.3 m), so every unit
/// will do. A person not seen for `kGhostLife` is forgotten; whoever comes later is new.
///
/// Time: O(n^3) a frame in the number of persons, at most `kMostDetections`. Thread: one at a time.
class Tracker {
 public:
  static constexpr double kGhostLife = 1.0;            ///< seconds
  static constexpr std::size_t kMostDetections = 128;  ///< followed in one frame, those with most joints first
  static constexpr std::size_t kMostTracks = 256;      ///< remembered, seen or not
  static constexpr std::size_t kFewestJoints = 3;      ///< detections with fewer are nobody (OpenPose's own bound)

  explicit Tracker(const JointLayout& layout);

  /// Joints of a detection that may begin a person: a quarter of all. Fewer are at best a piece of someone known.
  std::size_t fewest_to_begin() const { return std::max(kFewestJoints, (joint_count_ + 3) / 4); }

  /// Takes the next frame.
  ///
  /// @param time  seconds; a step back forgets all persons (the ids go on)
  /// @return [N] the person of each detection, from 1; 0 for detections with too few joints or beyond the limit
  /// @throws Error{Code::shape_mismatch} for a detection without exactly J joints.
  std::vector<std::uint64_t> step(double time, std::span<const Detection> detections);

  /// Detections beyond `kMostDetections` so far.
  std::size_t left_out() const { return left_out_; }

 private:
  using Point = std::array<double, 3>;

  /// A pose with what the cost needs of it.
  struct Body {
    std::vector<Point> joints;       ///< [J]
    std::vector<std::uint8_t> seen;  ///< [J] 1 where the position means something
    std::vector<double> bones;       ///< [B] lengths, 0 where unknown
    double size = 0.0;
    std::size_t joint_count = 0;  ///< seen ones
  };

  struct Track {
    std::uint64_t id = 0;
    Body body;  ///< joints not seen of late move along with the others
    Point velocity{};
    double first_seen = 0.0;
    double last_seen = 0.0;
    std::string sensor_id;
  };

  Body measure(const Detection& detection) const;
  double body_size(const Body& body) const;
  double cost(const Track& track, const Body& body, std::string_view sensor_id, double time) const;
  void update(Track& track, const Body& body, std::string_view sensor_id, double time) const;
  std::vector<std::size_t> worth_following(std::span<const Body> bodies);
  void forget(double time);

  std::size_t joint_count_;
  std::vector<std::pair<int, int>> bones_;
  std::vector<Track> tracks_;
  std::uint64_t last_id_ = 0;
  double time_ = 0.0;  ///< of the last frame
  std::size_t left_out_ = 0;
};

}  // namespace purlscope::core
