#include "core/formats/dataset/split/own_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/ascii.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_excerpt.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr const char* kVersionKey = "purlscope_split";
constexpr int kVersion = 1;
constexpr std::uintmax_t kMaxBytes = 1 << 20;
constexpr std::array kKeys = {kVersionKey, "name", "dataset", "note", "unseen"};

Error fail(const fs::path& file, const std::string& what) {
  return Error(Code::bad_format, fmt::format("{}: {}", file.string(), what));
}

nlohmann::json parse(const fs::path& file) {
  std::error_code failure;
  const auto size = fs::file_size(file, failure);
  std::ifstream in(file);
  if (failure || !in) throw Error(Code::not_found, fmt::format("{}: cannot be read; check the path", file.string()));
  if (size > kMaxBytes) throw fail(file, fmt::format("{} bytes, a split has at most {}", size, kMaxBytes));
  try {
    return nlohmann::json::parse(in);
  } catch (const nlohmann::json::exception& error) {
    throw fail(file, fmt::format("is no valid JSON: {}", error.what()));
  }
}

std::string text_at(const fs::path& file, const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end()) return {};
  if (!found->is_string()) throw fail(file, fmt::format("'{}' is {}, expected a text", key, json_excerpt(*found)));
  return found->get<std::string>();
}

void check_keys(const fs::path& file, const nlohmann::json& json) {
  if (!json.is_object()) throw fail(file, fmt::format("holds {}, expected a JSON object", json_excerpt(json)));
  const auto version = json.find(kVersionKey);
  if (version == json.end() || *version != kVersion) {
    throw fail(file, fmt::format("'{}' is {}, expected {}; is it a split file?", kVersionKey,
                                 version == json.end() ? "absent" : json_excerpt(*version), kVersion));
  }
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(kKeys, key) == kKeys.end()) {
      throw fail(file, fmt::format("unknown key {}, expected name, dataset, note and unseen", json_excerpt(key)));
    }
  }
}

}  // namespace

OwnSplit read_own_split(const fs::path& file) {
  const nlohmann::json json = parse(file);
  check_keys(file, json);
  OwnSplit split{text_at(file, json, "name"), text_at(file, json, "dataset"), text_at(file, json, "note"), {}};
  const auto unseen = json.find("unseen");
  if (unseen == json.end() || !unseen->is_array()) {
    throw fail(file, fmt::format("'unseen' is {}, expected a list of class names",
                                 unseen == json.end() ? "absent" : json_excerpt(*unseen)));
  }
  for (std::size_t i = 0; i < unseen->size(); ++i) {
    const nlohmann::json& name = (*unseen)[i];
    if (!name.is_string()) {
      throw fail(file, fmt::format("'unseen'[{}] is {}, expected a class name", i, json_excerpt(name)));
    }
    split.unseen.push_back(name.get<std::string>());
  }
  return split;
}

std::vector<std::string> split_faults(const OwnSplit& split, const std::string& kind,
                                      const std::vector<std::string>& classes) {
  std::vector<std::string> faults;
  if (!split.dataset.empty() && split.dataset != kind) {
    faults.push_back(fmt::format("it was made for {}, this data set is {}", split.dataset, kind));
  }
  std::set<std::string> known;
  for (const std::string& name : classes) known.insert(lower_ascii(name));
  std::set<std::string> met;
  for (const std::string& name : split.unseen) {
    if (!known.contains(lower_ascii(name))) {
      faults.push_back(fmt::format("'{}' is no class of the data set", name));
    } else if (!met.insert(lower_ascii(name)).second) {
      faults.push_back(fmt::format("'{}' stands twice", name));
    }
  }
  if (split.unseen.empty()) faults.emplace_back("no class is unseen, at least one must be");
  if (!known.empty() && met.size() == known.size()) faults.emplace_back("no class is seen, at least one must be");
  return faults;
}

void write_own_split(const OwnSplit& split, const fs::path& file) {
  nlohmann::ordered_json json = {{kVersionKey, kVersion}, {"name", split.name}};
  if (!split.dataset.empty()) json["dataset"] = split.dataset;
  if (!split.note.empty()) json["note"] = split.note;
  json["unseen"] = split.unseen;
  const std::string text = json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  AtomicFile out(file);
  out.write(text.data(), text.size());
  out.commit();
}

}  // namespace purlscope::core
