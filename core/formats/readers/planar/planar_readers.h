#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/clip.h"
#include "core/formats/registry.h"

/// Readers of keypoints found in images, as declared in core/formats/readers/readers.h. What they have in common
/// (tracking, scale, axes, scores, gaps) is said in planar_clip.h.
namespace purlscope::core {

/// A folder that OpenPose 1.0 to 1.7 wrote with --write_json: a file `<name><frame number>_keypoints.json` a frame
/// (openpose_people.h). Where 3-D keypoints are present they are read instead; the layout then is not planar. 30 fps
/// unless asked otherwise. A last file that breaks off is left out: OpenPose may still be writing it.
bool matches_openpose_folder(const std::filesystem::path& folder, std::string_view head);
Clip read_openpose_folder(const std::filesystem::path& folder, const ReadOptions& options);

/// One file of such a folder: a recording of one frame.
bool matches_openpose_file(const std::filesystem::path& file, std::string_view head);
Clip read_openpose_file(const std::filesystem::path& file, const ReadOptions& options);

/// COCO keypoints as annotations {"images", "annotations": [{"image_id", "keypoints": x y v a joint, "track_id"}],
/// "categories"} or as results [{"image_id", "keypoints": x y score a joint, "idx"}] (also AlphaPose's). v is 0 not
/// labelled (`missing`), 1 labelled and hidden (`inferred`), 2 visible. Layout coco17, or by the names of the category,
/// or as asked. Images are frames in order of the numbers in their file names, else of their ids; 30 fps unless asked
/// otherwise. Source: cocodataset.org, Data format and Results format; AlphaPose, docs/output.md.
bool matches_coco_keypoints(const std::filesystem::path& file, std::string_view head);
Clip read_coco_keypoints(const std::filesystem::path& file, const ReadOptions& options);

/// MMPose predictions: {"meta_info", "instance_info": frames} or a list of frames, a frame being {"frame_id",
/// "instances": [{"keypoints" [J][2], "keypoint_scores" [J]}]} or the list of instances alone; {"predictions"} as the
/// inferencer returns it; a list of instances is one frame. Joints by the names in "meta_info", else coco17 by their
/// number, or as asked. 3-D keypoints are refused. 30 fps unless asked otherwise.
/// Source: MMPose 1.x, demo/topdown_demo_with_mmdet.py and apis/inferencers/base_mmpose_inferencer.py.
bool matches_mmpose(const std::filesystem::path& file, std::string_view head);
Clip read_mmpose(const std::filesystem::path& file, const ReadOptions& options);

/// One recording of a PYSKL annotation file as JSON: {"frame_dir", "total_frames", "img_shape", "label", "keypoint"
/// [M][T][J][C], "keypoint_score" [M][T][J]}. The form fixes the layout: 17 x 2 is coco17, 18 x 2 coco18 and 25 x 3
/// ntu25 in metres. A person's row is a hint of the identity only. 30 fps unless asked otherwise.
/// Source: github.com/kennymckormick/pyskl, tools/data/README.md.
bool matches_pyskl(const std::filesystem::path& file, std::string_view head);
Clip read_pyskl(const std::filesystem::path& file, const ReadOptions& options);

/// Kinetics-skeleton: {"data": [{"frame_index", "skeleton": [{"pose": x y a joint, "score": one a joint}]}], "label",
/// "label_index" from 0}. Layout coco18, 30 fps. x and y are fractions of an image of 340 x 256 to which all videos
/// were scaled; y is multiplied by 256 / 340, so that the unit is the image's width on both axes. The aspect of the
/// original video is not in the file: bodies are as broad or slim as they were in the scaled one.
/// Source: Yan, Xiong, Lin, AAAI 2018; github.com/open-mmlab/mmskeleton, doc/SKELETON_DATA.md.
bool matches_kinetics_skeleton(const std::filesystem::path& file, std::string_view head);
Clip read_kinetics_skeleton(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace purlscope::core
