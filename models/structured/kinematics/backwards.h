#pragma once

#include "models/structured/kinematics/motion.h"

namespace purlscope::models::structured {

/// The motion played backwards, in the person's own frame of its new start: the hip centre of the new first frame is
/// the origin, and the person's right is +x then.
Motion backwards(const Motion& motion);

}  // namespace purlscope::models::structured
