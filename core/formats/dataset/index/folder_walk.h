#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"

namespace purlscope::core {

/// A file below a folder, or a sub-folder that is one recording.
struct FolderFile {
  std::filesystem::path path;
  std::uint64_t bytes = 0;    ///< 0 for a folder
  std::int64_t modified = 0;  ///< nanoseconds since the epoch

  bool operator==(const FolderFile&) const = default;
};

/// Lists a folder and four levels below, sorted by path. Folders that are one recording are listed as such and not
/// entered; what may not be read is passed over. Opens no file.
/// @throws Error{Code::limit} beyond a million files, Error{Code::io, Code::cancelled}
std::vector<FolderFile> walk_folder(const std::filesystem::path& folder, const ProgressFn& progress,
                                    const std::stop_token& stop);

/// Path below the folder, with '/'. @param file  as walk_folder() gave it for this folder
std::string below(const std::filesystem::path& folder, const std::filesystem::path& file);

}  // namespace purlscope::core
