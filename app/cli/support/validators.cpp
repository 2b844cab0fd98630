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

}  // namespace purlscope::app::cli
