#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/clip.h"
#include "core/formats/registry.h"

/// The readers of the registry. Each `matches_...` looks at name and first bytes alone; each `read_...` throws
/// Error{Code::not_found, Code::io, Code::bad_format, Code::unsupported, Code::limit, Code::cancelled} and never
/// crashes, whatever the bytes are. Memory stays within a small multiple of the file's size.
namespace purlscope::core {

/// NTU RGB+D 60/120 `.skeleton`: frame count; per frame the number of bodies; per body ten numbers (id first), the
/// joint count and a row of twelve numbers a joint (x y z, depth and colour position, orientation, tracking state).
/// Layout ntu25, 30 fps. Tracking state 2 gives `given`, 1 `inferred`, 0 `missing` (`inferred` if a position is
/// written all the same, as converters do). A body whose id changes while it stays in place remains one person.
/// Source: github.com/shahroudy/NTURGB-D, read_skeleton_file.m.
bool matches_ntu_skeleton(const std::filesystem::path& file, std::string_view head);
Clip read_ntu_skeleton(const std::filesystem::path& file, const ReadOptions& options);

/// UTD-MHAD `aN_sN_tN_skeleton.mat`: MATLAB level 5, variable `d_skel` [20, 3, T], head first. Layout kinect20
/// (reordered), 30 fps. Source: Chen, Jafari, Kehtarnavaz, ICIP 2015.
bool matches_utd_mhad(const std::filesystem::path& file, std::string_view head);
Clip read_utd_mhad(const std::filesystem::path& file, const ReadOptions& options);

/// NW-UCLA JSON: {"file_name", "skeletons" [T][20][3], "label" 1 to 10}. Layout kinect20, 30 fps.
/// Source: Wang et al., CVPR 2014; form of the CTR-GCN release.
bool matches_nw_ucla(const std::filesystem::path& file, std::string_view head);
Clip read_nw_ucla(const std::filesystem::path& file, const ReadOptions& options);

/// MSR-Action3D Real3D text: a row "x y z confidence" a joint, 20 rows a frame, metres. Layout kinect20 (reordered),
/// 15 fps. Frames without any position are absent. Source: Li, Zhang, Liu, CVPRW 2010.
bool matches_msr_action3d(const std::filesystem::path& file, std::string_view head);
Clip read_msr_action3d(const std::filesystem::path& file, const ReadOptions& options);

/// Our own append-only recording `.purlrec` (core/formats/purlrec.h). The head states the layout. A torn tail and
/// damaged blocks are left out with a warning; all other frames read.
bool matches_purlrec(const std::filesystem::path& file, std::string_view head);
Clip read_purlrec(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace purlscope::core
