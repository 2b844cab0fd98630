#pragma once

#include <memory>

#include "core/skeleton/body_points.h"
#include "core/skeleton/retarget_map.h"

namespace purlscope::core {

/// The map from joints of one convention over body points to those of another.
/// @param source  convention that the joints of `from` follow
RetargetMap compose_map(const std::shared_ptr<const JointLayout>& from, const JointConvention& source,
                        const std::shared_ptr<const JointLayout>& to, const JointConvention& target);

/// The convention that the joint names of a file's own layout follow: of those by which every essential body point is
/// found, the one that knows most of its joints; of equals a layout, and the one that copies most.
/// @throws Error{Code::shape_mismatch} when there is none, or when equals copy a joint of `to` from different ones.
const JointConvention& convention_of_own(const JointLayout& own, const std::shared_ptr<const JointLayout>& to,
                                         const JointConvention& target);

}  // namespace purlscope::core
