#pragma once

#include <filesystem>

namespace purlscope::test {

/// The repository. The one place that knows its path at compile time, so that all other files are the same to a
/// compiler cache wherever the repository lies.
std::filesystem::path source_dir();

}  // namespace purlscope::test
