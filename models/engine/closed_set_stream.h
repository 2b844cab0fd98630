#pragma once

#include <filesystem>
#include <memory>

#include "core/engine/closed_set_stream.h"

namespace purlscope::models {

/// A ShiftGcnStream behind the engine's interface. @throws Error as ShiftGcn::load()
std::unique_ptr<core::ClosedSetStream> open_closed_set_stream(const std::filesystem::path& weights);

}  // namespace purlscope::models
