#pragma once

#include "render/scene.h"

namespace purlscope::app {

/// What the drawing says of its colour bar (measure, range), in the language of the window.
void translate_scale(render::Quantity& quantity);

}  // namespace purlscope::app
