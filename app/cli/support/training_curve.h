#pragma once

#include <vector>

#include "app/cli/support/progress.h"
#include "core/base/progress.h"

namespace purlscope::app::cli {

/// Shows a training on stderr: on a terminal that writes UTF-8 a curve that is redrawn in place and stays when the
/// training ends, else a line for each epoch; what is no epoch is shown as by ProgressPrinter.
class TrainingPrinter {
 public:
  TrainingPrinter();

  /// Valid while the printer lives. Thread: one at a time.
  core::ProgressFn callback();

 private:
  void show(const core::Progress& progress);
  void draw(const core::Progress& progress);

  ProgressPrinter printer_;
  bool curve_;             ///< whether the terminal can show one
  std::size_t drawn_ = 0;  ///< lines of the curve above the cursor
  std::vector<core::TrainingPoint> points_;
};

}  // namespace purlscope::app::cli
