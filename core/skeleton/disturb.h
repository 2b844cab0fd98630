#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// A change that another sensor or another place of it would make to a recording: tests of robustness.
struct Disturbance {
  enum class Kind {
    mirror,   ///< left and right change sides
    rotate,   ///< about the vertical through the first frame's bodies, `amount` degrees
    rate,     ///< to `amount` frames a second
    missing,  ///< `amount` joints of the limbs are missing throughout, other ones in each recording
    noise     ///< normal, `amount` metres in each direction
  };
  Kind kind = Kind::mirror;
  double amount = 0;
  std::string name;  ///< as written: "rotate:90"
};

/// Reads "mirror", "rotate:DEGREES", "fps:RATE", "missing:JOINTS" or "noise:METRES".
/// @throws Error{Code::bad_argument} naming what was found and what is known
Disturbance parse_disturbance(std::string_view text);

/// The recording with the change. What is random depends on the recording's name alone.
/// @throws Error{Code::bad_argument} for a layout without left and right counterparts (mirror, missing)
Clip disturb(const Clip& clip, const Disturbance& disturbance);

}  // namespace purlscope::core
