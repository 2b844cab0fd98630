#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/clip.h"
#include "core/formats/registry.h"

/// The readers of the registry. Each `matches_...` looks at name and first bytes alone; each `read_...` throws
/// Error{Code::not_found, Code::io, Code::bad_format, Code::unsupported, Code::limit, Code::cancelled} and never
/// crashes, whatever the bytes are. Memory stays within a small multiple of the file's size.
namespace purlscope::core {

/// Our own append-only recording `.purlrec` (core/formats/purlrec.h). The head states the layout. A torn tail and
/// damaged blocks are left out with a warning; all other frames read.
bool matches_purlrec(const std::filesystem::path& file, std::string_view head);
Clip read_purlrec(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace purlscope::core
