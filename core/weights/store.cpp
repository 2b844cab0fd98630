#include "core/weights/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace fs = std::filesystem;

fs::path weights_dir() { return user_data_dir() / "weights"; }

InstalledWeights read_installed(const fs::path& folder) {
  const fs::path file = folder / "weights.json";
  std::ifstream in(file);
  try {
    const nlohmann::json document = nlohmann::json::parse(in);
    InstalledWeights weights;
    document.at("name").get_to(weights.name);
    document.at("kind").get_to(weights.kind);
    document.at("parameters").get_to(weights.parameters);
    document.at("sha256").get_to(weights.sha256);
    if (document.at("licence").is_string()) weights.licence = document.at("licence").get<std::string>();
    weights.folder = folder;
    return weights;
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}; import the weights again", file.string(), error.what()));
  }
}

std::vector<InstalledWeights> installed_weights() {
  std::vector<InstalledWeights> found;
  std::error_code ignored;  // no such folder: nothing is installed
  for (fs::directory_iterator entry(weights_dir(), ignored); entry != fs::directory_iterator();
       entry.increment(ignored)) {
    if (entry->path().filename().string().starts_with('.')) continue;  // an import that was cut off
    try {
      found.push_back(read_installed(entry->path()));
    } catch (const Error& error) {
      log(LogLevel::warning, error.what());
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return found;
}

fs::path weights_file(const std::string& path_or_name) {
  std::error_code ignored;
  if (fs::exists(path_or_name, ignored) || path_or_name.find('/') != std::string::npos) return path_or_name;
  const fs::path installed = weights_dir() / path_or_name / "model.safetensors";
  return !path_or_name.empty() && fs::exists(installed, ignored) ? installed : fs::path(path_or_name);
}

}  // namespace purlscope::core
