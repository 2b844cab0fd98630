#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/base/progress.h"

namespace purlscope::core {

struct ReadOptions {
  std::string layout;  ///< override of the layout where a format leaves it open; empty = as the format states
  ProgressFn progress;
  std::stop_token stop;
};

/// One file format.
struct FormatReader {
  std::string id;                     ///< "ntu-skeleton"
  std::string title;                  ///< "NTU RGB+D skeleton"
  std::vector<std::string> patterns;  ///< for file dialogs: "*.skeleton"
  std::string sign;                   ///< what a file of these patterns is known by, for messages
  /// True when name and first bytes say that the file is of this format.
  bool (*matches)(const std::filesystem::path& file, std::string_view head);
  Clip (*read)(const std::filesystem::path& file, const ReadOptions& options);
};

/// All formats, in the order in which they are asked.
std::span<const FormatReader> formats();

/// Recognises the format by content and name and reads the file.
/// @throws Error{Code::not_found, Code::io, Code::bad_format, Code::unsupported, Code::cancelled}; a message names the
///         file, the place in it, what was found and what was expected.
ClipPtr read_clip(const std::filesystem::path& file, const ReadOptions& options = {});

}  // namespace purlscope::core
