#pragma once

#include <filesystem>

#include "core/engine/engine.h"

namespace purlscope::core {

/// Reads features of texts that another program has computed: a NumPy archive with `texts` [N] (texts) and `features`
/// [N, dim] (numbers), and optionally `encoder` (the name of what made them; else the file's name); or an array
/// `FILE.npy` [N, dim] with `FILE.txt` beside it, one text a line.
/// @throws Error{Code::not_found, Code::bad_format} naming file and array: missing parts, other shapes, a text twice
TextFeatures read_text_features(const std::filesystem::path& file);

/// True for names that read_text_features() takes.
bool is_text_features(const std::filesystem::path& file);

}  // namespace purlscope::core
