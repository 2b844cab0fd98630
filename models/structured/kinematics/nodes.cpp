#include "models/structured/kinematics/nodes.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace purlscope::models::structured {
namespace {

// Units are torso lengths and frames of 1/64 clip. The constants bring channels to similar size and keep logarithms
// and ratios of still joints near zero; values of the structured-attention study.
constexpr double kSpeedScale = 8.0;
constexpr double kPathFloor = 0.3;
constexpr double kSymmetryFloor = 0.05;
constexpr double kShareFloor = 0.1;
constexpr double kSpeedFloor = 0.05;
constexpr double kCentroidFloor = 1e-6;
constexpr std::size_t kPeakFrames = 4;
constexpr std::size_t kStartFrames = 3;
constexpr double kRoomShare = 0.5;  // weight of movement through the room in a node's speed
constexpr double kSaliencySpeedFloor = 0.02;
constexpr double kSaliencySpreadFloor = 0.1;

using Series = std::array<double, kFrames>;

struct Bend {
  std::size_t from, at, to;
};

/// The angle measured at a joint; hips and head get inclinations instead, hands, feet and tips none.
std::optional<Bend> bend_of(std::size_t j) {
  using namespace joint;
  switch (j) {
    case spine:
      return Bend{hip_centre, spine, shoulder_centre};
    case shoulder_centre:
      return Bend{spine, shoulder_centre, head};
    case left_shoulder:
      return Bend{shoulder_centre, left_shoulder, left_elbow};
    case left_elbow:
      return Bend{left_shoulder, left_elbow, left_wrist};
    case left_wrist:
      return Bend{left_elbow, left_wrist, left_hand};
    case right_shoulder:
      return Bend{shoulder_centre, right_shoulder, right_elbow};
    case right_elbow:
      return Bend{right_shoulder, right_elbow, right_wrist};
    case right_wrist:
      return Bend{right_elbow, right_wrist, right_hand};
    case left_hip:
      return Bend{spine, left_hip, left_knee};
    case left_knee:
      return Bend{left_hip, left_knee, left_ankle};
    case left_ankle:
      return Bend{left_knee, left_ankle, left_foot};
    case right_hip:
      return Bend{spine, right_hip, right_knee};
    case right_knee:
      return Bend{right_hip, right_knee, right_ankle};
    case right_ankle:
      return Bend{right_knee, right_ankle, right_foot};
    default:
      return std::nullopt;
  }
}

double forward_inclination(const Point& segment) { return std::atan2(-segment[2], segment[1]); }

double joint_angle(const Motion& motion, std::size_t t, std::size_t j) {
  using namespace joint;
  if (j == hip_centre) return forward_inclination(motion.at(t, shoulder_centre) - motion.at(t, hip_centre));
  if (j == head) return forward_inclination(motion.at(t, head) - motion.at(t, shoulder_centre));
  const auto bend = bend_of(j);
  return bend ? angle_at(motion.at(t, bend->from), motion.at(t, bend->at), motion.at(t, bend->to)) : 0.0;
}

/// Per-frame quantities of one joint over the clip.
struct JointSeries {
  Track place;  ///< relative to the hips; the hip centre's own path in the room
  Track from_shoulders;
  Track room;
  Track velocity;      ///< in the room, 0 in the first frame
  Series speed{};      ///< in the room
  Series own_speed{};  ///< relative to the hips
  Series angle{};
  Series mirror_distance{};
  Series head_distance{};
};

JointSeries joint_series(const Motion& motion, std::size_t j) {
  JointSeries out;
  out.room = motion.track(j);
  const Track own = motion.track_from_hips(j);
  out.place = own;
  if (j == joint::hip_centre) {
    for (std::size_t t = 0; t < kFrames; ++t) out.place[t] = motion.at(t, j) - motion.at(0, j);
  }
  out.from_shoulders.resize(kFrames);
  out.velocity.resize(kFrames);
  for (std::size_t t = 0; t < kFrames; ++t) {
    out.from_shoulders[t] = out.room[t] - motion.at(t, joint::shoulder_centre);
    out.angle[t] = joint_angle(motion, t, j);
    out.mirror_distance[t] = length(out.room[t] - motion.at(t, kMirror[j]));
    out.head_distance[t] = length(out.room[t] - motion.at(t, joint::head));
    if (t == 0) continue;
    out.velocity[t] = out.room[t] - out.room[t - 1];
    out.speed[t] = length(out.velocity[t]);
    out.own_speed[t] = length(own[t] - own[t - 1]);
  }
  return out;
}

template <typename T>
std::span<const T> cut(std::span<const T> values, const SlotFrames& slot) {
  return values.subspan(slot.begin, slot.end - slot.begin);
}
std::span<const double> cut(const Series& values, const SlotFrames& slot) {
  return cut(std::span<const double>(values), slot);
}
std::span<const Point> cut(const Track& track, const SlotFrames& slot) {
  return cut(std::span<const Point>(track), slot);
}

/// Writes the channels of one node in order.
class Channels {
 public:
  explicit Channels(float* out) : out_(out) {}
  void add(double value) { *out_++ = static_cast<float>(value); }
  void add(const Point& p) {
    for (const double value : p) add(value);
  }

