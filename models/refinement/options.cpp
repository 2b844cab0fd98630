#include "models/refinement/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "models/refinement/method.h"

namespace purlscope::models::refinement {
namespace {

using nlohmann::json;

constexpr double kMost = 100000;

/// A number among the options: one of the two members.
struct Setting {
  const char* key;
  std::int64_t Options::*whole;
  double Options::*real;
  double lowest, highest;
};

constexpr std::array kSettings = {Setting{"bank", &Options::bank, nullptr, 1, kMost},
                                  Setting{"threshold", nullptr, &Options::threshold, 0, 1},
                                  Setting{"warm_up", &Options::warm_up, nullptr, 1, kMost},
                                  Setting{"temperature", nullptr, &Options::temperature, 0.01, 100},
                                  Setting{"weight", nullptr, &Options::weight, 0, 100},
                                  Setting{"iterations", &Options::iterations, nullptr, 1, kMost},
                                  Setting{"prior", nullptr, &Options::prior, 0, 1e6},
                                  Setting{"learning_rate", nullptr, &Options::learning_rate, 1e-8, 10},
                                  Setting{"decay", nullptr, &Options::decay, 0, 100},
                                  Setting{"steps", &Options::steps, nullptr, 1, kMost},
                                  Setting{"schedule", &Options::schedule, nullptr, 1, kMost}};

[[noreturn]] void refuse(const std::string& key, const json& found, const std::string& expected) {
  throw Error(Code::bad_argument, fmt::format("refinement '{}': found {}, expected {}", key, found.dump(), expected));
}

void read(const json& value, const Setting& setting, Options& out) {
  const bool whole = setting.whole != nullptr;
  const bool fits = whole ? value.is_number_integer() : value.is_number();
  const double found = fits ? value.get<double>() : std::nan("");
  if (!(found >= setting.lowest && found <= setting.highest)) {
    refuse(setting.key, value,
           fmt::format("a {} from {} to {}", whole ? "whole number" : "number", setting.lowest, setting.highest));
  }
  if (whole) {
    out.*setting.whole = value.get<std::int64_t>();
  } else {
    out.*setting.real = found;
  }
}

core::RefineSetting described(const Setting& setting) {
  const Options standard;
  const bool whole = setting.whole != nullptr;
  return {setting.key, whole ? static_cast<double>(standard.*setting.whole) : standard.*setting.real, setting.lowest,
          setting.highest, whole};
}

}  // namespace

Options options_from_json(const json& config) {
  Options out;
  if (config.is_null()) return out;
  if (!config.is_object()) {
    throw Error(Code::bad_argument, fmt::format("refinement: found {}, expected an object", config.type_name()));
  }
  const json known = to_json(out);
  for (const auto& [key, value] : config.items()) {
    if (!known.contains(key)) {
      std::string keys;
      for (const auto& item : known.items()) keys += fmt::format("{}{}", keys.empty() ? "" : ", ", item.key());
      throw Error(Code::bad_argument, fmt::format("refinement: unknown key '{}'; known: {}", key, keys));
    }
    if (key == "method") {
      if (!value.is_string()) refuse(key, value, "a name");
      out.method = value.get<std::string>();
    }
    if (key == "guard") {
      if (!value.is_boolean()) refuse(key, value, "true or false");
      out.guard = value.get<bool>();
    }
    const auto* setting = std::ranges::find_if(kSettings, [&](const Setting& row) { return key == row.key; });
    if (setting != kSettings.end()) read(value, *setting, out);
  }
  make_method(out);
  return out;
}

json to_json(const Options& options) {
  json out = {{"method", options.method}, {"guard", options.guard}};
  for (const Setting& setting : kSettings) {
    if (setting.whole != nullptr) {
      out[setting.key] = options.*setting.whole;
    } else {
      out[setting.key] = options.*setting.real;
    }
  }
  return out;
}

std::vector<core::RefineMethod> refine_methods() {
  std::vector<core::RefineMethod> out;
  for (const MethodName& name : method_names()) {
    core::RefineMethod method{name.name, name.what, {}};
    const std::vector<std::string> heeded = settings_of(name.name);
    for (const Setting& setting : kSettings) {
      const bool common = setting.key == std::string_view("bank") || setting.key == std::string_view("threshold") ||
                          setting.key == std::string_view("warm_up");
      if (common || std::ranges::find(heeded, setting.key) != heeded.end()) {
        method.settings.push_back(described(setting));
      }
    }
    out.push_back(std::move(method));
  }
  return out;
}

}  // namespace purlscope::models::refinement
