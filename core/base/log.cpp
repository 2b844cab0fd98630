#include "core/base/log.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string_view>

namespace purlscope::core {
namespace {

std::mutex& sink_mutex() {
  static std::mutex mutex;
  return mutex;
}

constexpr std::array<const char*, 4> kLevelNames = {"debug", "info", "warning", "error"};

LogLevel least_level() {
  const char* wanted = std::getenv("PURLSCOPE_LOG");
  for (std::size_t i = 0; wanted != nullptr && i < kLevelNames.size(); ++i) {
    if (std::string_view(wanted) == kLevelNames[i]) return static_cast<LogLevel>(i);
  }
  return LogLevel::warning;
}

LogSink& sink() {
  static LogSink current = [least = least_level()](LogLevel level, const std::string& message) {
    if (level < least) return;
    std::fprintf(stderr, "%s: %s\n", kLevelNames.at(static_cast<std::size_t>(level)), message.c_str());
  };
  return current;
}

}  // namespace

void set_log_sink(LogSink new_sink) {
  const std::lock_guard lock(sink_mutex());
  sink() = std::move(new_sink);
}

void log(LogLevel level, const std::string& message) {
  const std::lock_guard lock(sink_mutex());
  if (sink()) sink()(level, message);
}

}  // namespace purlscope::core
