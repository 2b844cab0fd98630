#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/engine/forbidden.h"
#include "core/formats/class_list.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/set_texts.h"
#include "core/formats/dataset/split/recording_split.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

std::vector<ForbiddenClass> with_indices(const std::set<DatasetClass>& names) {
  std::vector<ForbiddenClass> out;
  for (const auto& [kind, name] : names) {
    ForbiddenClass forbidden{kind, name, -1};
    if (has_class_list(kind)) {
      const auto& classes = class_list(kind).classes;
      const auto found = std::ranges::find(classes, name);
      if (found != classes.end()) forbidden.index = static_cast<int>(found - classes.begin());
    }
    out.push_back(std::move(forbidden));
  }
  return out;
}

/// A folder by its one true name; as it was given where it cannot be looked up, which loading then reports.
fs::path true_name(const fs::path& folder) {
  std::error_code failure;
  const fs::path name = fs::weakly_canonical(folder, failure);
  return failure ? folder : name;
}

void refuse_repeated_folders(const fs::path& dataset, const std::vector<fs::path>& with) {
  std::set<fs::path> seen{true_name(dataset)};
  for (const fs::path& folder : with) {
    if (seen.insert(true_name(folder)).second) continue;
    throw Error(Code::bad_argument,
                fmt::format("{}: named twice; a further training set must be another folder", folder.string()));
  }
}

/// A table the user named must serve a set, otherwise the figures would rest on other texts than he believes.
void refuse_idle_tables(const LabData& data, const std::vector<fs::path>& texts) {
  for (const fs::path& table : texts) {
    const auto uses = [&](const ClipSet& set) {
      return set.text_source == table.string() ||
             std::ranges::find(set.further_sources, table.string()) != set.further_sources.end();
    };
    if (uses(data.target) || std::any_of(data.others.begin(), data.others.end(), uses)) continue;
    throw Error(Code::bad_argument,
                fmt::format("{}: the table serves none of the data sets; its labels must be the class names, "
                            "or its name must contain the data set's and it must have one row a class",
                            table.string()));
  }
}

void refuse_idle_paraphrases(const LabData& data, Wordings wordings) {
  if (wordings == Wordings::first) return;
  std::vector<const ClipSet*> sets = {&data.target};
  for (const ClipSet& other : data.others) sets.push_back(&other);
  expect_further_wordings(sets);
}

Dataset index_without_skipped(const fs::path& folder, const fs::path& skip_list, const std::stop_token& stop) {
  IndexOptions options;
  options.skip_list = skip_list;
  options.stop = stop;
  return index_dataset(folder, options);
}

void keep_first_classes(Dataset& dataset, std::size_t classes) {
  if (classes == 0) return;
  if (classes > dataset.classes.size()) {
    throw Error(Code::bad_argument, fmt::format("{}: the first {} classes are asked for, the data set has {}",
                                                dataset.path.string(), classes, dataset.classes.size()));
  }
  dataset.classes.resize(classes);
  std::erase_if(dataset.entries,
                [&](const DatasetEntry& entry) { return entry.label_index >= static_cast<int>(classes); });
}

/// A clip set as far as a class split asks for it.
ClipSet without_clips(const Dataset& dataset, const std::vector<fs::path>& texts) {
  ClipSet set;
  set.kind = dataset.kind;
  set.path = dataset.path.string();
  set.classes = dataset.classes;
  set.labels = texts_for(dataset, texts).labels;
  return set;
}

/// Leaves the training side of the seen classes and the test side of the unseen ones, before anything is read, so that
/// a clip that repeats one of the other side counts.
void keep_sides(Dataset& dataset, const RecordingSplit& split, const std::vector<int>& unseen,
                const std::string& name) {
  const SplitSides sides = divide(dataset, split);
  const auto is_unseen = [&](std::size_t entry) {
    return std::ranges::find(unseen, dataset.entries[entry].label_index) != unseen.end();
  };
  std::vector<std::size_t> kept;
  for (const std::size_t entry : sides.train) {
    if (!is_unseen(entry)) kept.push_back(entry);
  }
  for (const std::size_t entry : sides.test) {
    if (is_unseen(entry)) kept.push_back(entry);
  }
  if (kept.empty()) {
    throw Error(
        Code::bad_argument,
        fmt::format("{}: split {} leaves none of its {} recordings; its training side is {} {}, its test side {}",
                    dataset.path.string(), name, dataset.entries.size(), split.by, fmt::join(split.train, ", "),
                    fmt::join(split.test, ", ")));
  }
  std::ranges::sort(kept);
  std::vector<DatasetEntry> entries;
  entries.reserve(kept.size());
  for (const std::size_t entry : kept) entries.push_back(std::move(dataset.entries[entry]));
  dataset.entries = std::move(entries);
}

}  // namespace

LabData load_lab_data(const LabSource& source, const ProgressFn& progress, const std::stop_token& stop) {
  refuse_repeated_folders(source.dataset, source.with);
  LabData data;
  Dataset target = index_without_skipped(source.dataset, source.skip_list, stop);
  keep_first_classes(target, source.classes);
  const std::string split = fs::path(source.split).filename().string();
  if (source.recordings.empty()) {
    data.target = load_clip_set(std::move(target), source.texts, progress, stop, source.wordings);
    data.unseen = resolve_split(data.target, source.split);
    data.split = split;
  } else {
    const RecordingSplit sides = recording_split(target, source.recordings);
    data.unseen = resolve_split(without_clips(target, source.texts), source.split);
    data.split = fmt::format("{}+{}", split, sides.name);
    keep_sides(target, sides, data.unseen, data.split);
    data.target = load_clip_set(std::move(target), source.texts, progress, stop, source.wordings);
  }
  for (const fs::path& folder : source.with) {
    data.others.push_back(load_clip_set(index_without_skipped(folder, source.skip_list, stop), source.texts, progress,
                                        stop, source.wordings));
  }
  refuse_idle_tables(data, source.texts);
  refuse_idle_paraphrases(data, source.wordings);
  const std::set<DatasetClass> names = same_meaning_as(data.target, data.unseen);
  data.left_out = find_classes(data.others, names);
  data.forbidden = with_indices(names);
  return data;
}

LabData load_lab_data(const fs::path& dataset, const std::string& split, const std::vector<fs::path>& with,
                      const std::vector<fs::path>& texts, const ProgressFn& progress, const std::stop_token& stop) {
  return load_lab_data(
      {.dataset = dataset, .split = split, .recordings = {}, .skip_list = {}, .with = with, .texts = texts}, progress,
      stop);
}

}  // namespace purlscope::core
