#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/formats/dataset.h"

namespace purlscope::core {

/// What a data set is made of. Lists are sorted, numbers by value.
struct DatasetSummary {
  std::vector<std::string> subjects, cameras, setups, repetitions;
  std::vector<std::string> formats;         ///< ids of readers
  std::vector<std::string> layouts;         ///< as far as formats fix them or clips were read
  std::vector<std::size_t> clips_of_class;  ///< in class order
  std::size_t read = 0;                     ///< entries whose clip was read, or cannot be
  std::size_t warnings = 0;                 ///< of the readers
  std::size_t frames = 0;                   ///< of the clips read
  double seconds = 0.0;                     ///< of the clips read
};

DatasetSummary summarise(const Dataset& dataset);

/// What people call the data set or its edition ("NTU RGB+D"); "folder" for one without a name.
std::string dataset_title(const Dataset& dataset);

}  // namespace purlscope::core
