#include "app/studio/document/document_paths.h"

#include "core/base/ascii.h"
#include "core/base/json_member.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

/// "/home/ana/study" and "/home/ben/clips" have "/home" in common, "/data" and "/home" nothing.
bool have_a_folder_in_common(const fs::path& a, const fs::path& b) {
  const fs::path first = a.relative_path();
  const fs::path second = b.relative_path();
  return !first.empty() && !second.empty() && *first.begin() == *second.begin();
}

}  // namespace

nlohmann::ordered_json path_to_json(const fs::path& path, const DocumentPlaces& places) {
  if (!places.bundled.empty() && path.parent_path() == places.bundled) return {{"bundled", path.filename().string()}};
  if (!places.folder.empty() && have_a_folder_in_common(path, places.folder)) {
    return path.lexically_relative(places.folder).string();
  }
  return path.string();
}

std::optional<fs::path> path_from_json(const nlohmann::json& value, const DocumentPlaces& places) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty() || text.find('\0') != std::string::npos) return std::nullopt;
    return (places.folder / text).lexically_normal();
  }
  const nlohmann::json& name = core::member(value, "bundled");
  if (!name.is_string()) return std::nullopt;
  const fs::path bundled = name.get<std::string>();
  if (bundled.empty() || bundled.has_parent_path()) return std::nullopt;
  return places.bundled / bundled;
}

bool is_session_file(const fs::path& path) { return core::lower_ascii(path.extension().string()) == kDocumentSuffix; }

}  // namespace purlscope::app
