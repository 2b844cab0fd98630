#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/dataset/split_choice.h"
#include "core/formats/dataset.h"

namespace purlscope::app {

/// Which clips of a data set are asked for.
struct ClipFilter {
  QString search;               ///< words parted by blanks ("subject 3" is one); case does not matter
  int label = -1;               ///< class, -1 = any
  std::string subject, camera;  ///< empty = any
  SplitPart part = SplitPart::all;
  std::optional<std::vector<std::uint32_t>> only = {};  ///< none but these entries, ascending

  bool operator==(const ClipFilter&) const = default;
};

/// Indices of the entries that a filter lets pass, ascending. The search looks at class, subject, camera, take and file
/// name; every word must be found. A hundred thousand clips take some ten milliseconds.
std::vector<std::uint32_t> matching_clips(const core::Dataset& dataset, const SplitChoice& split,
                                          const ClipFilter& filter);

}  // namespace purlscope::app
