#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/progress.h"

namespace purlscope::core {

/// Class of each clip by its name without ending, from the label files beside Kinetics-skeleton clips
/// (`kinetics_train_label.json`, `kinetics_val_label.json`: {"clip": {"label": name, "label_index": 0-based}}). Files
/// are looked for in the folder and in its parent; a damaged one is passed over with a log line. Read as a stream.
/// @param classes  class names in order; a name counts before an index
/// Source: github.com/yysijie/st-gcn, tools/kinetics_gendata.py.
std::unordered_map<std::string, int> read_kinetics_labels(const std::filesystem::path& folder,
                                                          const std::vector<std::string>& classes,
                                                          const std::stop_token& stop);

}  // namespace purlscope::core
