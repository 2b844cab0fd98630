#include "models/refinement/options.h"

#include <fmt/format.h>

#include <cmath>

#include "core/base/error.h"
#include "models/refinement/method.h"

namespace purlscope::models::refinement {
namespace {

using nlohmann::json;

constexpr std::int64_t kMost = 100000;

[[noreturn]] void refuse(const std::string& key, const json& found, const std::string& expected) {
  throw Error(Code::bad_argument, fmt::format("refinement '{}': found {}, expected {}", key, found.dump(), expected));
}

void read(const json& value, const std::string& key, double lowest, double highest, double& out) {
  const double found = value.is_number() ? value.get<double>() : std::nan("");
  if (!(found >= lowest && found <= highest))
    refuse(key, value, fmt::format("a number from {} to {}", lowest, highest));
  out = found;
}

void read(const json& value, const std::string& key, std::int64_t lowest, std::int64_t& out) {
  const std::int64_t found = value.is_number_integer() ? value.get<std::int64_t>() : lowest - 1;
  if (found < lowest || found > kMost) refuse(key, value, fmt::format("a whole number from {} to {}", lowest, kMost));
  out = found;
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
    if (key == "bank") read(value, key, 1, out.bank);
    if (key == "warm_up") read(value, key, 1, out.warm_up);
    if (key == "iterations") read(value, key, 1, out.iterations);
    if (key == "steps") read(value, key, 1, out.steps);
    if (key == "schedule") read(value, key, 1, out.schedule);
    if (key == "threshold") read(value, key, 0.0, 1.0, out.threshold);
    if (key == "temperature") read(value, key, 0.01, 100.0, out.temperature);
    if (key == "weight") read(value, key, 0.0, 100.0, out.weight);
    if (key == "prior") read(value, key, 0.0, 1e6, out.prior);
    if (key == "learning_rate") read(value, key, 1e-8, 10.0, out.learning_rate);
    if (key == "decay") read(value, key, 0.0, 100.0, out.decay);
  }
  make_method(out);
  return out;
}

json to_json(const Options& options) {
  return {{"method", options.method},
          {"bank", options.bank},
          {"threshold", options.threshold},
          {"warm_up", options.warm_up},
          {"temperature", options.temperature},
          {"weight", options.weight},
          {"iterations", options.iterations},
          {"prior", options.prior},
          {"learning_rate", options.learning_rate},
          {"decay", options.decay},
          {"steps", options.steps},
          {"schedule", options.schedule},
          {"guard", options.guard}};
}

}  // namespace purlscope::models::refinement
