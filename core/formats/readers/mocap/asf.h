#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/rotation.h"
#include "core/formats/parse/source.h"

namespace purlscope::core {

/// One number of a bone's row in an AMC file.
enum class Dof { tx, ty, tz, rx, ry, rz, length };

/// A bone of an Acclaim skeleton. Bone 0 is the root, of no length.
struct AsfBone {
  std::string name;
  int parent = 0;         ///< index; the root's is itself
  Vec3d vector{};         ///< from its parent's end to its own, in the skeleton's rest pose; skeleton units
  Mat3 axis;              ///< of the bone's own axes to the world, in which its motion is given
  std::vector<Dof> dofs;  ///< in the order of the row
};

/// The skeleton of AMC recordings.
struct AsfSkeleton {
  std::vector<AsfBone> bones;  ///< parents before children, the root first
  Vec3d root_position{};
  double metres = 0.0254;   ///< of one unit: an inch over the `length` of :units
  std::string unit = "in";  ///< the same in words
  double radians_per_angle = kRadiansPerDegree;
};

/// Reads an Acclaim skeleton file: sections :units, :root, :bonedata and :hierarchy; others are passed over.
/// Source: as read_amc().
/// @throws Error as the readers do, with the line
AsfSkeleton read_asf(const std::filesystem::path& file, const ReadOptions& options);

/// The skeleton file of a recording: the .asf file of its folder whose name begins the recording's name, the longest of
/// several ("01.asf" of "01_02.amc"); else the one that shares the longest beginning with it.
/// @throws Error{Code::not_found} when there is none, Error{Code::bad_argument} when the choice is open
std::filesystem::path find_asf(const std::filesystem::path& recording);

}  // namespace purlscope::core
