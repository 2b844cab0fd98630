#pragma once

#include <string>
#include <vector>

namespace purlscope::core {

/// An earlier, smaller release of a data set: its first classes.
struct ClassListEdition {
  std::string id;  ///< "ntu60"
  std::string title;
  std::size_t classes = 0;
  std::size_t recordings = 0;
};

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
  std::string format;                ///< id of the reader of its recordings; empty = several
  std::string layout;                ///< joint layout that its recordings have; empty = they differ
  std::size_t recordings = 0;        ///< published number, 0 = not known
  /// Subjects and repetitions where every subject did every class so often, else 0; `name` makes a recording's name of
  /// {action}, {subject} and {repetition}.
  std::size_t subjects = 0, repetitions = 0;
  std::string name;
  std::vector<ClassListEdition> editions;  ///< smaller releases, smallest first
};

/// Loaded once, kept for the process. Thread: any.
/// @throws Error{Code::not_found} naming the known kinds, Error{Code::bad_format} when the data file is damaged.
const ClassList& class_list(const std::string& kind);

/// Kinds with a class list, sorted.
std::vector<std::string> class_list_kinds();

/// The joint layout of every recording of a format that one published data set has; empty when formats leave it open.
std::string layout_of_format(const std::string& format);

/// True when facts about the kind are known ("folder" is none).
bool has_class_list(const std::string& kind);

}  // namespace purlscope::core
