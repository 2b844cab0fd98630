#include "models/evaluation/folds.h"

#include <algorithm>
#include <random>
#include <set>

#include "core/base/shuffle.h"
#include "core/engine/forbidden.h"

namespace purlscope::models {
namespace {

int class_of(const core::Clip& clip) { return clip.label_index.value_or(-1); }

/// The set with the clips for which `keep(index)` holds.
template <typename Keep>
core::ClipSet select(const core::ClipSet& set, Keep keep) {
  core::ClipSet out = set;
  out.clips.clear();
  out.repeats.clear();
  for (std::size_t i = 0; i < set.clips.size(); ++i) {
    if (!keep(i)) continue;
    if (set.repeats.contains(i)) out.repeats.insert(out.clips.size());
    out.clips.push_back(set.clips[i]);
  }
  return out;
}

core::LabData with_target(const core::LabData& data, core::ClipSet target) {
  core::LabData out = data;
  out.target = std::move(target);
  return out;
}

}  // namespace

LabelledClips clips_of(const core::ClipSet& set, const std::vector<int>& classes, bool with_repeats) {
  LabelledClips out;
  for (std::size_t i = 0; i < set.clips.size(); ++i) {
    const auto place = std::ranges::find(classes, class_of(*set.clips[i]));
    if (place == classes.end() || (!with_repeats && set.repeats.contains(i))) continue;
    out.clips.push_back(set.clips[i]);
    out.truth.push_back(place - classes.begin());
  }
  return out;
}

std::vector<int> seen_classes(const core::LabData& data) {
  std::set<int> present;
  for (const core::ClipPtr& clip : data.target.clips) present.insert(class_of(*clip));
  for (const int label : data.unseen) present.erase(label);
  std::vector<int> out;
  for (const int label : present) {
    if (label >= 0 && static_cast<std::size_t>(label) < data.target.labels.size()) out.push_back(label);
  }
  return out;
}

std::vector<core::Label> labels_of(const core::ClipSet& set, const std::vector<int>& classes) {
  std::vector<core::Label> out;
  out.reserve(classes.size());
  for (const int label : classes) out.push_back(set.labels.at(static_cast<std::size_t>(label)));
  return out;
}

core::LabData training_data(const core::LabData& data) {
  return with_target(data, select(data.target, [&](std::size_t i) {
                       return std::ranges::find(data.unseen, class_of(*data.target.clips[i])) == data.unseen.end();
                     }));
}

core::LabData with_unseen(const core::LabData& data, const std::vector<int>& more) {
  core::LabData out = data;
  out.unseen.insert(out.unseen.end(), more.begin(), more.end());
  const std::vector<std::pair<std::size_t, int>> same =
      core::find_classes(data.others, core::same_meaning_as(data.target, more));
  out.left_out.insert(out.left_out.end(), same.begin(), same.end());
  return out;
}

Held hold_clips(const core::LabData& data, double share, std::uint64_t seed) {
  std::mt19937 generator(static_cast<std::uint32_t>(seed));
  const std::vector<int> classes = seen_classes(data);
  std::set<std::size_t> held;
  Held out;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < data.target.clips.size(); ++i) {
      if (class_of(*data.target.clips[i]) == classes[c] && !data.target.repeats.contains(i)) own.push_back(i);
    }
    core::shuffle(own, generator);
    own.resize(static_cast<std::size_t>(share * static_cast<double>(own.size())));
    for (const std::size_t i : own) {
      held.insert(i);
      out.clips.clips.push_back(data.target.clips[i]);
      out.clips.truth.push_back(static_cast<std::int64_t>(c));
    }
  }
  out.training = with_target(
      data, select(data.target, [&](std::size_t i) { return !held.contains(i) && !data.target.repeats.contains(i); }));
  return out;
}

std::vector<int> draw(const std::vector<int>& values, std::size_t count, std::uint64_t seed) {
  std::mt19937 generator(static_cast<std::uint32_t>(seed));
  std::vector<int> out = values;
  core::shuffle(out, generator);
  out.resize(std::min(out.size(), count));
  std::ranges::sort(out);
  return out;
}

}  // namespace purlscope::models
