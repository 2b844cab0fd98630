#pragma once

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/base/progress.h"

namespace purlscope::core {

struct WriteOptions {
  ProgressFn progress;
  std::stop_token stop;
};

/// One file format that clips can be written in.
struct FormatWriter {
  std::string id;                       ///< that of the reader: "npz"
  std::string title;                    ///< "NumPy archive"
  std::vector<std::string> extensions;  ///< lower case with the dot: ".npz"; the first is the usual one
  /// Writes the file complete or not at all. @return what the format cannot hold of this clip, a sentence each
  std::vector<std::string> (*write)(const Clip& clip, const std::filesystem::path& file, const WriteOptions& options);
};

/// All formats that can be written.
std::span<const FormatWriter> writers();

/// The writer of an id ("npz"). Null when there is none.
const FormatWriter* writer_by_id(std::string_view id);

/// The writer of a file name's extension, whatever its case.
/// @throws Error{Code::bad_argument} naming the known extensions
const FormatWriter& writer_for(const std::filesystem::path& file);

/// Writes a clip in the format that the extension names.
/// @return what the format cannot hold of this clip, a sentence each
/// @throws Error{Code::bad_argument, Code::io, Code::cancelled}; without success no file is left and an existing one
///         stays as it was.
std::vector<std::string> write_clip(const Clip& clip, const std::filesystem::path& file,
                                    const WriteOptions& options = {});

}  // namespace purlscope::core
