// Attributes of limbs, trunk and the body's way through the room.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/structured/kinematics/attribute_list.h"

namespace purlscope::models::structured {
namespace {

constexpr double kTail = 0.05;         // quantile that stands for the extreme of a joint angle
constexpr std::size_t kEndFrames = 6;  // last frames whose mean is the end of the clip
constexpr double kStepFloor = 0.02;
constexpr double kPathFloor = 0.5;  // torso lengths

std::vector<double> bend(const Motion& motion, std::size_t from, std::size_t at, std::size_t to) {
  std::vector<double> out;
  for (std::size_t t = 0; t < kFrames; ++t)
    out.push_back(angle_at(motion.at(t, from), motion.at(t, at), motion.at(t, to)));
  return out;
}

void add_bend(AttributeList& out, const std::string& name, std::span<const double> angle, std::size_t joint) {
  out.add(name + " angle, least", quantile(angle, kTail), {joint});
  out.add(name + " angle, mean", mean(angle), {joint});
  out.add(name + " angle, range", quantile(angle, 1 - kTail) - quantile(angle, kTail), {joint});
}

void add_thirds(AttributeList& out, const std::string& name, std::span<const double> series, std::size_t joint) {
  for (std::size_t third = 0; third < thirds().size(); ++third) {
    out.add(name + ", " + thirds()[third], mean(in_slot(series, third)), {joint}, third);
  }
}

double end_mean(std::span<const double> series) { return mean(series.last(kEndFrames)); }

/// Heights over that of the first frame.
std::vector<double> rise(const Track& track) {
  std::vector<double> out = coordinate(track, 1);
  for (double& value : out) value -= track.front()[1];
  return out;
}

Track on_floor(Track track) {
  for (Point& point : track) point[1] = 0;
  return track;
}

/// Heading of the shoulder line, without jumps of a full turn. Radians.
std::vector<double> heading(const Motion& motion) {
  std::vector<double> out;
  for (std::size_t t = 0; t < kFrames; ++t) {
    const Point line = motion.at(t, joint::right_shoulder) - motion.at(t, joint::left_shoulder);
    double angle = std::atan2(line[2], line[0]);
    if (!out.empty()) angle = out.back() + std::remainder(angle - out.back(), 2 * std::numbers::pi);
    out.push_back(angle);
  }
  return out;
}

}  // namespace

void add_angles(AttributeList& out, const Motion& motion) {
  for (const Side& side : sides()) {
    add_bend(out, side.name + " elbow", bend(motion, side.shoulder, side.elbow, side.wrist), side.elbow);
  }
  for (const Side& side : sides()) {
    const std::vector<double> knee = bend(motion, side.hip, side.knee, side.ankle);
    add_bend(out, side.name + " knee", knee, side.knee);
    add_thirds(out, side.name + " knee angle", knee, side.knee);
  }
}

void add_inclination(AttributeList& out, const Motion& motion) {
  std::vector<double> forward;
  std::vector<double> sideways;
  for (const Point& trunk : motion.track_from_hips(joint::shoulder_centre)) {
    forward.push_back(std::atan2(-trunk[2], trunk[1]));
    sideways.push_back(std::abs(std::atan2(trunk[0], trunk[1])));
  }
  const std::vector<std::size_t> home = {joint::shoulder_centre};
  out.add("trunk forward, most", highest(forward), home);
  out.add("trunk forward, mean", mean(forward), home);
  out.add("trunk forward, least", lowest(forward), home);
  out.add("trunk sideways, most", highest(sideways), home);
  add_thirds(out, "trunk forward", forward, joint::shoulder_centre);
}

void add_travel(AttributeList& out, const Motion& motion) {
  using namespace joint;
  const Track hips = motion.track(hip_centre);
  const std::vector<double> hip_rise = rise(hips);
  const Track way = on_floor(hips);
  out.add("hips rise, end", end_mean(hip_rise), {hip_centre});
  out.add("hips rise, least", lowest(hip_rise), {hip_centre});
  out.add("hips rise, most", highest(hip_rise), {hip_centre});
  out.add("way over the floor, extent", length(extent(way)), {hip_centre});
  out.add("way over the floor, end", length(way.back() - way.front()), {hip_centre});
  out.add("way over the floor, path", path_length(way), {hip_centre});
  const std::vector<double> head_rise = rise(motion.track(head));
  out.add("head rises, least", lowest(head_rise), {head});
  out.add("head rises, end", end_mean(head_rise), {head});
  out.add("head rises, most", highest(head_rise), {head});
}

void add_stance(AttributeList& out, const Motion& motion) {
  using namespace joint;
  std::vector<double> leg;
  std::vector<double> apart;
  for (std::size_t t = 0; t < kFrames; ++t) {
    const double lowest_foot = std::min(motion.at(t, left_ankle)[1], motion.at(t, right_ankle)[1]);
    leg.push_back(motion.at(t, hip_centre)[1] - lowest_foot);
    apart.push_back(length(motion.at(t, left_ankle) - motion.at(t, right_ankle)));
  }
  add_thirds(out, "hips over feet", leg, hip_centre);
  out.add("hips over feet, least", lowest(leg), {hip_centre});
  const std::vector<double> yaw = heading(motion);
  out.add("turn, range", range(yaw), {shoulder_centre});
  out.add("turn, end", std::abs(yaw.back() - yaw.front()), {shoulder_centre});
  const std::vector<std::size_t> feet = {left_ankle, right_ankle};
  out.add("feet apart, most", highest(apart), feet);
  out.add("feet apart, mean", mean(apart), feet);
  out.add("feet apart, spread", deviation(apart), feet);
  out.add("feet step together",
          agreement(steps(motion.track_from_hips(left_ankle)), steps(motion.track_from_hips(right_ankle)), kStepFloor),
          feet);
  const double left = room_path(motion, left_ankle);
  const double right = room_path(motion, right_ankle);
  const double hands = room_path(motion, left_hand) + room_path(motion, right_hand);
  out.add("legs unequal", std::abs(std::log((right + kPathFloor) / (left + kPathFloor))), feet);
  out.add("legs busier than hands", std::log((right + left + kPathFloor) / (hands + kPathFloor)), feet);
}

}  // namespace purlscope::models::structured
