#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace purlscope::core {

/// A zero-shot split that a user made: which classes are unseen; all others are seen. As a file it is one JSON object:
/// {"purlscope_split": 1, "name": "my split", "dataset": "nw-ucla", "note": "free text", "unseen": ["throw", "carry"]}
/// with classes by name. `dataset` (a kind) and `note` may be absent; unknown keys are refused.
struct OwnSplit {
  std::string name;
  std::string dataset;  ///< kind it was made for; empty = any
  std::string note;
  std::vector<std::string> unseen;  ///< class names, in the order of evaluation

  bool operator==(const OwnSplit&) const = default;
};

/// @throws Error{Code::not_found, Code::bad_format} naming file and key, what was found and what was expected
OwnSplit read_own_split(const std::filesystem::path& file);

/// What hinders the use of a split on a data set, a sentence each; empty = none: a class twice or unknown, no class
/// unseen or none seen, made for another kind. Class names are compared without regard to the case of ASCII letters.
std::vector<std::string> split_faults(const OwnSplit& split, const std::string& kind,
                                      const std::vector<std::string>& classes);

/// Writes the file whole or not at all. @throws Error{Code::io}
void write_own_split(const OwnSplit& split, const std::filesystem::path& file);

}  // namespace purlscope::core
