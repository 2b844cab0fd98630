#pragma once

#include <string>
#include <vector>

namespace purlscope::core {

/// Facts about a published data set, from `resources/datasets/<kind>.json`.
struct ClassList {
  std::string kind;
  std::string title;
  std::string source;                ///< publication the names come from
  std::vector<std::string> classes;  ///< names in class order
  std::vector<int> action_ids;       ///< id in the file names of each class
  std::vector<std::string> aliases;  ///< parts of file names that description tables of this set carry
  std::vector<std::string> splits;   ///< ids of the split files that hold for it: `resources/splits/<id>.json`
  std::size_t shortest = 4;          ///< sequences with fewer frames are dropped, by the custom of the field
};

/// Loaded once, kept for the process. Thread: any.
/// @throws Error{Code::not_found} naming the known kinds, Error{Code::bad_format} when the data file is damaged.
const ClassList& class_list(const std::string& kind);

/// True when facts about the kind are known ("folder" is none).
bool has_class_list(const std::string& kind);

}  // namespace purlscope::core
