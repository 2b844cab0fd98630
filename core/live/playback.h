#pragma once

#include <stop_token>

#include "core/live/live_frame.h"
#include "core/live/source_uri.h"

/// What sources share that play a file as if it were live.
namespace purlscope::core {

/// Sleeps until a time or the stop request. @return false when asked to stop
bool sleep_until(LiveTime time, const std::stop_token& stop);

inline constexpr double kFastestSpeed = 1000.0;

/// Option `speed` of a source's address: 2 is twice as fast; 1 where it is not given.
/// @throws Error{Code::bad_argument} beyond 0.01 to kFastestSpeed
double stated_speed(const SourceUri& uri);

}  // namespace purlscope::core
