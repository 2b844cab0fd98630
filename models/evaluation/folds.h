#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/lab.h"

namespace purlscope::models {

/// Clips with their places in a list of classes.
struct LabelledClips {
  std::vector<core::ClipPtr> clips;
  std::vector<std::int64_t> truth;  ///< index in the list of classes
};

/// Clips of some classes of a set, in the set's order. @param with_repeats also those that repeat an earlier clip
LabelledClips clips_of(const core::ClipSet& set, const std::vector<int>& classes, bool with_repeats);

/// Classes of the target that have a clip and are not unseen, in the set's order.
std::vector<int> seen_classes(const core::LabData& data);

/// Labels of some classes.
std::vector<core::Label> labels_of(const core::ClipSet& set, const std::vector<int>& classes);

/// The same problem without any clip of an unseen class: all that a method may learn from.
core::LabData training_data(const core::LabData& data);

/// The problem with further classes of the target unseen, and what means the same left out of the other sets.
core::LabData with_unseen(const core::LabData& data, const std::vector<int>& more);

/// Some clips of every seen class kept out of training, for tests on seen classes.
struct Held {
  core::LabData training;  ///< without the held clips
  LabelledClips clips;     ///< `truth` counts in seen_classes(data); no repeated recordings
};

/// Holds out a share of each seen class's clips; a class keeps at least one clip to learn from. Repetitions of a held
/// clip do not stay in training. @param data as training_data() gives it
Held hold_clips(const core::LabData& data, double share, std::uint64_t seed);

/// Some of the values, in their order; the same draw on every platform for a seed.
std::vector<int> draw(const std::vector<int>& values, std::size_t count, std::uint64_t seed);

}  // namespace purlscope::models
