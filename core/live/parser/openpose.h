#pragma once

#include <memory>

#include "core/live/parser/parser.h"

namespace purlscope::core {

/// One file of OpenPose's --write_json: {"people": [{"person_id": [-1], "pose_keypoints_2d": [x, y, score, ...]}]}, 25
/// joints BODY_25, 18 COCO. Image coordinates become metres by core/live/planar_scale.h. Ids are what --tracking gives,
/// else empty: whoever takes the frames follows the persons (core/live/person_tracks.h).
/// Source: github.com/CMU-Perceptual-Computing-Lab/openpose, doc/02_output.md.
std::unique_ptr<Parser> make_openpose_parser();

}  // namespace purlscope::core
