#include "app/cli/support/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace purlscope::app::cli {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};

std::string line_of(const core::Progress& progress) {
  std::string line = progress.stage;
  if (progress.fraction >= 0) line += fmt::format(" {:3.0f} %", 100 * progress.fraction);
  if (!progress.detail.empty()) line += "  " + progress.detail;
  return line;
}

}  // namespace

ProgressPrinter::ProgressPrinter() : terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressPrinter::~ProgressPrinter() {
  if (open_line_) std::fputs("\r\033[K", stderr);
}

core::ProgressFn ProgressPrinter::callback() {
  return [this](const core::Progress& progress) { show(progress); };
}

void ProgressPrinter::show(const core::Progress& progress) {
  const bool new_stage = progress.stage != stage_;
  stage_ = progress.stage;
  if (terminal_) {
    const auto now = std::chrono::steady_clock::now();
    if (!new_stage && now - last_ < kRedraw) return;
    last_ = now;
    show_on_terminal(line_of(progress));
    return;
  }
  const int tenth = progress.fraction < 0 ? -1 : static_cast<int>(std::floor(10 * progress.fraction));
  if (!new_stage && tenth == tenth_) return;
  tenth_ = tenth;
  fmt::print(stderr, "{}\n", line_of(progress));
}

void ProgressPrinter::show_on_terminal(const std::string& line) {
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
  open_line_ = true;
}

}  // namespace purlscope::app::cli
