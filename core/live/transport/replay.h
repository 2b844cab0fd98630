#pragma once

#include <filesystem>
#include <memory>

#include "core/live/pose_source.h"
#include "core/live/source_uri.h"

namespace purlscope::core {

/// A recording of any format, replayed by its time stamps as if it were live; ends with the recording.
/// @param uri  "replay:FILE", option `speed` (0.01 to 1000, default 1)
/// @throws Error{Code::bad_argument}
std::unique_ptr<LiveInput> make_replay(const SourceUri& uri);

}  // namespace purlscope::core
