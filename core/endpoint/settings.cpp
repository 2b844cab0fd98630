#include "core/endpoint/settings.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

constexpr double kLongestTimeout = 3600.0;  // seconds

void take(EndpointSettings& settings, const std::string& key, const nlohmann::json& value, const std::string& file) {
  const auto refuse = [&](const char* expected) {
    throw Error(Code::bad_format, fmt::format("{}: key '{}': expected {}", file, key, expected));
  };
  if (key == "timeout_s") {
    const double seconds = value.is_number() ? value.get<double>() : 0.0;
    if (!(seconds > 0.0 && seconds <= kLongestTimeout)) refuse("seconds, more than 0 and at most 3600");
    settings.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000.0));
    return;
  }
  if (key != "url" && key != "model" && key != "api_key") refuse("one of url, model, api_key, timeout_s");
  if (!value.is_string()) refuse("a text");
  (key == "url" ? settings.url : key == "model" ? settings.model : settings.api_key) = value.get<std::string>();
}

}  // namespace

EndpointSettings endpoint_settings() {
  EndpointSettings settings;
  const std::filesystem::path file = user_config_dir() / "endpoint.json";
  if (std::ifstream in(file); in) {
    const nlohmann::json document = nlohmann::json::parse(in, nullptr, false);
    if (!document.is_object()) {
      throw Error(Code::bad_format, fmt::format("{}: expected a JSON object with url and model", file.string()));
    }
    for (const auto& [key, value] : document.items()) take(settings, key, value, file.string());
  }
  if (const char* key = std::getenv("PURLSCOPE_API_KEY"); key != nullptr && *key != '\0') settings.api_key = key;
  return settings;
}

}  // namespace purlscope::core
