#pragma once

#include <chrono>
#include <string>

#include "core/base/progress.h"

namespace purlscope::app::cli {

/// A report in one line: stage, per cent, details.
std::string progress_line(const core::Progress& progress);

/// Shows progress on stderr: one line that is rewritten on a terminal, else a line for each new stage and each tenth.
class ProgressPrinter {
 public:
  ProgressPrinter();
  ~ProgressPrinter();
  ProgressPrinter(const ProgressPrinter&) = delete;
  ProgressPrinter& operator=(const ProgressPrinter&) = delete;

  /// Valid while the printer lives. Thread: one at a time.
  core::ProgressFn callback();
  /// Takes the line that is being rewritten off the terminal, so that other text can follow.
  void clear_line();

 private:
  void show(const core::Progress& progress);
  void show_on_terminal(const std::string& line);

  bool terminal_;
  bool open_line_ = false;
  std::string stage_;
  int tenth_ = -1;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace purlscope::app::cli
