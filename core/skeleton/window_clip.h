#pragma once

#include "core/base/clip.h"
#include "core/skeleton/window.h"

namespace purlscope::core {

/// The window as a recording of its own, just as the model saw it: its persons in its layout at its even rate, from 0 s
/// on. Tags tell the source: "source", "window_begin_s", "window_end_s".
Clip clip_of(const Window& window);

}  // namespace purlscope::core
