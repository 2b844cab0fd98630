#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "core/live/parser/parser.h"
#include "core/live/pose_source.h"

namespace purlscope::core {

/// A folder into which a program writes one JSON file a frame (inotify: complete files as they are closed or moved
/// there). The persons are followed over the files. Files that are there at the start come first, in order of their
/// names.
/// @param fps  frames a second of the files' sequence; empty = 30 for those there at the start, and later ones by the
/// time
///             at which they come
std::unique_ptr<LiveInput> make_folder_watch(std::filesystem::path folder, std::unique_ptr<Parser> parser,
                                             std::optional<double> fps);

}  // namespace purlscope::core
