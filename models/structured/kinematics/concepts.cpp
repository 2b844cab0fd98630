#include "models/structured/kinematics/concepts.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace purlscope::models::structured {
namespace {

// Most of a movement reaches its extreme for a few frames alone: quantiles stand for highest and lowest.
constexpr double kHigh = 0.95;
constexpr double kLow = 0.05;
constexpr std::size_t kEnds = 8;  // frames of the first and the last moments
constexpr std::size_t kFastest = 6;

using Series = std::vector<double>;

template <typename Value>
Series over_frames(Value value) {
  Series out(kFrames);
  for (std::size_t t = 0; t < kFrames; ++t) out[t] = value(t);
  return out;
}

/// Both hands from the hips, and the one that moves more.
struct Hands {
  Track left, right;
  double left_path = 0, right_path = 0;
  bool right_leads = true;
  const Track& leading() const { return right_leads ? right : left; }
};

Hands hands_of(const Motion& motion) {
  Hands out{motion.track_from_hips(joint::left_hand), motion.track_from_hips(joint::right_hand)};
  out.left_path = path_length(out.left);
  out.right_path = path_length(out.right);
  out.right_leads = out.right_path >= out.left_path;
  return out;
}

double horizontal(const Point& p) { return std::hypot(p[0], p[2]); }

double hips_rise(const Motion& motion) {
  double first = 0;
  double last = 0;
  for (std::size_t t = 0; t < kEnds; ++t) {
    first += motion.at(t, joint::hip_centre)[1];
    last += motion.at(kFrames - 1 - t, joint::hip_centre)[1];
  }
  return (last - first) / static_cast<double>(kEnds);
}

double hips_low(const Motion& motion) {
  constexpr double kStanding = 0.08;
  return -quantile(over_frames([&](std::size_t t) {
                     const double foot =
                         std::min(motion.at(t, joint::left_ankle)[1], motion.at(t, joint::right_ankle)[1]);
                     return motion.at(t, joint::hip_centre)[1] - foot;
                   }),
                   kStanding);
}

double lean(const Motion& motion) {
  const Track trunk = motion.track_from_hips(joint::shoulder_centre);
  return quantile(over_frames([&](std::size_t t) { return std::atan2(-trunk[t][2], trunk[t][1]); }), kHigh);
}

double knee_bend(const Motion& motion) {
  return -quantile(over_frames([&](std::size_t t) {
                     const auto angle = [&](std::size_t hip, std::size_t knee, std::size_t ankle) {
                       return angle_at(motion.at(t, hip), motion.at(t, knee), motion.at(t, ankle));
                     };
                     return std::min(angle(joint::left_hip, joint::left_knee, joint::left_ankle),
                                     angle(joint::right_hip, joint::right_knee, joint::right_ankle));
                   }),
                   kLow);
}

double hand_high(const Motion& motion) {
  return quantile(over_frames([&](std::size_t t) {
                    const double hand = std::max(motion.at(t, joint::left_hand)[1], motion.at(t, joint::right_hand)[1]);
                    return hand - motion.at(t, joint::shoulder_centre)[1];
                  }),
                  kHigh);
}

/// Above the place of the hips at the start.
double hand_low(const Motion& motion) {
  const double start = motion.at(0, joint::hip_centre)[1];
  return -quantile(over_frames([&](std::size_t t) {
                     return std::min(motion.at(t, joint::left_hand)[1], motion.at(t, joint::right_hand)[1]) - start;
                   }),
                   kLow);
}

double hand_at_head(const Motion& motion) {
  constexpr double kTouching = 0.1;
  const double nearest = quantile(over_frames([&](std::size_t t) {
                                    const Point& head = motion.at(t, joint::head);
                                    return std::min(length(motion.at(t, joint::left_hand) - head),
                                                    length(motion.at(t, joint::right_hand) - head));
                                  }),
                                  kLow);
  return -std::log(nearest + kTouching);
}

double hand_forward(const Motion& motion, const Track& hand) {
  const Track trunk = motion.track_from_hips(joint::shoulder_centre);
  return quantile(over_frames([&](std::size_t t) { return trunk[t][2] - hand[t][2]; }), kHigh);
}

/// The hand's mean place to the right while it is raised, and how far that moves from the first to the last half.
struct Sideways {
  double place = 0, movement = 0;
};

Sideways sideways(const Track& hand) {
  constexpr double kResting = 0.4;
  const double resting = quantile(coordinate(hand, 1), kResting);
  std::vector<std::size_t> raised;
  for (std::size_t t = 0; t < kFrames; ++t) {
    if (hand[t][1] > resting) raised.push_back(t);
  }
  if (raised.empty()) return {};
  const auto count = static_cast<double>(raised.size());
  const double middle = std::accumulate(raised.begin(), raised.end(), 0.0) / count;
  Series early;
  Series late;
  for (const std::size_t t : raised) (static_cast<double>(t) > middle ? late : early).push_back(hand[t][0]);
  const double movement = early.empty() || late.empty() ? 0 : mean(late) - mean(early);
  return {(sum(early) + sum(late)) / count, movement};
}

double both_hands(const Hands& hands) {
  constexpr double kStill = 0.6;
  return -std::abs(std::log((hands.right_path + kStill) / (hands.left_path + kStill)));
}

double hands_meet(const Hands& hands) {
  return -quantile(over_frames([&](std::size_t t) { return length(hands.left[t] - hands.right[t]); }), kLow);
}

double repeats(const Track& hand) {
  constexpr double kStill = 0.3;
  return std::log((path_length(hand) + kStill) / (length(extent(hand)) + kStill));
}

double fastest(const Track& hand) {
  constexpr double kStill = 0.02;
  return std::log(mean_of_largest(lengths(steps(hand)), kFastest) + kStill);
}

/// Range of the shoulder line's direction.
double twist(const Motion& motion) {
  constexpr double kStill = 0.1;
  double turned = 0;
  double least = 0;
  double most = 0;
  double before = 0;
  for (std::size_t t = 0; t < kFrames; ++t) {
    const Point line = motion.at(t, joint::right_shoulder) - motion.at(t, joint::left_shoulder);
    const double yaw = std::atan2(line[2], line[0]);
    if (t > 0) turned += std::remainder(yaw - before, 2 * std::numbers::pi);
    before = yaw;
    least = std::min(least, turned);
    most = std::max(most, turned);
  }
  return std::log(most - least + kStill);
}

double stride(const Motion& motion) {
  return quantile(over_frames([&](std::size_t t) {
                    return horizontal(motion.at(t, joint::left_ankle) - motion.at(t, joint::right_ankle));
                  }),
                  kHigh);
}

double roundness(double area, double path) {
  constexpr double kLeastArea = 0.05;
  constexpr double kLeastPath = 0.5;
  return std::log((std::abs(area) + kLeastArea) / (path * path + kLeastPath));
}

double elbow_bend(const Motion& motion, bool right) {
  return range(over_frames([&](std::size_t t) {
    return right ? angle_at(motion.at(t, joint::right_shoulder), motion.at(t, joint::right_elbow),
                            motion.at(t, joint::right_wrist))
                 : angle_at(motion.at(t, joint::left_shoulder), motion.at(t, joint::left_elbow),
                            motion.at(t, joint::left_wrist));
  }));
}

double travel(const Motion& motion) {
  constexpr double kStill = 0.1;
  return std::log(horizontal(extent(motion.track(joint::hip_centre))) + kStill);
}

double legs_move(const Motion& motion) {
  constexpr double kStill = 0.5;
  return std::log(path_length(motion.track(joint::left_ankle)) + path_length(motion.track(joint::right_ankle)) +
                  kStill);
}

double gait(const Motion& motion) {
  constexpr double kStill = 0.3;
  return std::log(std::min(path_length(motion.track(joint::left_knee)), path_length(motion.track(joint::right_knee))) +
                  kStill);
}

}  // namespace

std::vector<float> concept_values(const Motion& motion) {
  const Hands hands = hands_of(motion);
  const Track& hand = hands.leading();
  const Sideways side = sideways(hand);
  const double area = signed_area_xy(hand);
  const double across = hands.right_leads ? -side.place : side.place;
  const std::array<double, kConcepts> values = {hips_rise(motion),
                                                hips_low(motion),
                                                lean(motion),
                                                travel(motion),
                                                legs_move(motion),
                                                gait(motion),
                                                knee_bend(motion),
                                                hand_high(motion),
                                                hand_low(motion),
                                                hand_at_head(motion),
                                                hand_forward(motion, hand),
                                                side.movement,
                                                across,
                                                both_hands(hands),
                                                hands_meet(hands),
                                                repeats(hand),
                                                fastest(hand),
                                                twist(motion),
                                                stride(motion),
                                                roundness(area, path_length(hand)),
                                                area,
                                                elbow_bend(motion, hands.right_leads)};
  return {values.begin(), values.end()};
}

}  // namespace purlscope::models::structured