 private:
  float* out_;
};

void add_place(Channels& out, const JointSeries& series, const SlotFrames& slot) {
  const auto place = cut(series.place, slot);
  const std::size_t fifth = std::max<std::size_t>(1, place.size() / 5);
  const Point from_shoulders = centroid(cut(series.from_shoulders, slot));
  out.add(centroid(place));
  out.add(from_shoulders[1]);
  out.add(from_shoulders[2]);
  for (std::size_t axis = 0; axis < 3; ++axis) out.add(deviation(coordinate(place, axis)));
  const auto velocity = cut(series.velocity, slot);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    std::vector<double> speed = coordinate(velocity, axis);
    for (double& value : speed) value = std::abs(value);
    out.add(mean(speed) * kSpeedScale);
  }
  out.add(centroid(place.last(fifth)) - centroid(place.first(fifth)));
  const std::vector<double> height = coordinate(place, 1);
  out.add(highest(height));
  out.add(lowest(height));
  const Point since_start =
      centroid(cut(series.room, slot).last(fifth)) - centroid(std::span<const Point>(series.room).first(kStartFrames));
  out.add(since_start[1]);
  out.add(since_start[2]);
}

void add_relations(Channels& out, const JointSeries& series, const SlotFrames& slot) {
  const auto angle = cut(series.angle, slot);
  const auto mirror = cut(series.mirror_distance, slot);
  out.add(mean(angle));
  out.add(range(angle));
  out.add(mean(mirror));
  out.add(lowest(mirror));
  out.add(lowest(cut(series.head_distance, slot)));
}

void add_movement(Channels& out, const JointSeries& series, const JointSeries& mirror, const SlotFrames& slot) {
  const auto place = cut(series.place, slot);
  const auto own_speed = cut(series.own_speed, slot);
  out.add(std::sqrt(mean(cut(series.speed, slot)) * kSpeedScale));
  out.add(mean_of_largest(own_speed, kPeakFrames) * kSpeedScale);
  out.add(std::log((path_length(place) + kPathFloor) / (length(extent(place)) + kPathFloor)));
  out.add(signed_area_xy(place));
  out.add(agreement(steps(place), steps(cut(mirror.place, slot)), kSymmetryFloor, {-1, 1, 1}));
  out.add(std::log((sum(own_speed) + kPathFloor) / (sum(cut(mirror.own_speed, slot)) + kPathFloor)));
}

void add_whole_clip(Channels& out, const JointSeries& series) {
  out.add(fast_power_share(series.place));
  double moment = 0;
  for (std::size_t t = 0; t < kFrames; ++t) moment += static_cast<double>(t) * series.own_speed[t];
  out.add(moment / (sum(series.own_speed) + kCentroidFloor) / static_cast<double>(kFrames - 1));
}

void add_slot_share(Channels& out, const JointSeries& series, const SlotFrames& slot) {
  const double whole = sum(series.own_speed) / static_cast<double>(kSlots - 1);
  out.add(std::log((sum(cut(series.own_speed, slot)) + kShareFloor) / (whole + kShareFloor)));
  out.add(std::log(mean(cut(series.speed, slot)) * kSpeedScale + kSpeedFloor));
}

/// Own movement, plus part of what the room movement adds.
double node_speed(const JointSeries& series, const SlotFrames& slot) {
  const double own = mean(cut(series.own_speed, slot));
  return own + kRoomShare * std::max(mean(cut(series.speed, slot)) - own, 0.0);
}

}  // namespace

KinematicNodes kinematic_nodes(const Motion& motion) {
  std::vector<JointSeries> series;
  for (std::size_t j = 0; j < kJoints; ++j) series.push_back(joint_series(motion, j));
  KinematicNodes nodes;
  nodes.channels.resize(kNodes * kNodeChannels);
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    const SlotFrames& frames = kSlotFrames[slot];
    for (std::size_t j = 0; j < kJoints; ++j) {
      const std::size_t node = slot * kJoints + j;
      Channels out(&nodes.channels[node * kNodeChannels]);
      add_place(out, series[j], frames);
      add_relations(out, series[j], frames);
      add_movement(out, series[j], series[kMirror[j]], frames);
      if (slot == kWholeClip) {
        add_whole_clip(out, series[j]);
      } else {
        add_slot_share(out, series[j], frames);
      }
      nodes.speed[node] = static_cast<float>(node_speed(series[j], frames));
    }
  }
  return nodes;
}

std::array<float, kNodes> saliency(const std::array<float, kNodes>& speed) {
  std::vector<double> logs;
  for (const float value : speed) logs.push_back(std::log(value + kSaliencySpeedFloor));
  const double centre = mean(logs);
  const double spread = deviation(logs) + kSaliencySpreadFloor;
  std::array<float, kNodes> out{};
  for (std::size_t i = 0; i < kNodes; ++i) out[i] = static_cast<float>((logs[i] - centre) / spread);
  return out;
}

}  // namespace purlscope::models::structured
