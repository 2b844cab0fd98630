#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// A file of a given name in a folder of labels beside a recording: in the recording's own folder, in the two folders
/// above it, and in folders there whose names contain "label", two levels deep. The nearest is taken.
/// @param name  file name of the labels
std::optional<std::filesystem::path> find_label_file(const std::filesystem::path& recording, const std::string& name);

/// Segments by begin; those of no length are left out.
void sort_segments(std::vector<Segment>& segments);

}  // namespace purlscope::core
