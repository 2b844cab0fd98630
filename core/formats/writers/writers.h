#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/formats/writer_registry.h"

/// The writers of the registry. Each writes the file complete or not at all (core/base/atomic_file.h), returns what its
/// format cannot hold of the clip and throws Error{Code::bad_argument} for a clip that it cannot hold at all,
/// Error{Code::io, Code::cancelled}.
namespace purlscope::core {

/// A table of positions in the form of docs/user/csv.md: metres in the camera frame, every person, states, the layout's
/// name (or an own layout's bones), label and frame rate. All numbers read back as they were.
std::vector<std::string> write_csv_clip(const Clip& clip, const std::filesystem::path& file,
                                        const WriteOptions& options);

/// BVH of the person who moves most: metres, y up, facing +z in a figure that faced the viewer. The first frame is the
/// rest pose. Each joint has rotations that carry its children along as well as one rotation can; where that leaves
/// more than 2 um between a child and its place (bones of changing length, children that move among themselves), the
/// child has position channels too, which take the place of its OFFSET. So rigid skeletons become plain BVH, and all
/// others keep their joints within 0.1 mm.
std::vector<std::string> write_bvh_clip(const Clip& clip, const std::filesystem::path& file,
                                        const WriteOptions& options);

}  // namespace purlscope::core
