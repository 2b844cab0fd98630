#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace purlscope::core {

/// A weight file that the user has installed.
struct InstalledWeights {
  std::string name;                    ///< by which commands find it
  std::string kind;                    ///< "shift-gcn", "structured", "purls", "clip-text", "minilm"
  std::int64_t parameters = 0;         ///< numbers in its floating-point tensors
  std::string sha256;                  ///< of the imported file, 64 hexadecimal digits
  std::optional<std::string> licence;  ///< as the file or the user states it
  std::filesystem::path folder;        ///< holds `model.safetensors`, `weights.json`, and a text encoder's vocabulary
};

/// Where weights are installed, a folder each: `weights` in the user's data.
std::filesystem::path weights_dir();

/// All installed weights by name; folders that are none are passed over with a warning in the log.
std::vector<InstalledWeights> installed_weights();

/// Reads `weights.json` of an installed folder. @throws Error{Code::bad_format} naming file and key
InstalledWeights read_installed(const std::filesystem::path& folder);

/// What a user calls a weight file: a path that exists, else the name of installed weights, else the path as it is (who
/// opens it says that it is missing).
std::filesystem::path weights_file(const std::string& path_or_name);

}  // namespace purlscope::core
