#pragma once

#include <QColor>

#include "app/studio/theme/tokens.h"

namespace purlscope::app {

/// How many labels can have a colour of their own at a time.
inline constexpr int kLaneColours = 8;

/// Colours that tell labels apart wherever curves of several stand together: after Okabe and Ito ("Color universal
/// design", 2008), whose hues stay apart for the common kinds of colour blindness, made lighter or darker so that each
/// has a contrast of at least 3 on the panels of its scheme.
/// @param slot from 0 to kLaneColours - 1
QColor lane_colour(int slot, Scheme scheme);
/// In the present scheme.
QColor lane_colour(int slot);

}  // namespace purlscope::app
