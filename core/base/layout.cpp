#include "core/base/layout.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

JointLayout parse(const std::filesystem::path& file) {
  const auto fail = [&](const std::string& what) {
    return Error(Code::bad_format, fmt::format("{}: {}", file.string(), what));
  };
  std::ifstream in(file);
  JointLayout layout;
  try {
    const nlohmann::json json = nlohmann::json::parse(in);
    layout.id = json.at("id").get<std::string>();
    layout.title = json.at("title").get<std::string>();
    layout.joints = json.at("joints").get<std::vector<std::string>>();
    layout.planar = json.value("planar", false);
    layout.parent = json.at("parent").get<std::vector<int>>();
    layout.mirror = json.at("mirror").get<std::vector<int>>();
  } catch (const nlohmann::json::exception& error) {
    throw fail(error.what());
  }
  const int count = static_cast<int>(layout.joints.size());
  const auto check = [&](const std::vector<int>& indices, const char* name) {
    if (static_cast<int>(indices.size()) != count) {
      throw fail(
          fmt::format("'{}' has {} entries, expected one for each of the {} joints", name, indices.size(), count));
    }
    for (const int index : indices) {
      if (index < 0 || index >= count) throw fail(fmt::format("'{}' names joint {} of {}", name, index, count));
    }
  };
  check(layout.parent, "parent");
  check(layout.mirror, "mirror");
  layout.bones = bones_of(layout.parent);
  return layout;
}

std::map<std::string, std::shared_ptr<const JointLayout>, std::less<>> load_all() {
  std::map<std::string, std::shared_ptr<const JointLayout>, std::less<>> layouts;
  namespace fs = std::filesystem;
  const fs::path folder = resource("layouts");
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure); !failure && entry != fs::directory_iterator();
       entry.increment(failure)) {
    if (entry->path().extension() != ".json") continue;
    auto layout = std::make_shared<JointLayout>(parse(entry->path()));
    layouts.emplace(layout->id, std::move(layout));
  }
  if (failure) {
    throw Error(Code::io, fmt::format("{}: {}; check that you may read it, or reinstall the program", folder.string(),
                                      failure.message()));
  }
  return layouts;
}

const std::map<std::string, std::shared_ptr<const JointLayout>, std::less<>>& all_layouts() {
  static const auto layouts = load_all();
  return layouts;
}

}  // namespace

std::vector<std::pair<int, int>> bones_of(const std::vector<int>& parent) {
  std::vector<std::pair<int, int>> bones;
  for (std::size_t j = 0; j < parent.size(); ++j) {
    if (parent[j] != static_cast<int>(j)) bones.emplace_back(parent[j], static_cast<int>(j));
  }
  return bones;
}

int JointLayout::joint(std::string_view name) const {
  const auto found = std::find(joints.begin(), joints.end(), name);
  if (found == joints.end()) {
    throw Error(Code::not_found,
                fmt::format("layout {} has no joint '{}'; it has: {}", id, name, fmt::join(joints, ", ")));
  }
  return static_cast<int>(found - joints.begin());
}

std::shared_ptr<const JointLayout> joint_layout(std::string_view id) {
  const auto found = all_layouts().find(id);
  if (found == all_layouts().end()) {
    throw Error(Code::not_found,
                fmt::format("no joint layout '{}'; known: {}", id, fmt::join(joint_layout_ids(), ", ")));
  }
  return found->second;
}

std::vector<std::string> joint_layout_ids() {
  std::vector<std::string> ids;
  for (const auto& [id, layout] : all_layouts()) ids.push_back(id);
  return ids;
}

}  // namespace purlscope::core
