#pragma once

#include "core/skeleton/window.h"
#include "models/structured/kinematics/motion.h"

namespace purlscope::models::structured {

/// A motion as the recogniser describes it: led by the right side of the body.
struct CanonicalMotion {
  Motion motion;
  bool mirrored = false;  ///< led by the left side, and therefore seen in a mirror
};

/// Steadies a window against the sensor's noise, aligns it and, where the left hand and foot reach clearly farther than
/// the right ones, mirrors it: the recordings that recognisers learn from are of right-handed people. A label that
/// names a side must then be mirrored as well (core::mirror_label()).
/// @throws Error as align_motion()
CanonicalMotion canonical_motion(const core::Window& window);

/// The same without looking for the leading side: never mirrored.
CanonicalMotion steady_motion(const core::Window& window);

/// The window with its first performer's joints averaged over neighbouring moments (Gaussian weights over time, by the
/// window's time stamps). Joints that are missing stay so and lend nothing to their neighbours.
core::Window steady(const core::Window& window);

/// The motion in a mirror: x turned about, left and right joints exchanged.
Motion mirrored(const Motion& motion);

}  // namespace purlscope::models::structured
