#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/paths.h"
#include "core/formats/class_list.h"
#include "core/formats/dataset.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using ClassName = std::pair<std::string, std::string>;  // kind, class

/// Pairs of classes of different data sets that mean the same; each holds in both directions.
std::vector<std::pair<ClassName, ClassName>> read_same_meaning() {
  const fs::path file = resource("datasets/same_meaning.json");
  std::ifstream in(file);
  std::vector<std::pair<ClassName, ClassName>> pairs;
  try {
    const auto name = [](const nlohmann::json& json) {
      return ClassName(json.at("dataset").get<std::string>(), json.at("class").get<std::string>());
    };
    const nlohmann::json json = nlohmann::json::parse(in);
    for (const nlohmann::json& pair : json.at("pairs")) pairs.emplace_back(name(pair.at(0)), name(pair.at(1)));
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}", file.string(), error.what()));
  }
  return pairs;
}

/// The unseen classes and all that mean the same as one of them.
std::set<ClassName> forbidden(const ClipSet& target, const std::vector<int>& unseen) {
  std::set<ClassName> direct;
  for (const int index : unseen) {
    const auto c = static_cast<std::size_t>(index);
    direct.emplace(target.kind,
                   has_class_list(target.kind) ? class_list(target.kind).classes[c] : target.labels[c].text);
  }
  std::set<ClassName> all = direct;
  for (const auto& [a, b] : read_same_meaning()) {
    if (direct.contains(a)) all.insert(b);
    if (direct.contains(b)) all.insert(a);
  }
  return all;
}

std::vector<std::pair<std::size_t, int>> left_out_of(const std::vector<ClipSet>& others,
                                                     const std::set<ClassName>& names) {
  std::vector<std::pair<std::size_t, int>> left_out;
  for (std::size_t i = 0; i < others.size(); ++i) {
    for (std::size_t c = 0; c < others[i].labels.size(); ++c) {
      const bool known = has_class_list(others[i].kind);
      const std::string& name = known ? class_list(others[i].kind).classes[c] : others[i].labels[c].text;
      if (names.contains({others[i].kind, name})) left_out.emplace_back(i, static_cast<int>(c));
    }
  }
  return left_out;
}

void refuse_repeated_folders(const fs::path& dataset, const std::vector<fs::path>& with) {
  std::set<fs::path> seen{fs::weakly_canonical(dataset)};
  for (const fs::path& folder : with) {
    if (seen.insert(fs::weakly_canonical(folder)).second) continue;
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
                      const std::vector<fs::path>& texts, const ProgressFn& progress, std::stop_token stop) {
  refuse_repeated_folders(dataset, with);
  LabData data;
  data.target = load_clip_set(dataset, texts, progress, stop);
  data.unseen = resolve_split(data.target, split);
  data.split = fs::path(split).filename().string();
  for (const fs::path& folder : with) data.others.push_back(load_clip_set(folder, texts, progress, stop));
  refuse_idle_tables(data, texts);
  data.left_out = left_out_of(data.others, forbidden(data.target, data.unseen));
  return data;
}

}  // namespace purlscope::core
