#pragma once

#include <functional>
#include <string>

namespace purlscope::core {

enum class LogLevel { debug, info, warning, error };

/// Where log lines go. The default writes to stderr what is at least as grave as the environment's PURLSCOPE_LOG says
/// ("debug", "info", "warning" or "error"; "warning" without it). Thread: any; the sink must be thread-safe.
using LogSink = std::function<void(LogLevel, const std::string&)>;

/// Replaces the sink for the whole process. An empty one drops every line.
void set_log_sink(LogSink sink);
/// Hands one line, without a line feed, to the sink. Thread: any.
void log(LogLevel level, const std::string& message);

}  // namespace purlscope::core
