#include "app/studio/dataset/split_choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/error.h"
#include "core/formats/dataset/split/own_split.h"

namespace purlscope::app {
namespace fs = std::filesystem;

std::vector<SplitPart> parts_of(const SplitChoice& choice) {
  std::vector<SplitPart> parts{SplitPart::all};
  if (choice.by_class()) parts.insert(parts.end(), {SplitPart::seen, SplitPart::unseen});
  if (choice.recordings) parts.insert(parts.end(), {SplitPart::train, SplitPart::test});
  if (choice.by_class() && choice.recordings) parts.insert(parts.end(), {SplitPart::to_train, SplitPart::to_test});
  return parts;
}

SplitChoice load_split(const fs::path& file, const core::Dataset& dataset) {
  core::ClipSet set;
  set.kind = dataset.kind;
  set.path = dataset.path.string();
  set.classes = dataset.classes;
  for (const std::string& name : dataset.classes) set.labels.push_back({name, {}});
  SplitChoice choice;
  choice.unseen = core::resolve_split(set, file.string());
  if (choice.unseen.size() >= dataset.classes.size()) {
    throw Error(Code::bad_argument, fmt::format("{}: all {} classes are unseen, at least one must be seen",
                                                file.string(), dataset.classes.size()));
  }
  choice.name = file.stem().string();
  if (file.extension() != ".json") return choice;
  const std::string own = core::read_own_split(file).name;
  if (!own.empty()) choice.name = own;
  return choice;
}

void save_split(const SplitChoice& choice, const core::Dataset& dataset, const fs::path& file) {
  const bool fixed_classes = dataset.kind != "folder";
  const core::OwnSplit own{
      choice.name, fixed_classes ? dataset.kind : std::string(), {}, unseen_names(choice, dataset)};
  const std::vector<std::string> faults = core::split_faults(own, dataset.kind, dataset.classes);
  if (!faults.empty()) {
    throw Error(Code::bad_argument, fmt::format("{}: not saved: {}", file.string(), fmt::join(faults, "; ")));
  }
  core::write_own_split(own, file);
}

std::vector<std::string> unseen_names(const SplitChoice& choice, const core::Dataset& dataset) {
  std::vector<std::string> names;
  for (const int label : choice.unseen) names.push_back(dataset.classes.at(static_cast<std::size_t>(label)));
  return names;
}

}  // namespace purlscope::app
