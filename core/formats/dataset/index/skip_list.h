#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace purlscope::core {

/// Names of samples, without ending, from a text file with one a line. Lines with blanks inside are its heading.
/// Source of the form: NTU_RGBD_samples_with_missing_skeletons.txt of github.com/shahroudy/NTURGB-D.
/// @throws Error{Code::not_found, Code::bad_format} when it cannot be read or names nothing
std::set<std::string> read_skip_list(const std::filesystem::path& file);

/// The name under which a recording stands in a skip list: its file name up to the first dot.
std::string sample_name(const std::filesystem::path& recording);

}  // namespace purlscope::core
