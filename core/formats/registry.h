#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/base/progress.h"

namespace purlscope::core {

struct ReadOptions {
  std::string format;         ///< id of the reader; empty = recognised by content and name
  std::string layout;         ///< override of the layout where a format leaves it open; empty = as the format states
  std::optional<double> fps;  ///< frames per second where a format does not state them; else the reader's default
  std::filesystem::path companion;  ///< skeleton of an AMC, labels of PKU-MMD; empty = looked for beside the recording
  ProgressFn progress;
  std::stop_token stop;
};

/// One file format.
struct FormatReader {
  std::string id;                     ///< "ntu-skeleton"
  std::string title;                  ///< "NTU RGB+D skeleton"
  std::vector<std::string> patterns;  ///< for file dialogs: "*.skeleton"
  /// True when name and first bytes say that the file is of this format. For a folder the bytes are empty.
  bool (*matches)(const std::filesystem::path& file, std::string_view head);
  Clip (*read)(const std::filesystem::path& file, const ReadOptions& options);
  bool folder = false;  ///< a recording is a folder of files, one a frame
};

/// All formats, in the order in which they are asked.
std::span<const FormatReader> formats();

/// The reader of a file or folder, by content and name. Null when none knows it or it cannot be read.
const FormatReader* recognise_format(const std::filesystem::path& file);

/// Recognises the format by content and name and reads the file (or the folder of a format that is one).
/// @throws Error{Code::not_found, Code::io, Code::bad_format, Code::unsupported, Code::cancelled}; a message names the
///         file, the place in it, what was found and what was expected.
ClipPtr read_clip(const std::filesystem::path& file, const ReadOptions& options = {});

}  // namespace purlscope::core
