#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// The clip in another joint layout; itself when it has that layout.
/// @param losses  gets a sentence on what the layout has no place for and one on joints that stay without a source
/// @throws Error{Code::not_found} for an unknown layout, Error{Code::shape_mismatch} when no map is known
Clip retarget_clip(const Clip& clip, const std::string& layout, std::vector<std::string>& losses);

/// The clip at an even rate, frames at 0, 1/fps, ... over its duration, joints interpolated along straight lines
/// between neighbouring frames. A joint is missing where a neighbour lacks it or the time stamps leave a gap of more
/// than three frames; after the last stamp the last frame holds.
/// @throws Error{Code::bad_argument} unless 0 < fps <= 1000, Error{Code::limit} when more than 10 million frames result
Clip resample_clip(const Clip& clip, double fps);

/// The clip with one of its persons alone. @throws Error{Code::bad_argument} when there is no such person
Clip keep_person(const Clip& clip, std::size_t person);

}  // namespace purlscope::core
