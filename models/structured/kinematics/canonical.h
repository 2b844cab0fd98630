#pragma once

#include "core/skeleton/window.h"
#include "models/structured/kinematics/motion.h"

namespace purlscope::models::structured {

/// A motion as the recogniser describes it: led by the right side of the body.
struct CanonicalMotion {
  Motion motion;
  bool mirrored = false;  ///< led by the left side, and therefore seen in a mirror
};

/// What is done to a motion before it is described.
struct Preparation {
  /// Seconds over which joints are averaged; 0 = not at all. Of 0, 0.05, 0.08 and 0.12 the value that best keeps both
  /// clean and noisy clips of MSR-Action3D's held-out classes (docs/user/default-model.md).
  double steadying = 0.08;
  /// The left side leads when it reaches so many times as far as the right one; 0 = motions are never mirrored. Of 1
  /// and 1.15, chosen as `steadying`.
  double left_leads = 1.15;
};

/// Steadies a window against the sensor's noise, aligns it and, where the left hand and foot reach clearly farther than
/// the right ones, mirrors it: the recordings that recognisers learn from are of right-handed people. A label that
/// names a side must then be mirrored as well (core::mirror_label()).
/// @throws Error as align_motion()
CanonicalMotion canonical_motion(const core::Window& window, const Preparation& preparation = {});

/// The same without looking for the leading side: never mirrored.
CanonicalMotion steady_motion(const core::Window& window, const Preparation& preparation = {});

/// The window with its first performer's joints averaged over neighbouring moments (Gaussian weights over time, by the
/// window's time stamps). Joints that are missing stay so and lend nothing to their neighbours.
/// @param seconds standard deviation of the weights; 0 changes nothing
core::Window steady(const core::Window& window, double seconds);

/// The motion in a mirror: x turned about, left and right joints exchanged.
Motion mirrored(const Motion& motion);

}  // namespace purlscope::models::structured
