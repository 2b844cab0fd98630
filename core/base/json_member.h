#pragma once

#include <nlohmann/json.hpp>

namespace purlscope::core {

/// The member, or null (a shared one) when the value is no object or has none.
inline const nlohmann::json& member(const nlohmann::json& value, const char* key) {
  static const nlohmann::json none;
  if (!value.is_object()) return none;
  const auto found = value.find(key);
  return found == value.end() ? none : *found;
}

}  // namespace purlscope::core
