#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/support/json_output.h"

namespace purlscope::app::cli {

/// The clips named on a command line: files as given, folders replaced by the recordings in them. A folder that holds
/// none stays in the list, to fail when its turn comes.
std::vector<std::filesystem::path> expand_inputs(const std::vector<std::string>& inputs, const std::stop_token& stop);

/// Runs `work` on each file in order. A file that fails is told on stderr and handed to `failed`; the rest go on.
/// @return kDone, or kFailed when a file failed
/// @throws Error{Code::cancelled} when asked to stop before all files are done
int for_each_file(const std::vector<std::filesystem::path>& files, const std::stop_token& stop,
                  const std::function<void(const std::filesystem::path&)>& work,
                  const std::function<void(const std::filesystem::path&, const std::string& message)>& failed);

/// The document of a file that could not be processed.
Json failure_document(const std::filesystem::path& file, const std::string& message);

/// Creates the folder that is to hold `file`. @throws Error{Code::io}
void prepare_output(const std::filesystem::path& file);

}  // namespace purlscope::app::cli
