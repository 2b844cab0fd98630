#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/formats/class_list.h"
#include "core/formats/dataset.h"
#include "core/text/label_key.h"
#include "core/text/same_meaning.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

/// The unseen classes and all that mean the same as one of them.
std::set<DatasetClass> forbidden_names(const ClipSet& target, const std::vector<int>& unseen) {
  std::set<DatasetClass> direct;
  for (const int index : unseen) direct.emplace(target.kind, target.classes[static_cast<std::size_t>(index)]);
  std::set<DatasetClass> all = direct;
  for (const auto& [a, b] : same_meaning_pairs()) {
    if (direct.contains(a)) all.insert(b);
    if (direct.contains(b)) all.insert(a);
  }
  return all;
}

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

/// By name within its own kind of set, and by the words of the name in any: a folder of somebody's recordings may hold
/// the unseen action too.
std::vector<std::pair<std::size_t, int>> left_out_of(const std::vector<ClipSet>& others,
                                                     const std::set<DatasetClass>& names) {
  std::set<std::string> keys;
  for (const auto& [kind, name] : names) keys.insert(label_key(name));
  std::vector<std::pair<std::size_t, int>> left_out;
  for (std::size_t i = 0; i < others.size(); ++i) {
    for (std::size_t c = 0; c < others[i].classes.size(); ++c) {
      const std::string& name = others[i].classes[c];
      if (names.contains({others[i].kind, name}) || keys.contains(label_key(name))) {
        left_out.emplace_back(i, static_cast<int>(c));
      }
    }
  }
  return left_out;
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
    const auto uses = [&](const ClipSet& set) { return set.text_source == table.string(); };
    if (uses(data.target) || std::any_of(data.others.begin(), data.others.end(), uses)) continue;
    throw Error(Code::bad_argument,
                fmt::format("{}: the table serves none of the data sets; its labels must be the class names, "
                            "or its name must contain the data set's and it must have one row a class",
                            table.string()));
  }
}

}  // namespace

LabData load_lab_data(const fs::path& dataset, const std::string& split, const std::vector<fs::path>& with,
                      const std::vector<fs::path>& texts, const ProgressFn& progress, const std::stop_token& stop) {
  refuse_repeated_folders(dataset, with);
  LabData data;
  data.target = load_clip_set(dataset, texts, progress, stop);
  data.unseen = resolve_split(data.target, split);
  data.split = fs::path(split).filename().string();
  for (const fs::path& folder : with) data.others.push_back(load_clip_set(folder, texts, progress, stop));
  refuse_idle_tables(data, texts);
  const std::set<DatasetClass> names = forbidden_names(data.target, data.unseen);
  data.left_out = left_out_of(data.others, names);
  data.forbidden = with_indices(names);
  return data;
}

}  // namespace purlscope::core
