#pragma once

#include <vector>

#include "core/base/clip.h"

namespace purlscope::app {

/// Mean speed of a person's joints in each frame, metres a second. [T]; 0 in frames where nothing can be compared.
/// @param person index in clip.persons, negative = most energetic
std::vector<float> motion_energy(const core::Clip& clip, int person = -1);

/// Maximum of each of `count` even stretches, divided by the maximum of all: for drawing. [count], 0 to 1.
std::vector<float> sparkline(const std::vector<float>& energy, std::size_t count);

}  // namespace purlscope::app
