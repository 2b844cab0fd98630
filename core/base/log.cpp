#include "core/base/log.h"

#include <cstdio>
#include <mutex>

namespace purlscope::core {
namespace {

std::mutex& sink_mutex() {
  static std::mutex mutex;
  return mutex;
}

LogSink& sink() {
  static LogSink current = [](LogLevel level, const std::string& message) {
    if (level >= LogLevel::warning) {
      std::fprintf(stderr, "%s: %s\n", level == LogLevel::error ? "error" : "warning", message.c_str());
    }
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
