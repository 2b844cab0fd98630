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

/// NumPy .npz, without loss but for the reader's warnings: `joints` [M,T,V,3] float32 (metres, y up; of a planar layout
/// as the clip has them), `state` [M,T,V] uint8 (0 given, 1 inferred, 2 missing), `times` [T] float64 (s), `layout`,
/// `layout_title`, `joint_names` [V], `parents` [V] (the root's is itself), `person_ids` [M], `unit` of the positions,
/// `source_unit` of the recording they came from; where known `fps`, `label`, `label_index` (from 0), `segments` [S,4]
/// (begin and end in s, label index, confidence; NaN = none) with `segment_labels` [S], `tags` (a JSON object).
std::vector<std::string> write_npz_clip(const Clip& clip, const std::filesystem::path& file,
                                        const WriteOptions& options);

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

/// Our own recording format (core/formats/purlrec.h): holds all of a clip but the reader's warnings.
std::vector<std::string> write_purlrec(const Clip& clip, const std::filesystem::path& file,
                                       const WriteOptions& options);

}  // namespace purlscope::core
