#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/error.h"
#include "core/base/training_point.h"

namespace purlscope::core {

/// One progress report of a long job.
struct Progress {
  std::string stage;                        ///< short, sentence case: "Loading clips"
  double fraction = -1.0;                   ///< 0 to 1, negative when unknown
  std::string detail;                       ///< e.g. "412 of 861" or the current loss
  std::size_t done = 0;                     ///< files, clips or steps behind it, where they are counted
  std::size_t total = 0;                    ///< of all, 0 when unknown
  std::optional<TrainingPoint> point = {};  ///< the epoch that a training has just finished
};

/// Called on the thread of the job; must return quickly and must not throw.
using ProgressFn = std::function<void(const Progress&)>;

/// @throws Error{Code::cancelled} once the token asks to stop.
inline void throw_if_stopped(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(Code::cancelled, "cancelled");
}

}  // namespace purlscope::core
