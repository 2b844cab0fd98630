#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/formats/numpy/npz_reader.h"
#include "core/formats/registry.h"

namespace purlscope::core {

inline constexpr double kMaxFps = 100'000.0;  ///< more is no frame rate

/// True when write_npz_clip() wrote it: `joints` come with `state`.
bool is_own_npz(const NpzArchive& archive);

/// @throws Error{Code::bad_format, Code::shape_mismatch} when the arrays do not fit together
Clip read_own_npz(const std::filesystem::path& file, NpzArchive& archive, const ReadOptions& options);

/// The first text or number of a small array. Absent when there is no such array or it holds the other kind.
std::optional<std::string> npz_text(NpzArchive& archive, const std::string& name);
std::optional<double> npz_number(NpzArchive& archive, const std::string& name);

/// Time stamps from the first one. @throws Error{Code::bad_format} when there are not `frames` or they do not rise
std::vector<double> checked_times(const NpyArray& array, std::size_t frames);

}  // namespace purlscope::core
