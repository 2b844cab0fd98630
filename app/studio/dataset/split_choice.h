#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/dataset.h"
#include "core/formats/dataset/split/recording_split.h"

namespace purlscope::app {

/// How the clips of a data set are divided: by unseen classes, by recordings, by both or not at all.
struct SplitChoice {
  std::string name;         ///< of the class split, empty for none
  std::vector<int> unseen;  ///< class indices in the order of evaluation
  std::optional<core::RecordingSplit> recordings;

  bool by_class() const { return !unseen.empty(); }
};

/// A part of a divided data set. `to_train` and `to_test` need both divisions: what `train` and `evaluate` would use.
enum class SplitPart { all, seen, unseen, train, test, to_train, to_test };

/// The parts that a choice makes, `all` first.
std::vector<SplitPart> parts_of(const SplitChoice& choice);

/// A split file of the user's: JSON, or one class name a line.
/// @throws Error naming file and place, also when it does not fit the data set
SplitChoice load_split(const std::filesystem::path& file, const core::Dataset& dataset);
/// Writes the JSON form, which `purlscope evaluate --split FILE` takes too.
/// @throws Error{Code::bad_argument} when no class is unseen or none seen, Error{Code::io}
void save_split(const SplitChoice& choice, const core::Dataset& dataset, const std::filesystem::path& file);

/// Names of the unseen classes in the order of the split.
std::vector<std::string> unseen_names(const SplitChoice& choice, const core::Dataset& dataset);

}  // namespace purlscope::app
