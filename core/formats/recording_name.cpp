#include "core/formats/recording_name.h"

#include <algorithm>
#include <array>
#include <regex>
#include <vector>

#include "core/formats/class_list.h"

namespace purlscope::core {
namespace {

struct Pattern {
  std::string kind;
  std::regex regex;
  std::vector<std::string> groups;  ///< what each capture states
  std::string ending = {};          ///< of every such name; most names are refused by it at little cost
};

const std::vector<Pattern>& patterns() {
  static const std::vector<Pattern> all = {
      {"ntu-rgbd",
       std::regex(R"(S(\d{3})C(\d{3})P(\d{3})R(\d{3})A(\d{3})\.skeleton)"),
       {"setup", "camera", "subject", "repetition", "action"},
       ".skeleton"},
      {"utd-mhad",
       std::regex(R"(a(\d{1,3})_s(\d{1,3})_t(\d{1,3})_skeleton\.mat)"),
       {"action", "subject", "repetition"},
       "_skeleton.mat"},
      {"nw-ucla",
       std::regex(R"(a(\d{2})_s(\d{2})_e(\d{2})_v(\d{2})\.json)"),
       {"action", "subject", "repetition", "camera"},
       ".json"},
      {"msr-action3d",
       std::regex(R"(a(\d{2})_s(\d{2})_e(\d{2})_skeleton3D\.txt)"),
       {"action", "subject", "repetition"},
       "_skeleton3D.txt"},
      {"uwa3d-ii",
       std::regex(R"(a(\d{2})_s(\d{2})_v(\d{2})_e(\d{2})\.(?:txt|csv|mat))"),
       {"action", "subject", "camera", "repetition"}},
      {"uwa3d-ii",
       std::regex(R"(a(\d{2})_s(\d{2})_e(\d{2})_v(\d{2})\.(?:txt|csv|mat))"),
       {"action", "subject", "repetition", "camera"}},
      {"utkinect", std::regex(R"(joints_s(\d{2})_e(\d{2})\.txt)"), {"subject", "repetition"}, ".txt"},
      {"pku-mmd", std::regex(R"((?:\d{4}|A\d{2}N\d{2})-([LMR])\.txt)"), {"camera"}, ".txt"},
  };
  return all;
}

}  // namespace

bool has_recording_names(const std::string& kind) {
  return std::ranges::any_of(patterns(), [&](const Pattern& pattern) { return pattern.kind == kind; });
}

std::optional<RecordingName> parse_recording_name(const std::filesystem::path& file) {
  constexpr std::size_t kLongestName = 64;
  const std::string text = file.filename().string();
  if (text.size() > kLongestName) return std::nullopt;
  for (const Pattern& pattern : patterns()) {
    if (!text.ends_with(pattern.ending)) continue;
    std::smatch match;
    if (!std::regex_match(text, match, pattern.regex)) continue;
    RecordingName name{pattern.kind, 0, {}};
    for (std::size_t i = 0; i < pattern.groups.size(); ++i) {
      const std::string stated = match[i + 1].str();
      const bool number = stated.find_first_not_of("0123456789") == std::string::npos;
      if (pattern.groups[i] == "action")
        name.action = std::stoi(stated);
      else
        name.tags[pattern.groups[i]] = number ? std::to_string(std::stoi(stated)) : stated;
    }
    return name;
  }
  return std::nullopt;
}

std::optional<RecordingName> parse_recording_name(const std::filesystem::path& file, std::string_view kind) {
  auto name = parse_recording_name(file);
  if (name && name->kind != kind) name.reset();
  return name;
}

int class_of_action(const std::string& kind, int action) {
  const std::vector<int>& ids = class_list(kind).action_ids;
  const auto found = std::find(ids.begin(), ids.end(), action);
  return found == ids.end() ? -1 : static_cast<int>(found - ids.begin());
}

void state_label(Clip& clip, const RecordingName& name, int label_index) {
  clip.tags.insert(name.tags.begin(), name.tags.end());
  const std::vector<std::string>& classes = class_list(name.kind).classes;
  if (label_index < 0 || label_index >= static_cast<int>(classes.size())) return;
  clip.label_index = label_index;
  clip.label = classes[static_cast<std::size_t>(label_index)];
}

}  // namespace purlscope::core
