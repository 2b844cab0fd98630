#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/clip.h"
#include "core/formats/registry.h"

/// Readers of data sets of depth sensors, as declared in core/formats/readers/readers.h.
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
/// 15 fps. Frames without any position are absent. A file of another name is taken for one only when its first rows
/// repeat every 20 as a moving body does. Source: Li, Zhang, Liu, CVPRW 2010.
bool matches_msr_action3d(const std::filesystem::path& file, std::string_view head);
Clip read_msr_action3d(const std::filesystem::path& file, const ReadOptions& options);

/// PKU-MMD, both parts: a row of 150 numbers a frame, x y z of 25 joints of two persons in metres, zeros for a person
/// who is not there. Layout ntu25, 30 fps. Segments come from ReadOptions::companion or from the file of the same name
/// in a folder of labels beside the recording or above (rows class,begin,end,confidence; classes and frames from 1).
/// Source: README.txt of the release; Liu et al., arXiv 1703.07475.
bool matches_pku_mmd(const std::filesystem::path& file, std::string_view head);
Clip read_pku_mmd(const std::filesystem::path& file, const ReadOptions& options);

/// UTKinect-Action3D `joints_s01_e01.txt`: a row a frame, the number of the camera's frame (30 a second) and x y z of
/// the 20 joints in the order of the Kinect SDK, metres. Layout kinect20, times by the frame numbers, which jump where
/// no skeleton was tracked. Segments come from `actionLabel.txt` beside it or above, or ReadOptions::companion. Source:
/// Xia, Chen, Aggarwal, CVPRW 2012, and the data set's page.
bool matches_utkinect(const std::filesystem::path& file, std::string_view head);
Clip read_utkinect(const std::filesystem::path& file, const ReadOptions& options);

/// UWA3D Multiview Activity II, known by its name (a01_s01_e00_v01 or a01_s01_v01_e00): a row of 45 numbers a frame,
/// separated by commas or blanks, or MATLAB level 5 with such rows in variable `A`. Layout openni15, 30 fps; numbers
/// beyond 50 are millimetres. Source: Rahmani et al., TPAMI 2016; the row form from github.com/InwoongLee/TS-LSTM
/// (UWA_Code), as the release itself states none; axes are taken to be those of a depth camera (x right, y up, z away).
bool matches_uwa3d(const std::filesystem::path& file, std::string_view head);
Clip read_uwa3d(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace purlscope::core
