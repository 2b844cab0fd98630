#include "models/baselines/learn/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"

namespace purlscope::models::baselines {

using nlohmann::json;

Settings::Settings(std::string method, const json& config)
    : method_(std::move(method)), config_(config.is_null() ? json::object() : config), used_(json::object()) {
  if (config_.is_object()) return;
  throw Error(Code::bad_argument, fmt::format("the config of method {} is {}: expected a JSON object", method_,
                                              core::json_excerpt(config)));
}

const json* Settings::find(const char* key) const {
  const auto found = config_.find(key);
  return found == config_.end() ? nullptr : &*found;
}

void Settings::refuse(const char* key, const json& found, const std::string& expected) const {
  throw Error(Code::bad_argument, fmt::format("config key '{}' of method {} is {}: expected {}", key, method_,
                                              core::json_excerpt(found), expected));
}

double Settings::number(const char* key, double fallback, double low, double high) {
  const json* found = find(key);
  const double value = found != nullptr && found->is_number() ? found->get<double>() : fallback;
  const bool readable = found == nullptr || found->is_number();
  if (!readable || !(value >= low && value <= high))
    refuse(key, *found, fmt::format("a number from {} to {}", low, high));
  used_[key] = value;
  return value;
}

std::int64_t Settings::count(const char* key, std::int64_t fallback, std::int64_t low, std::int64_t high) {
  const json* found = find(key);
  const bool readable = found == nullptr || found->is_number_integer();
  const std::int64_t value = found != nullptr && readable ? found->get<std::int64_t>() : fallback;
  if (!readable || value < low || value > high) refuse(key, *found, fmt::format("an integer from {} to {}", low, high));
  used_[key] = value;
  return value;
}

bool Settings::flag(const char* key, bool fallback) {
  const json* found = find(key);
  if (found != nullptr && !found->is_boolean()) refuse(key, *found, "true or false");
  const bool value = found == nullptr ? fallback : found->get<bool>();
  used_[key] = value;
  return value;
}

std::string Settings::choice(const char* key, const char* fallback, const std::vector<std::string>& known) {
  const json* found = find(key);
  const json value = found == nullptr ? json(fallback) : *found;
  if (!value.is_string() || std::ranges::find(known, value.get<std::string>()) == known.end()) {
    refuse(key, value, fmt::format("one of {}", known));
  }
  used_[key] = value;
  return value.get<std::string>();
}

json Settings::finish() const {
  for (const auto& item : config_.items()) {
    if (used_.contains(item.key())) continue;
    std::vector<std::string> known;
    for (const auto& setting : used_.items()) known.push_back(setting.key());
    throw Error(Code::bad_argument,
                fmt::format("unknown config key '{}' of method {}: expected one of {}", item.key(), method_, known));
  }
  return used_;
}

Schedule Schedule::read(Settings& settings, const Schedule& fallback) {
  Schedule schedule = read_pace(settings, fallback);
  schedule.steps = settings.count("steps", fallback.steps, 1, 10'000'000);
  return schedule;
}

Schedule Schedule::read_pace(Settings& settings, const Schedule& fallback) {
  Schedule schedule = fallback;
  schedule.batch = settings.count("batch", fallback.batch, 2, 65536);
  schedule.learning_rate = settings.number("learning_rate", fallback.learning_rate, 1e-8, 1);
  schedule.speed_up = settings.number("speed_up", fallback.speed_up, 1, 1000);
  return schedule;
}

std::int64_t Schedule::steps_made() const {
  return std::max<std::int64_t>(1, std::llround(static_cast<double>(steps) / speed_up));
}

}  // namespace purlscope::models::baselines
