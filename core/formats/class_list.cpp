#include "core/formats/class_list.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

/// The one file of the folder that is no class list (core/text/same_meaning.h).
constexpr const char* kSameMeaning = "same_meaning";

ClassList parse(const std::filesystem::path& file) {
  std::ifstream in(file);
  ClassList list;
  try {
    const nlohmann::json json = nlohmann::json::parse(in);
    list.kind = json.at("id").get<std::string>();
    list.title = json.at("title").get<std::string>();
    list.source = json.at("source").get<std::string>();
    list.classes = json.at("classes").get<std::vector<std::string>>();
    list.aliases = json.at("aliases").get<std::vector<std::string>>();
    list.splits = json.at("splits").get<std::vector<std::string>>();
    list.shortest = json.at("shortest").get<std::size_t>();
    list.format = json.value("format", "");
    list.layout = json.value("layout", "");
    list.recordings = json.value("recordings", std::size_t{0});
    list.subjects = json.value("subjects", std::size_t{0});
    list.repetitions = json.value("repetitions", std::size_t{0});
    list.name = json.value("name", "");
    for (const nlohmann::json& edition : json.value("editions", nlohmann::json::array())) {
      list.editions.push_back({edition.at("id").get<std::string>(), edition.at("title").get<std::string>(),
                               edition.at("classes").get<std::size_t>(), edition.at("recordings").get<std::size_t>()});
    }
    list.action_ids.resize(list.classes.size());
    std::iota(list.action_ids.begin(), list.action_ids.end(), 1);
    if (json.contains("action_ids")) list.action_ids = json.at("action_ids").get<std::vector<int>>();
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}", file.string(), error.what()));
  }
  if (list.action_ids.size() != list.classes.size()) {
    throw Error(Code::bad_format, fmt::format("{}: {} action ids for {} classes", file.string(), list.action_ids.size(),
                                              list.classes.size()));
  }
  return list;
}

const std::map<std::string, ClassList>& all_lists() {
  static const std::map<std::string, ClassList> lists = [] {
    std::map<std::string, ClassList> found;
    for (const auto& entry : std::filesystem::directory_iterator(resource("datasets"))) {
      if (entry.path().extension() != ".json" || entry.path().stem() == kSameMeaning) continue;
      ClassList list = parse(entry.path());
      found.emplace(list.kind, std::move(list));
    }
    return found;
  }();
  return lists;
}

}  // namespace

std::vector<std::string> class_list_kinds() {
  std::vector<std::string> kinds;
  for (const auto& [kind, list] : all_lists()) kinds.push_back(kind);
  return kinds;
}

std::string layout_of_format(const std::string& format) {
  for (const auto& [kind, list] : all_lists()) {
    if (!format.empty() && list.format == format) return list.layout;
  }
  return {};
}

bool has_class_list(const std::string& kind) { return all_lists().contains(kind); }

const ClassList& class_list(const std::string& kind) {
  const auto found = all_lists().find(kind);
  if (found != all_lists().end()) return found->second;
  std::string known;
  for (const auto& [id, list] : all_lists()) known += (known.empty() ? "" : ", ") + id;
  throw Error(Code::not_found, fmt::format("no class list for '{}'; known: {}", kind, known));
}

}  // namespace purlscope::core
