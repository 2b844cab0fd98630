#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/skeleton/planar_person.h"

/// How keypoints in pictures become metres. Nothing in a picture tells a scale, so a torso is taken for one of
/// `kTorsoLength`.
namespace purlscope::core {

inline constexpr double kTorsoLength = 0.5;     ///< metres
inline constexpr double kShoulderWidth = 0.35;  ///< metres, as wide as a torso of 0.5 m goes with

/// Measures persons of one layout in the units of their detector. Joints count that are `given`.
class TorsoMeasure {
 public:
  using Point = std::array<double, 3>;

  explicit TorsoMeasure(const JointLayout& layout);

  /// Middle of the hips, or the one that is seen; empty without any.
  std::optional<Point> hips(const PlanarPerson& person) const;
  /// From the neck, or the middle of the shoulders, to the hips.
  std::optional<double> length(const PlanarPerson& person) const;
  /// From shoulder to shoulder.
  std::optional<double> shoulder_width(const PlanarPerson& person) const;

 private:
  std::vector<std::size_t> neck_, shoulders_, hips_;  ///< joints of the layout, as far as it has them
};

/// From a picture to the frame of Person: x to the image's left, which is the right of a person who faces the camera; y
/// up.
struct PlanarPlacing {
  double scale = 1.0;              ///< metres a unit of the detector
  std::array<double, 2> origin{};  ///< in units of the detector; depth stays where it is

  /// Joints in metres; those that would not be finite become missing.
  void place(PlanarPerson& person) const;
};

/// Places persons as they come, with no future to look at. The scale is that of the median over the first kSamples
/// torsos and stays from then on, so that it adds no motion. The origin is where the first hips were.
class LivePlanarScale {
 public:
  static constexpr std::size_t kSamples = 30;

  /// @param persons  changed in place; nobody before the first torso is seen
  void to_metres(const JointLayout& layout, std::vector<PlanarPerson>& persons);

 private:
  std::vector<double> torsos_;  ///< in units of the detector
  std::optional<PlanarPlacing> placing_;
};

}  // namespace purlscope::core
