#include "app/cli/support/training_curve.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/report/text_curve.h"

namespace purlscope::app::cli {
namespace {

constexpr std::size_t kRows = 6;
constexpr std::size_t kUsualColumns = 80;

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualColumns;
  return size.ws_col;
}

/// Whether the locale, by the first variable that says anything, writes UTF-8.
bool writes_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    std::string locale = value;
    std::transform(locale.begin(), locale.end(), locale.begin(), [](char letter) {
      return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

bool shows_curves() {
  const char* kind = std::getenv("TERM");
  const bool dumb = kind == nullptr || std::string(kind) == "dumb";
  return isatty(STDERR_FILENO) != 0 && !dumb && writes_utf8();
}

}  // namespace

TrainingPrinter::TrainingPrinter() : curve_(shows_curves()) {}

core::ProgressFn TrainingPrinter::callback() {
  return [this, others = printer_.callback()](const core::Progress& progress) {
    progress.point ? show(progress) : others(progress);
  };
}

void TrainingPrinter::show(const core::Progress& progress) {
  if (!points_.empty() && points_.back().stage != progress.point->stage) drawn_ = 0;  // the one before stays
  points_.push_back(*progress.point);
  printer_.clear_line();
  if (curve_) return draw(progress);
  fmt::print(stderr, "{}\n", progress_line(progress));
}

void TrainingPrinter::draw(const core::Progress& progress) {
  const std::size_t columns = terminal_columns();
  // One column stays free: a terminal may go on to the next line after its last one.
  const auto lines = core::draw_training(points_, columns - 1, kRows);
  if (lines.empty()) return fmt::print(stderr, "{}\n", progress_line(progress));
  std::string out = drawn_ > 0 ? fmt::format("\033[{}A\r\033[J", drawn_) : std::string();
  for (const std::string& line : lines) out += line + "\n";
  out += progress_line(progress).substr(0, columns - 1) + "\n";
  std::fputs(out.c_str(), stderr);
  std::fflush(stderr);
  drawn_ = lines.size() + 1;
}

}  // namespace purlscope::app::cli
