#pragma once

#include <fmt/format.h>

#include "core/base/progress.h"

namespace purlscope::models {

/// Progress of one seed's work within that of all seeds. @param progress may be empty, and so is the answer then
inline core::ProgressFn seed_progress(const core::ProgressFn& progress, int seed, int seeds) {
  if (!progress) return {};
  return [=](const core::Progress& step) {
    const double inside = step.fraction < 0 ? 0 : step.fraction;
    progress({step.stage, (seed + inside) / seeds, fmt::format("seed {} of {}, {}", seed + 1, seeds, step.detail)});
  };
}

}  // namespace purlscope::models
