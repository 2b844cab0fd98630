#pragma once

#include <optional>
#include <string_view>

#include "core/text/labels.h"

namespace purlscope::core {

/// Whether an English text says left, right, or a sense of turning.
bool names_a_side(std::string_view text);

/// The label that a mirror makes of this one: "swipe left" becomes "swipe right", "wave with the left hand" the right
/// one, "draw a circle clockwise" counterclockwise. In the sentences, sides of body parts ("the right hand") are
/// exchanged only where the name tells the side of a body part itself: "swipe left" is a direction, and either hand can
/// do it. So in every wording.
/// @return nothing when the name names no side: such an action may be done by either side of the body
std::optional<Label> mirror_label(const Label& label);

}  // namespace purlscope::core
