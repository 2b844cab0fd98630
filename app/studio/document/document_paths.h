#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/studio/document/document_text.h"

namespace purlscope::app {

/// A path as a session file holds it: relative to the file's folder where both have a folder in common below the root,
/// `{"bundled": NAME}` for a clip that comes with the program, else in full. `path` is absolute.
nlohmann::ordered_json path_to_json(const std::filesystem::path& path, const DocumentPlaces& places);

/// Back to an absolute path. Nothing when the value is no such path.
std::optional<std::filesystem::path> path_from_json(const nlohmann::json& value, const DocumentPlaces& places);

/// Whether a file is a session by its name.
bool is_session_file(const std::filesystem::path& path);

}  // namespace purlscope::app
