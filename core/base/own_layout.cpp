#include <fmt/format.h>

#include <cctype>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/layout.h"

namespace purlscope::core {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

/// The names that would stand for the other side's joint: "Left" becomes "Right", and an "l" that begins or ends a
/// word, or is one, becomes "r".
std::vector<std::string> names_of_other_side(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& [left, right] : {std::pair{"left", "right"}, {"Left", "Right"}, {"LEFT", "RIGHT"}}) {
    for (const auto& [from, to] : {std::pair{left, right}, {right, left}}) {
      const std::string_view word = from;
      if (const auto at = name.find(word); at != std::string::npos) {
        names.push_back(std::string(name).replace(at, word.size(), to));
      }
    }
  }
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool edge = i == 0 || i + 1 == name.size() || !is_letter(name[i - 1]) || !is_letter(name[i + 1]);
    const char other = name[i] == 'l' ? 'r' : name[i] == 'r' ? 'l' : name[i] == 'L' ? 'R' : name[i] == 'R' ? 'L' : '\0';
    if (!edge || other == '\0') continue;
    names.push_back(name);
    names.back()[i] = other;
  }
  return names;
}

std::vector<int> mirror_by_names(const std::vector<std::string>& joints) {
  std::unordered_map<std::string_view, int> index;
  for (std::size_t j = 0; j < joints.size(); ++j) index.emplace(joints[j], static_cast<int>(j));
  std::vector<int> mirror;
  for (std::size_t j = 0; j < joints.size(); ++j) {
    mirror.push_back(static_cast<int>(j));
    for (const std::string& name : names_of_other_side(joints[j])) {
      if (const auto found = index.find(name); found != index.end()) {
        mirror.back() = found->second;
        break;
      }
    }
  }
  for (std::size_t j = 0; j < mirror.size(); ++j) {  // counterparts go by pairs
    if (mirror[static_cast<std::size_t>(mirror[j])] != static_cast<int>(j)) mirror[j] = static_cast<int>(j);
  }
  return mirror;
}

void check_parents(const std::vector<int>& parent) {
  const int count = static_cast<int>(parent.size());
  std::vector<int> seen_from(parent.size(), -1);
  for (int j = 0; j < count; ++j) {
    int at = j;
    while (seen_from[static_cast<std::size_t>(at)] == -1) {
      seen_from[static_cast<std::size_t>(at)] = j;
      const int up = parent[static_cast<std::size_t>(at)];
      if (up < 0 || up >= count) {
        throw Error(Code::bad_argument,
                    fmt::format("the parent of joint {} is {}, expected 0 to {}", at, up, count - 1));
      }
      if (up == at) break;
      at = up;
    }
    const bool root = parent[static_cast<std::size_t>(at)] == at;
    if (!root && seen_from[static_cast<std::size_t>(at)] == j) {
      throw Error(Code::bad_argument, fmt::format("joint {} is its own ancestor", at));
    }
  }
}

}  // namespace

std::shared_ptr<const JointLayout> own_layout(std::string title, std::vector<std::string> joints,
                                              std::vector<int> parent) {
  if (joints.empty()) throw Error(Code::bad_argument, "a layout needs at least one joint");
  if (parent.empty()) {
    for (std::size_t j = 0; j < joints.size(); ++j) parent.push_back(static_cast<int>(j));
  }
  if (parent.size() != joints.size()) {
    throw Error(Code::bad_argument, fmt::format("{} parents for {} joints", parent.size(), joints.size()));
  }
  check_parents(parent);
  auto layout = std::make_shared<JointLayout>();
  layout->id = "own";
  layout->title = std::move(title);
  layout->bones = bones_of(parent);
  layout->mirror = mirror_by_names(joints);
  layout->joints = std::move(joints);
  layout->parent = std::move(parent);
  return layout;
}

}  // namespace purlscope::core
