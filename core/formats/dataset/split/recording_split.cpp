#include "core/formats/dataset/split/recording_split.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <fstream>
#include <set>

#include "core/base/paths.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

struct Property {
  const char* name;
  std::string DatasetEntry::*value;
};

constexpr std::array<Property, 4> kProperties = {{{"subject", &DatasetEntry::subject},
                                                  {"camera", &DatasetEntry::camera},
                                                  {"setup", &DatasetEntry::setup},
                                                  {"repetition", &DatasetEntry::repetition}}};

/// Null when there is no such property.
std::string DatasetEntry::*property(const std::string& name) {
  for (const Property& row : kProperties) {
    if (name == row.name) return row.value;
  }
  return nullptr;
}

std::vector<RecordingSplit> read(const fs::path& file) {
  std::vector<RecordingSplit> splits;
  try {
    std::ifstream in(file);
    const auto json = nlohmann::json::parse(in);
    for (const auto& [name, rule] : json.at("splits").items()) {
      splits.push_back({name, json.at("source").get<std::string>(), rule.at("by").get<std::string>(),
                        rule.at("train").get<std::vector<std::string>>(),
                        rule.at("test").get<std::vector<std::string>>()});
      if (property(splits.back().by) == nullptr) {
        throw Error(Code::bad_format, fmt::format("{}: {}: 'by' is '{}', expected subject, camera, setup or repetition",
                                                  file.string(), name, splits.back().by));
      }
    }
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}", file.string(), error.what()));
  }
  return splits;
}

}  // namespace

std::vector<RecordingSplit> recording_splits(const Dataset& dataset) {
  const std::string& id = dataset.edition.empty() ? dataset.kind : dataset.edition;
  const fs::path file = resource_dir() / "splits" / "recordings" / (id + ".json");
  std::error_code ignored;
  return fs::exists(file, ignored) ? read(file) : std::vector<RecordingSplit>();
}

RecordingSplit recording_split(const Dataset& dataset, const std::string& name) {
  std::vector<std::string> known;
  for (RecordingSplit& split : recording_splits(dataset)) {
    if (split.name == name) return std::move(split);
    known.push_back(split.name);
  }
  const std::string& kind = dataset.edition.empty() ? dataset.kind : dataset.edition;
  throw Error(Code::bad_argument,
              known.empty() ? fmt::format("recording split '{}': {} ({}) has no published ones; leave it out", name,
                                          dataset.path.string(), kind)
                            : fmt::format("recording split '{}': {} has {}", name, kind, fmt::join(known, ", ")));
}

SplitSides divide(const Dataset& dataset, const RecordingSplit& split) {
  SplitSides sides;
  std::string DatasetEntry::*const value = property(split.by);
  if (value == nullptr) return sides;
  const std::set<std::string> train(split.train.begin(), split.train.end());
  const std::set<std::string> test(split.test.begin(), split.test.end());
  for (std::size_t i = 0; i < dataset.entries.size(); ++i) {
    if (train.contains(dataset.entries[i].*value)) sides.train.push_back(i);
    if (test.contains(dataset.entries[i].*value)) sides.test.push_back(i);
  }
  return sides;
}

}  // namespace purlscope::core
