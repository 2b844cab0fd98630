#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/formats/writer_registry.h"

/// The writers of the registry. Each writes the file complete or not at all (core/base/atomic_file.h), returns what its
/// format cannot hold of the clip and throws Error{Code::bad_argument} for a clip that it cannot hold at all,
/// Error{Code::io, Code::cancelled}.
namespace purlscope::core {

/// Our own recording format (core/formats/purlrec.h): holds all of a clip but the reader's warnings.
std::vector<std::string> write_purlrec(const Clip& clip, const std::filesystem::path& file,
                                       const WriteOptions& options);

}  // namespace purlscope::core
