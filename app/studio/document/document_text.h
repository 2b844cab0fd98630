#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/studio/document/document.h"

namespace purlscope::app {

inline constexpr int kDocumentVersion = 1;                    ///< of session files, that this program writes
inline constexpr std::size_t kMaxDocumentBytes = 64U << 20U;  ///< of a session file that is read
inline constexpr std::string_view kDocumentSuffix = ".purl";

/// Against what the paths of a session file are written and read.
struct DocumentPlaces {
  std::filesystem::path folder;   ///< of the session file; empty = paths are written in full (autosave)
  std::filesystem::path bundled;  ///< of the clips that come with the program, which lie elsewhere on other machines
};

/// A session file's text: JSON as docs/user/sessions.md describes it. Thread: any.
std::string write_document(const Document& document, const DocumentPlaces& places);

struct ReadDocument {
  Document document;
  Problems problems;  ///< what could not be used; empty for a sound file
};

/// Takes all that is right of a session file, also of one that breaks off. Thread: any.
/// @param name of the file, for messages
/// @throws Error{Code::bad_format} where the text is no session, with line and column; Error{Code::unsupported} for one
///         of a later version; Error{Code::limit} over kMaxDocumentBytes
ReadDocument read_document(std::string_view text, const std::string& name, const DocumentPlaces& places);

/// What of a document counts as changed when a person asks "is this saved?": all but the playhead, the place of the
/// panels, and what the program by itself puts in. Two documents with the same text are the same. Thread: any.
std::string content_of(Document document);

}  // namespace purlscope::app
