#include "app/cli/support/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace purlscope::app::cli {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};

}  // namespace

std::string progress_line(const core::Progress& progress) {
  std::string line = progress.stage;
  if (progress.fraction >= 0) line += fmt::format(" {:3.0f} %", 100 * progress.fraction);
  if (!progress.detail.empty()) line += fmt::format("  {}", progress.detail);
  return line;
}

ProgressPrinter::ProgressPrinter() : terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressPrinter::~ProgressPrinter() { clear_line(); }

void ProgressPrinter::clear_line() {
  if (open_line_) std::fputs("\r\033[K", stderr);
  open_line_ = false;
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
    show_on_terminal(progress_line(progress));
    return;
  }
  const int tenth = progress.fraction < 0 ? -1 : static_cast<int>(std::floor(10 * progress.fraction));
  if (!new_stage && tenth == tenth_) return;
  tenth_ = tenth;
  fmt::print(stderr, "{}\n", progress_line(progress));
}

void ProgressPrinter::show_on_terminal(const std::string& line) {
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
  open_line_ = true;
}

}  // namespace purlscope::app::cli
