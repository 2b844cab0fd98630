#include "app/studio/document/section.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/json_excerpt.h"

namespace purlscope::app {

using nlohmann::json;

Section::Section(const json* value, std::string key, Problems& problems)
    : value_(value), key_(std::move(key)), problems_(&problems) {}

std::string Section::key_of(const char* name) const { return key_.empty() ? name : fmt::format("{}.{}", key_, name); }

const json* Section::member(const char* name) const {
  if (value_ == nullptr) return nullptr;
  const auto found = value_->find(name);
  return found == value_->end() || found->is_null() ? nullptr : &*found;
}

void Section::tell(const std::string& key, const json& found, const std::string& expected,
                   const std::string& instead) const {
  problems_->push_back(fmt::format("{}: found {}, expected {}; {}", key, core::json_excerpt(found), expected, instead));
}

Section Section::section(const char* name) const {
  const json* found = member(name);
  if (found != nullptr && !found->is_object()) {
    tell(key_of(name), *found, "an object");
    found = nullptr;
  }
  return {found, key_of(name), *problems_};
}

void Section::read(const char* name, bool& value) const {
  const json* found = member(name);
  if (found == nullptr) return;
  if (found->is_boolean()) {
    value = found->get<bool>();
  } else {
    tell(key_of(name), *found, "true or false");
  }
}

void Section::read(const char* name, std::string& value) const {
  std::optional<std::string> text;
  read(name, text);
  if (text) value = std::move(*text);
}

void Section::read(const char* name, std::optional<std::string>& value) const {
  const json* found = member(name);
  if (found == nullptr) return;
  if (found->is_string()) {
    value = found->get<std::string>();
  } else {
    tell(key_of(name), *found, "a text or null");
  }
}

std::optional<double> Section::number(const char* name, double low, double high) const {
  const json* found = member(name);
  if (found == nullptr) return std::nullopt;
  const double number = found->is_number() ? found->get<double>() : low - 1.0;
  if (number >= low && number <= high) return number;
  tell(key_of(name), *found, fmt::format("a number from {:g} to {:g}", low, high));
  return std::nullopt;
}

void Section::read(const char* name, double& value, double low, double high) const {
  value = number(name, low, high).value_or(value);
}

void Section::read(const char* name, std::optional<double>& value, double low, double high) const {
  if (const auto found = number(name, low, high)) value = found;
}

void Section::read(const char* name, float& value, float low, float high) const {
  if (const auto found = number(name, low, high)) value = static_cast<float>(*found);
}

void Section::read(const char* name, int& value, int low, int high) const {
  if (const auto found = number(name, low, high)) value = static_cast<int>(*found);
}

void Section::read_choice(const char* name, std::size_t& value, std::span<const std::string_view> names) const {
  const json* found = member(name);
  if (found == nullptr) return;
  const auto at = found->is_string() ? std::ranges::find(names, found->get_ref<const std::string&>()) : names.end();
  if (at != names.end()) {
    value = static_cast<std::size_t>(at - names.begin());
  } else {
    tell(key_of(name), *found, fmt::format("one of {}", fmt::join(names, ", ")));
  }
}

void Section::each(const char* name, const std::function<void(const json&, const std::string&)>& item) const {
  const json* found = member(name);
  if (found == nullptr) return;
  if (!found->is_array()) {
    tell(key_of(name), *found, "a list");
    return;
  }
  for (std::size_t i = 0; i < found->size(); ++i) item((*found)[i], fmt::format("{}[{}]", key_of(name), i));
}

}  // namespace purlscope::app
