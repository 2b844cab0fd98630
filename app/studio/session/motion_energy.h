#pragma once

#include <vector>

#include "core/base/clip.h"

namespace purlscope::app {

/// Mean speed of a person's joints in each frame, metres a second. [T]; 0 in frames where nothing can be compared.
/// @param person index in clip.persons, negative = most energetic
std::vector<float> motion_energy(const core::Clip& clip, int person = -1);

/// Maximum of each of `count` even stretches, divided by the maximum of all: for drawing. [count], 0 to 1.
std::vector<float> sparkline(const std::vector<float>& energy, std::size_t count);

/// As sparkline(), of stretches that need not lie in the clip: maximum of the frames in each of `count` stretches of
/// `step` seconds from `begin` on, divided by the maximum of all. [count], 0 to 1; stretches without frames are 0.
/// @param energy [T] of frames at even steps  @param duration of all frames, seconds
std::vector<float> stretch_energy(const std::vector<float>& energy, double duration, double begin, double step,
                                  std::size_t count);

}  // namespace purlscope::app
