#include "core/skeleton/body_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/layout.h"
#include "core/base/paths.h"
#include "core/skeleton/joint_names.h"

namespace purlscope::core {
namespace {

using nlohmann::json;
using Renaming = std::string (*)(std::string_view);

std::string as_it_is(std::string_view name) { return std::string(name); }

/// A name (a copy), an object of weights by name, or an array of those, best first. An empty array: not made at all.
std::vector<PointSum> parse_ways(const json& value, Renaming renamed) {
  std::vector<PointSum> ways;
  if (value.is_array()) {
    for (const json& way : value) {
      for (PointSum& sum : parse_ways(way, renamed)) ways.push_back(std::move(sum));
    }
    return ways;
  }
  if (value.is_string()) return {{{{renamed(value.get<std::string>()), 1.0F}}, true}};
  PointSum sum;
  for (const auto& [name, weight] : value.items()) sum.parts.emplace_back(renamed(name), weight.get<float>());
  return {std::move(sum)};
}

/// Later recipes replace those of the same name.
void parse_recipes(const json& object, Renaming renamed, Recipes& recipes) {
  for (const auto& [name, value] : object.items()) recipes[name] = parse_ways(value, renamed);
}

void add_names(const Recipes& points, std::set<std::string>& names) {
  for (const auto& [point, ways] : points) {
    for (const PointSum& way : ways) {
      for (const auto& [name, weight] : way.parts) names.insert(name);
    }
  }
}

template <typename Parse>
auto read_data(const std::filesystem::path& file, Parse parse) {
  std::ifstream in(file);
  try {
    return parse(json::parse(in));
  } catch (const json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}; reinstall the program", file.string(), error.what()));
  }
}

JointConvention convention_of_layout(const JointLayout& layout) {
  JointConvention convention{layout.title, {}, {}, {}};
  for (const std::string& joint : layout.joints) {
    convention.names.insert(comparable_name(joint));
    if (std::ranges::find(body_points().names, joint) == body_points().names.end()) continue;
    convention.points[joint] = {{{{comparable_name(joint), 1.0F}}, true}};
    convention.joints[joint] = {{{{joint, 1.0F}}, true}};
  }
  const std::filesystem::path file = resource("layouts/body") / (layout.id + ".json");
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return convention;
  return read_data(file, [&](const json& data) {
    parse_recipes(data.at("points"), comparable_name, convention.points);
    parse_recipes(data.at("joints"), as_it_is, convention.joints);
    return convention;
  });
}

JointConvention convention_of_names(const std::filesystem::path& file) {
  return read_data(file, [&](const json& data) {
    JointConvention convention{data.at("title").get<std::string>(), {}, {}, {}};
    parse_recipes(data.at("points"), comparable_name, convention.points);
    add_names(convention.points, convention.names);
    for (const json& name : data.at("also")) convention.names.insert(comparable_name(name.get<std::string>()));
    return convention;
  });
}

std::map<std::string, JointConvention, std::less<>> load_conventions() {
  std::map<std::string, JointConvention, std::less<>> conventions;
  for (const std::string& id : joint_layout_ids()) conventions.emplace(id, convention_of_layout(*joint_layout(id)));
  namespace fs = std::filesystem;
  const fs::path folder = resource("layouts/names");
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure); !failure && entry != fs::directory_iterator();
       entry.increment(failure)) {
    if (entry->path().extension() != ".json") continue;
    conventions.emplace(entry->path().stem().string(), convention_of_names(entry->path()));
  }
  if (failure) {
    throw Error(Code::io, fmt::format("{}: {}; check that you may read it, or reinstall the program", folder.string(),
                                      failure.message()));
  }
  return conventions;
}

}  // namespace

const BodyPoints& body_points() {
  static const BodyPoints points = read_data(resource("layouts/body/points.json"), [](const json& data) {
    BodyPoints read{
        data.at("points").get<std::vector<std::string>>(), data.at("essential").get<std::vector<std::string>>(), {}};
    parse_recipes(data.at("rules"), as_it_is, read.rules);
    return read;
  });
  return points;
}

const std::map<std::string, JointConvention, std::less<>>& joint_conventions() {
  static const auto conventions = load_conventions();
  return conventions;
}

}  // namespace purlscope::core
