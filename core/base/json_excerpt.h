#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

namespace purlscope::core {

/// A JSON value as it may be quoted in a message: short scalars as they are, of lists and objects only the size. Never
/// recurses, so a hostile file cannot exhaust the stack.
inline std::string json_excerpt(const nlohmann::json& value) {
  constexpr std::size_t kMost = 60;
  if (value.is_array()) return fmt::format("a list of {}", value.size());
  if (value.is_object()) return fmt::format("an object of {}", value.size());
  std::string text = value.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  if (text.size() > kMost) text = text.substr(0, kMost) + "...";
  return text;
}

}  // namespace purlscope::core
