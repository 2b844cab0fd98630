#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/clip.h"
#include "core/formats/registry.h"

/// Readers of motion capture. Rules as in readers.h. These files bring their own joints: the clip has an own layout
/// with the file's names, unless `ReadOptions::layout` names one whose joints the file has. Laboratory axes are turned
/// into the camera frame (mocap_clip.h), so that a figure in its rest pose faces the viewer.
namespace purlscope::core {

/// Biovision BVH: a hierarchy of joints (OFFSET, any CHANNELS in any order) and a row of channel values a frame.
/// Rotations apply in the order of the channels, the first outermost; a position channel takes the place of that
/// coordinate of the OFFSET, as in MotionBuilder and Blender. An End Site becomes the joint "<parent> end"; one of zero
/// length is its parent again and makes none. The format states no unit: the one that gives the rest pose a person's
/// size is taken, and a warning says which.
/// Source: Meredith and Maddock, Motion Capture File Formats Explained, University of Sheffield CS-01-11.
bool matches_bvh(const std::filesystem::path& file, std::string_view head);
Clip read_bvh(const std::filesystem::path& file, const ReadOptions& options);

/// Acclaim AMC: per frame its number and a row "bone values" for each bone of the skeleton file (asf.h) that can move.
/// Joints are "root" and the end of each bone, under the bone's name. The skeleton is `ReadOptions::companion`, else
/// the .asf file of the folder whose name shares the longest beginning (find_asf). 120 fps (CMU; HDM05 writes it into
/// the name) unless `ReadOptions::fps` says otherwise. Source: Lander, Working with Motion Capture File Formats, Game
/// Developer, January 1998.
bool matches_amc(const std::filesystem::path& file, std::string_view head);
Clip read_amc(const std::filesystem::path& file, const ReadOptions& options);

/// C3D: the points of an optical system, in integers or floats of Intel, DEC or SGI/MIPS processors. Points with a
/// negative residual are missing; analog samples are passed over, so are points that are angles, forces, moments or
/// powers. Up is POINT:Y_SCREEN, z where the file has none. No bones.
/// Source: The C3D File Format User Guide, Motion Lab Systems, 2008.
bool matches_c3d(const std::filesystem::path& file, std::string_view head);
Clip read_c3d(const std::filesystem::path& file, const ReadOptions& options);

/// A table with a row a frame and three columns a joint, separated by commas, semicolons or tabs. Our own form has
/// lines "# key: value" before its header and names persons; without them it is a table of positions as converters
/// write them ("Hips.x", "Hips_X", "Hips X"). Both are described in docs/user/csv.md.
bool matches_csv(const std::filesystem::path& file, std::string_view head);
Clip read_csv(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace purlscope::core
