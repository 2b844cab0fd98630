#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <numbers>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/skeleton/tracker.h"

/// Made people for a tracker.
namespace purlscope::test {

inline constexpr double kNoise = 0.02;  ///< metres, of each coordinate

/// Who walks past the camera: COCO's joints in metres, seen from the side.
struct Walker {
  double start = 0.0;  ///< x
  double speed = 1.0;  ///< metres a second, to the right
  double height = 1.75;
  double phase = 0.0;

  double x(double time) const { return start + speed * time; }

  std::vector<core::Vec3> pose(double time) const {
    struct Joint {
      double ahead, up, swing;  ///< fractions of the body's height; swing to and fro
    };
    static constexpr std::array<Joint, 17> kJoints = {{{0.06, 0.92, 0},
                                                       {0.05, 0.94, 0},
                                                       {0.04, 0.94, 0},
                                                       {0.01, 0.93, 0},
                                                       {-0.01, 0.93, 0},
                                                       {0.02, 0.81, 0},
                                                       {-0.02, 0.81, 0},
                                                       {0, 0.64, 0.06},
                                                       {0, 0.64, -0.06},
                                                       {0.03, 0.5, 0.14},
                                                       {0.03, 0.5, -0.14},
                                                       {0.01, 0.52, 0},
                                                       {-0.01, 0.52, 0},
                                                       {0, 0.28, -0.09},
                                                       {0, 0.28, 0.09},
                                                       {-0.02, 0.05, -0.17},
                                                       {-0.02, 0.05, 0.17}}};
    const double facing = speed < 0.0 ? -1.0 : 1.0;
    const double stride = std::sin(2.0 * std::numbers::pi * ((0.5 + 0.3 * std::abs(speed)) * time + phase));
    std::vector<core::Vec3> joints;
    for (const Joint& joint : kJoints) {
      joints.push_back({static_cast<float>(x(time) + height * (facing * joint.ahead + stride * joint.swing)),
                        static_cast<float>(height * joint.up), 0.0F});
    }
    return joints;
  }
};

/// A detection that owns what it shows.
struct Seen {
  std::vector<core::Vec3> joints;
  std::vector<core::JointState> state;
  std::string sensor_id;
  std::size_t who = 0;
};

inline Seen see(const Walker& walker, double time, std::mt19937& random, double dropout = 0.0) {
  std::normal_distribution<double> noise(0.0, kNoise);
  std::uniform_real_distribution<double> chance(0.0, 1.0);
  Seen seen{walker.pose(time), std::vector<core::JointState>(17, core::JointState::given), {}, 0};
  for (std::size_t j = 0; j < seen.joints.size(); ++j) {
    for (std::size_t axis = 0; axis < 2; ++axis) seen.joints[j][axis] += static_cast<float>(noise(random));
    if (chance(random) < dropout) seen.state[j] = core::JointState::missing;
  }
  return seen;
}

/// A tracker and who got which id.
class Follow {
 public:
  Follow() : tracker_(*core::joint_layout("coco17")) {}

  void step(double time, const std::vector<Seen>& people, float unit = 1.0F) {
    std::vector<std::vector<core::Vec3>> joints;
    std::vector<core::Detection> detections;
    for (const Seen& seen : people) {
      joints.push_back(seen.joints);
      for (core::Vec3& joint : joints.back()) {
        for (float& value : joint) value *= unit;
      }
    }
    for (std::size_t i = 0; i < people.size(); ++i)
      detections.push_back({joints[i], people[i].state, people[i].sensor_id});
    const auto ids = tracker_.step(time, detections);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (const auto last = id_of.find(people[i].who); last != id_of.end() && last->second != ids[i]) ++switches;
      id_of[people[i].who] = ids[i];
      all.insert(ids[i]);
    }
  }

  std::map<std::size_t, std::uint64_t> id_of;  ///< the last one
  std::set<std::uint64_t> all;
  int switches = 0;

 private:
  core::Tracker tracker_;
};

}  // namespace purlscope::test
