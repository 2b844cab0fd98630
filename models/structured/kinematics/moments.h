#pragma once

#include <cstddef>
#include <vector>

#include "models/structured/kinematics/attributes.h"

namespace purlscope::models::structured {

inline constexpr std::size_t kMoments = 279;

/// The moments, in the order of moment_values(), each at home on one joint in one third of the clip. Thread: any.
const std::vector<Attribute>& moments();

/// Plain statistics of one motion, in each third of the clip: of ten joints the mean and the deviation of the place
/// relative to the hips and the mean speed per axis; of the hips the mean way from where they were first. [279]
std::vector<float> moment_values(const Motion& motion);

}  // namespace purlscope::models::structured
