#pragma once

#include <memory>

#include "core/live/parser/parser.h"

namespace purlscope::core {

/// One file of OpenPose's --write_json (core/formats/readers/planar/openpose_people.h), of which the keypoints in the
/// image count. They become metres by LivePlanarScale. Ids are what --tracking gives, else empty: whoever takes the
/// frames follows the persons (core/live/persons/person_tracks.h).
std::unique_ptr<Parser> make_openpose_parser();

}  // namespace purlscope::core
