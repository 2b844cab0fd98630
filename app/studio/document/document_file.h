#pragma once

#include <filesystem>
#include <string>

#include "app/studio/document/document_text.h"

namespace purlscope::app {

/// What the paths of a session file are written against.
DocumentPlaces places_of(const std::filesystem::path& file);

/// Appears complete or not at all. @throws Error{Code::io}
void save_document(const std::filesystem::path& file, const Document& document);

/// @throws Error{Code::not_found, Code::io} and as read_document
ReadDocument load_document(const std::filesystem::path& file);

}  // namespace purlscope::app
