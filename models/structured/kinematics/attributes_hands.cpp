// Attributes of the hands: where they are, how far and when they move, the gesture they draw, how they relate.
#include <algorithm>
#include <cmath>

#include "models/structured/kinematics/attribute_list.h"

namespace purlscope::models::structured {
namespace {

constexpr std::size_t kPeakSteps = 6;  // fastest steps that make the peak speed
constexpr double kSmallPath = 1e-6;
constexpr SlotFrames kEarly{10, 28};  // before and after the middle, without the rest poses at both ends
constexpr SlotFrames kLate{32, 52};
constexpr double kLeastReversal = 0.01;  // torso lengths a frame; smaller changes of sign are jitter
constexpr double kOscillationFloor = 0.3;
constexpr double kSymmetryFloor = 0.05;
constexpr double kPathFloor = 0.5;  // torso lengths; ratios of two nearly still joints stay near 1

double mean_between(std::span<const double> series, const SlotFrames& frames) {
  return mean(series.subspan(frames.begin, frames.end - frames.begin));
}

std::vector<double> scaled(std::vector<double> values, double factor) {
  for (double& value : values) value *= factor;
  return values;
}

void add_hand_place(AttributeList& out, const Motion& motion, const Side& side) {
  const Track hand = motion.track_from_hips(side.hand);
  const std::vector<double> height = coordinate(hand, 1);
  const std::vector<double> right = coordinate(hand, 0);
  const std::vector<double> outward = scaled(right, side.outward);
  const std::vector<double> forward = scaled(coordinate(hand, 2), -1.0);
  const std::string name = side.name + " hand ";
  const std::vector<std::size_t> home = {side.hand};
  out.add(name + "height, highest", highest(height), home);
  out.add(name + "height, mean", mean(height), home);
  out.add(name + "height, lowest", lowest(height), home);
  out.add(name + "height, range", range(height), home);
  out.add(name + "outward, most", highest(outward), home);
  out.add(name + "outward, least", lowest(outward), home);
  out.add(name + "forward, most", highest(forward), home);
  out.add(name + "forward, mean", mean(forward), home);
  out.add(name + "forward, range", range(forward), home);
  out.add(name + "sideways, range", range(right), home);
  out.add(name + "sideways, late minus early", mean_between(right, kLate) - mean_between(right, kEarly), home);
  for (std::size_t third = 0; third < thirds().size(); ++third) {
    out.add(name + "height, " + thirds()[third], mean(in_slot(height, third)), home, third);
    out.add(name + "forward, " + thirds()[third], mean(in_slot(forward, third)), home, third);
    out.add(name + "sideways, " + thirds()[third], mean(in_slot(right, third)), home, third);
  }
}

/// Mean position of the last quarter of the frames with the hand up, minus that of the first quarter.
Point drift_while_up(const Track& hand) {
  const std::vector<double> height = coordinate(hand, 1);
  const double level = quantile(height, 0.5);
  Track up;
  for (const Point& point : hand) {
    if (point[1] > level) up.push_back(point);
  }
  if (up.empty()) return {};
  const std::size_t quarter = std::max<std::size_t>(1, up.size() / 4);
  const std::span<const Point> all(up);
  return centroid(all.last(quarter)) - centroid(all.first(quarter));
}

/// How often the movement turns back, counted per axis.
double reversals(const Track& movement) {
  int count = 0;
  for (std::size_t i = 1; i < movement.size(); ++i) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double before = movement[i - 1][axis];
      const double after = movement[i][axis];
      const bool turns = (before > 0) != (after > 0);
      if (turns && std::min(std::abs(before), std::abs(after)) > kLeastReversal) ++count;
    }
  }
  return count;
}

void add_gesture(AttributeList& out, const Motion& motion, const Side& side) {
  const Track hand = motion.track_from_hips(side.hand);
  const Point drift = drift_while_up(hand);
  const std::string name = side.name + " hand ";
  const std::vector<std::size_t> home = {side.hand};
  out.add(name + "area drawn", signed_area_xy(hand), home);
  out.add(name + "drift while up, sideways", drift[0], home);
  out.add(name + "drift while up, height", drift[1], home);
  out.add(name + "drift while up, depth", drift[2], home);
  out.add(name + "reversals", reversals(steps(hand)), home);
  out.add(name + "to and fro",
          std::log((path_length(hand) + kOscillationFloor) / (length(extent(hand)) + kOscillationFloor)), home);
  out.add(name + "fast share", fast_power_share(hand), home);
}

void add_path(AttributeList& out, const Motion& motion, const std::string& name, std::size_t joint) {
  const std::vector<double> speed = lengths(steps(motion.track(joint)));
  double moment = 0;
  for (std::size_t i = 0; i < speed.size(); ++i) moment += speed[i] * static_cast<double>(i);
  const double path = sum(speed);
  out.add(name + " path", path, {joint});
  out.add(name + " peak speed", mean_of_largest(speed, kPeakSteps), {joint});
  out.add(name + " time of movement", moment / (path + kSmallPath) / static_cast<double>(speed.size()), {joint});
}

std::vector<double> distances(const Track& a, const Track& b) {
  std::vector<double> out;
  for (std::size_t t = 0; t < a.size(); ++t) out.push_back(length(a[t] - b[t]));
  return out;
}

}  // namespace

void add_hand_places(AttributeList& out, const Motion& motion) {
  for (const Side& side : sides()) add_hand_place(out, motion, side);
}

void add_paths(AttributeList& out, const Motion& motion) {
  for (const Side& side : sides()) add_path(out, motion, side.name + " hand", side.hand);
  for (const Side& side : sides()) add_path(out, motion, side.name + " knee", side.knee);
  for (const Side& side : sides()) add_path(out, motion, side.name + " ankle", side.ankle);
  add_path(out, motion, "head", joint::head);
}

void add_hand_gestures(AttributeList& out, const Motion& motion) {
  for (const Side& side : sides()) add_gesture(out, motion, side);
}

void add_hand_relations(AttributeList& out, const Motion& motion) {
  using namespace joint;
  const Track left = motion.track_from_hips(left_hand);
  const Track right = motion.track_from_hips(right_hand);
  const Track face = motion.track_from_hips(head);
  const std::vector<double> apart = distances(left, right);
  const std::vector<std::size_t> hands = {left_hand, right_hand};
  out.add("hands move as mirror images", agreement(steps(left), steps(right), kSymmetryFloor, {-1, 1, 1}), hands);
  out.add("hands apart, least", lowest(apart), hands);
  out.add("hands apart, mean", mean(apart), hands);
  out.add("hands apart, most", highest(apart), hands);
  out.add("hand to head, least", std::min(lowest(distances(left, face)), lowest(distances(right, face))),
          {head, left_hand, right_hand});
  out.add("right hand busier than left",
          std::log((room_path(motion, right_hand) + kPathFloor) / (room_path(motion, left_hand) + kPathFloor)), hands);
}

}  // namespace purlscope::models::structured
