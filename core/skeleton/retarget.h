#pragma once

#include <memory>
#include <string>

#include "core/skeleton/retarget_map.h"

namespace purlscope::core {

/// The map between two layouts; the identity when they are equal. Any layout makes body points (those of Kinect v2,
/// the trunk of v1, the face, heels and toes; resources/layouts/body), and body points make any layout, so none needs
/// to know another. Made once, kept for the process. Thread: any.
/// @throws Error{Code::not_found} for an unknown source, Error{Code::shape_mismatch} for an unknown target.
std::shared_ptr<const RetargetMap> retarget_map(const std::string& from, const std::string& to);

/// The same for the layout of a recording, which may be of its own ("own"): then the names of its joints tell which
/// convention it follows (one of the layouts or of resources/layouts/names).
/// @throws Error{Code::shape_mismatch} naming the body points that its joints do not give and the joints that it has,
///         or the two conventions that both fit and contradict each other.
std::shared_ptr<const RetargetMap> retarget_map(const JointLayout& from, const std::string& to);

}  // namespace purlscope::core
