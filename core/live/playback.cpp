#include "core/live/playback.h"

#include <condition_variable>
#include <mutex>

namespace purlscope::core {

bool sleep_until(LiveTime time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_until(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

double stated_speed(const SourceUri& uri) {
  constexpr double kSlowest = 0.01;
  return uri.number("speed", 1.0, kSlowest, kFastestSpeed);
}

}  // namespace purlscope::core
