#pragma once

#include <stop_token>
#include <string>

#include "core/engine/check_engine.h"

namespace purlscope::app::cli {

struct EngineCheckOptions {
  std::string device;   ///< of the engine that is checked, as EngineOptions
  std::string weights;  ///< of Shift-GCN: file or installed name; empty = what is installed, else random
};

struct EngineCheck {
  core::CheckReport report;
  std::string device;   ///< that closed-set networks ran on, in words
  std::string weights;  ///< in words
};

/// Recognises and classifies every bundled recording twice: by the engine of this machine, and on the processor
/// operator by operator. @throws Error where one of them cannot run
EngineCheck check_engine(const EngineCheckOptions& options, const std::stop_token& stop);

/// "6 recordings on CPU agree ...", or the first difference.
std::string describe(const EngineCheck& check);

}  // namespace purlscope::app::cli
