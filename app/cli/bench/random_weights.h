#pragma once

#include <cstdint>
#include <filesystem>

namespace purlscope::app::cli {

/// Writes a Shift-GCN of the published shape (60 classes of NTU RGB+D, 25 joints) with seeded random weights, for
/// measuring where no checkpoint is installed: its arithmetic is that of a trained one, its scores mean nothing.
/// @throws Error{Code::io}
void write_random_shift_gcn(const std::filesystem::path& file, std::uint64_t seed);

}  // namespace purlscope::app::cli
