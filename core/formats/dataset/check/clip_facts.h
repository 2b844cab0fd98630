#pragma once

#include <cstdint>

#include "core/base/clip.h"
#include "core/formats/dataset.h"

namespace purlscope::core {

/// Frames in which some joint of somebody is known.
std::size_t seen_frames(const Clip& clip);

/// FNV-1a over frame count, layout and all positions, to find recordings that repeat another. Never 0.
std::uint64_t content_hash(const Clip& clip);

ClipFacts facts_of(const Clip& clip);

}  // namespace purlscope::core
