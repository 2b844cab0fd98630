#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace purlscope::core {

/// A point as a weighted sum of others; a copy when it is one of them.
struct PointSum {
  std::vector<std::pair<std::string, float>> parts;
  bool copy = false;
};

/// Ways to make points, best first, by the point's name.
using Recipes = std::map<std::string, std::vector<PointSum>, std::less<>>;

/// The points between which all layouts meet. From `resources/layouts/body/points.json`.
struct BodyPoints {
  std::vector<std::string> names;
  std::vector<std::string> essential;  ///< without these nothing can be recognised
  Recipes rules;                       ///< points from other points, for those that a convention does not state
};

/// How joints of one convention and body points make each other. A layout's joints that are named as a body point are
/// that point, unless `resources/layouts/body/<id>.json` says otherwise; a convention of joint names without a layout
/// comes from `resources/layouts/names/<id>.json`.
struct JointConvention {
  std::string title;
  std::set<std::string> names;  ///< joints that it knows, comparable_name() of each
  Recipes points;               ///< body points from comparable names of joints
  Recipes joints;               ///< a layout's joints from body points; empty for a convention of names
};

/// Loaded once, kept for the process. Thread: any. @throws Error{Code::bad_format} when a data file is damaged.
const BodyPoints& body_points();
/// Of all layouts (by id) and conventions of names (by file name). Loaded and throws likewise.
const std::map<std::string, JointConvention, std::less<>>& joint_conventions();

}  // namespace purlscope::core
