#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/formats/class_list.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/check/clip_facts.h"
#include "core/formats/dataset/set_texts.h"
#include "core/formats/registry.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kShortest = 4;  // frames, where a data set has no custom of its own
constexpr std::size_t kClipsPerReport = 16;

bool same_motion(const Clip& a, const Clip& b) {
  return a.frames == b.frames && std::equal(a.persons.begin(), a.persons.end(), b.persons.begin(), b.persons.end(),
                                            [](const Person& x, const Person& y) { return x.joints == y.joints; });
}

class Loader {
 public:
  Loader(const Dataset& dataset, const ProgressFn& progress, std::stop_token stop)
      : dataset_(dataset), progress_(progress), stop_(std::move(stop)) {
    if (has_class_list(dataset.kind)) shortest_ = class_list(dataset.kind).shortest;
  }

  void run(ClipSet& set) {
    const std::size_t count = dataset_.entries.size();
    for (std::size_t i = 0; i < count; ++i) {
      throw_if_stopped(stop_);
      if (progress_ && i % kClipsPerReport == 0) {
        progress_({"Loading clips", static_cast<double>(i) / static_cast<double>(count),
                   fmt::format("{} of {}", i, count), i, count});
      }
      load(dataset_.entries[i], set);
    }
    if (progress_) progress_({"Loading clips", 1.0, fmt::format("{} of {}", count, count), count, count});
  }

 private:
  void load(const DatasetEntry& entry, ClipSet& set) {
    try {
      ReadOptions options;
      options.stop = stop_;
      ClipPtr clip = read_clip(entry.file, options);
      if (keep(*clip, set)) set.clips.push_back(std::move(clip));
    } catch (const Error& error) {
      if (error.code() == Code::cancelled) throw;
      set.problems.emplace_back(error.what());
    }
  }

  bool keep(const Clip& clip, ClipSet& set) {
    const std::size_t seen = seen_frames(clip);
    if (seen == 0) return drop(clip, "holds no position in any frame", set);
    if (seen < shortest_)
      return drop(clip, fmt::format("{} frame(s) with a person, at least {} are needed", seen, shortest_), set);
    if (dataset_.kind != "folder" && !clip.label_index) return drop(clip, "names no class of the data set", set);
    if (dataset_.kind == "folder" && !clip.label) return drop(clip, "states no label", set);
    note_repetition(clip, set);
    return true;
  }

  static bool drop(const Clip& clip, const std::string& why, ClipSet& set) {
    set.problems.push_back(fmt::format("{}: {}; left out", clip.name, why));
    return false;
  }

  /// A repetition stays in the set, as in the published splits, but no test counts it twice.
  void note_repetition(const Clip& clip, ClipSet& set) {
    std::vector<std::size_t>& candidates = by_content_[content_hash(clip)];
    for (const std::size_t other : candidates) {
      if (!same_motion(clip, *set.clips[other])) continue;
      set.repeats.insert(set.clips.size());
      set.problems.push_back(
          fmt::format("{} repeats {} exactly; a test counts them once", clip.name, set.clips[other]->name));
      return;
    }
    candidates.push_back(set.clips.size());
  }

  const Dataset& dataset_;
  const ProgressFn& progress_;
  std::stop_token stop_;
  std::size_t shortest_ = kShortest;
  std::map<std::uint64_t, std::vector<std::size_t>> by_content_;
};

/// A folder of mixed recordings: its classes are the labels that the clips state, sorted by name.
void number_labels(Dataset& dataset, ClipSet& set) {
  std::set<std::string> names;
  for (const ClipPtr& clip : set.clips) names.insert(*clip->label);
  dataset.classes.assign(names.begin(), names.end());
  for (ClipPtr& clip : set.clips) {
    auto numbered = std::make_shared<Clip>(*clip);
    numbered->label_index = static_cast<int>(std::distance(names.begin(), names.find(*clip->label)));
    clip = std::move(numbered);
  }
}

}  // namespace

ClipSet load_clip_set(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& texts,
                      const ProgressFn& progress, std::stop_token stop) {
  Dataset dataset = index_dataset(folder, stop);
  return load_clip_set(std::move(dataset), texts, progress, std::move(stop));
}

ClipSet load_clip_set(Dataset dataset, const std::vector<std::filesystem::path>& texts, const ProgressFn& progress,
                      std::stop_token stop, Wordings wordings) {
  ClipSet set;
  set.kind = dataset.kind;
  set.path = dataset.path.string();
  if (!dataset.skipped.empty()) {
    set.problems.push_back(
        fmt::format("{}: {} recording(s) left out by the skip list", set.path, dataset.skipped.size()));
  }
  Loader(dataset, progress, std::move(stop)).run(set);
  if (set.clips.empty()) {
    throw Error(Code::bad_format,
                fmt::format("{}: none of its {} recordings can be used; the first problem: {}", set.path,
                            dataset.entries.size(), set.problems.empty() ? "none" : set.problems.front()));
  }
  if (dataset.kind == "folder") number_labels(dataset, set);
  set.classes = dataset.classes;
  SetTexts found = texts_for(dataset, texts, wordings);
  set.labels = std::move(found.labels);
  set.text_source = std::move(found.source);
  set.further_sources = std::move(found.further_sources);
  return set;
}

}  // namespace purlscope::core
