#include "app/cli/support/validators.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

namespace purlscope::app::cli {

CLI::Validator whole_number(std::int64_t low, std::int64_t high) {
  const auto check = [low, high](const std::string& text) -> std::string {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc() && end == text.data() + text.size() && low <= value && value <= high) return {};
    return fmt::format("found {}, expected a whole number from {} to {}", text, low, high);
  };
  return {check, "INT", "whole number"};
}

CLI::Validator frame_rate() {
  const auto check = [](const std::string& text) -> std::string {
    constexpr double kFastest = 1000.0;
    double value = 0.0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc() && end == text.data() + text.size() && value > 0.0 && value <= kFastest) return {};
    return fmt::format("found {}, expected a number above 0 and at most {}", text, kFastest);
  };
  return {check, "FLOAT", "frame rate"};
}

}  // namespace purlscope::app::cli
