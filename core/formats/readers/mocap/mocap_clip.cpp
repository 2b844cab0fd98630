#include "core/formats/readers/mocap/mocap_clip.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "core/base/ascii.h"
#include "core/base/finite.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr double kPersonHeight = 1.7;  // metres
constexpr double kSmallestPerson = 0.5;
constexpr double kLargestPerson = 2.5;
/// A clip takes more memory than its text when joints need few numbers; beyond this factor the file is refused.
constexpr std::size_t kMaxExpansion = 64;
constexpr std::size_t kFreeBytes = std::size_t{16} << 20;

constexpr double kInch = 0.0254;
constexpr std::array<LengthUnit, 5> kUnits = {
    {{"m", 1.0}, {"cm", 0.01}, {"mm", 0.001}, {"in", kInch}, {"1/0.45 in", kInch / 0.45}}};

/// Beyond the range of float: infinite, like other places that are none.
float to_float(double value) {
  constexpr double kLargest = std::numeric_limits<float>::max();
  return std::abs(value) > kLargest ? std::numeric_limits<float>::infinity() : static_cast<float>(value);
}

/// Joint names as layouts compare them.
std::string key_of(std::string_view name) {
  std::string key = lower_ascii(name);
  std::erase_if(key, [](char c) { return c == ' ' || c == '_' || c == '-'; });
  return key;
}

}  // namespace

bool has_extension(const fs::path& file, std::string_view extension) {
  return lower_ascii(file.extension().string()) == extension;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\v\f\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

const LengthUnit* length_unit(std::string_view name) {
  static const std::unordered_map<std::string, std::size_t> names = {
      {"m", 0},           {"meter", 0},       {"meters", 0}, {"metre", 0},       {"metres", 0},      {"cm", 1},
      {"centimeters", 1}, {"centimetres", 1}, {"mm", 2},     {"millimeters", 2}, {"millimetres", 2}, {"millimeter", 2},
      {"in", 3},          {"inch", 3},        {"inches", 3}, {"1/0.45 in", 4}};
  const auto found = names.find(lower_ascii(trimmed(name)));
  return found == names.end() ? nullptr : &kUnits[found->second];
}

const LengthUnit& plausible_unit(double size, Warnings& warnings) {
  const auto distance = [size](const LengthUnit& unit) {
    return std::abs(std::log(std::max(size, 1e-9) * unit.metres / kPersonHeight));
  };
  const LengthUnit& unit = *std::ranges::min_element(
      kUnits, [&](const LengthUnit& a, const LengthUnit& b) { return distance(a) < distance(b); });
  const double metres = size * unit.metres;
  const bool person = metres >= kSmallestPerson && metres <= kLargestPerson;
  warnings.add(fmt::format("the file states no unit; a body of {:.4g} units was taken as {} ({:.3g} m{})", size,
                           unit.name, metres, person ? "" : ", which is no person's size"));
  return unit;
}

double largest_extent(std::span<const Vec3d> points) {
  double largest = 0.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const Vec3d& point : points) {
      if (!std::isfinite(point[0]) || !std::isfinite(point[1]) || !std::isfinite(point[2])) continue;
      low = std::min(low, point[axis]);
      high = std::max(high, point[axis]);
    }
    largest = std::max(largest, high - low);
  }
  return std::isfinite(largest) ? largest : 0.0;
}

Vec3 to_camera_frame(const Vec3d& position, Axes axes, double metres_per_unit) {
  const auto [x, y, z] = scaled(position, metres_per_unit);
  const Vec3d turned = axes == Axes::camera ? Vec3d{x, y, z} : axes == Axes::y_up ? Vec3d{-x, y, -z} : Vec3d{-x, z, y};
  return {to_float(turned[0]), to_float(turned[1]), to_float(turned[2])};
}

std::vector<std::string> distinct_names(std::vector<std::string> names, Warnings& warnings) {
  std::unordered_set<std::string> taken(names.begin(), names.end());
  std::unordered_set<std::string> seen;
  std::unordered_map<std::string, std::size_t> copies;
  for (std::size_t j = 0; j < names.size(); ++j) {
    if (!names[j].empty() && seen.insert(names[j]).second) continue;
    const std::string base = names[j].empty() ? fmt::format("joint {}", j + 1) : names[j];
    std::size_t& copy = copies[base];
    std::string name = names[j].empty() && !taken.contains(base) ? base : std::string();
    while (name.empty() || taken.contains(name)) name = fmt::format("{}#{}", base, ++copy + 1);
    warnings.add(names[j].empty()
                     ? fmt::format("joint {} has no name, called {}", j + 1, excerpt(name))
                     : fmt::format("two joints are called {}, the later one became {}", excerpt(base), excerpt(name)));
    taken.insert(name);
    seen.insert(name);
    names[j] = std::move(name);
  }
  return names;
}

FittedLayout fit_layout(const fs::path& file, const std::string& id, const std::string& title,
                        const std::vector<std::string>& names, const std::vector<int>& parent) {
  FittedLayout fitted;
  if (id.empty() || id == "own") {
    fitted.layout = own_layout(title, names, parent);
    for (std::size_t j = 0; j < names.size(); ++j) fitted.source.push_back(j);
    return fitted;
  }
  fitted.layout = joint_layout(id);
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t j = 0; j < names.size(); ++j) index.emplace(key_of(names[j]), j);
  for (const std::string& joint : fitted.layout->joints) {
    const auto found = index.find(key_of(joint));
    if (found == index.end()) {
      throw Error(
          Code::shape_mismatch,
          fmt::format("{}: layout {} needs a joint '{}', the file's {} joints have none; leave the layout out to "
                      "read them as they are",
                      file.string(), id, joint, names.size()));
    }
    fitted.source.push_back(found->second);
  }
  return fitted;
}

void check_expansion(const fs::path& file, std::size_t joints, std::size_t frames, std::size_t file_bytes) {
  const std::size_t frame_bytes = joints * (sizeof(Vec3) + sizeof(JointState)) + sizeof(double);
  if (frames <= (kFreeBytes + kMaxExpansion * file_bytes) / frame_bytes) return;
  throw Error(Code::limit, fmt::format("{}: {} joints over {} frames in {} bytes; the file is damaged", file.string(),
                                       joints, frames, file_bytes));
}

Clip make_mocap_clip(const fs::path& file, std::string format, std::shared_ptr<const JointLayout> layout,
                     std::size_t frames, double fps, std::size_t file_bytes) {
  check_expansion(file, layout->size(), frames, file_bytes);
  return make_clip(file, std::move(format), std::move(layout), frames, fps);
}

Person make_person(std::string id, const Clip& clip) {
  const std::size_t count = clip.frames * clip.joint_count();
  return {std::move(id), std::vector<Vec3>(count), std::vector<JointState>(count, JointState::given)};
}

void drop_unbounded(Person& person, std::size_t joint_count, Warnings& warnings) {
  std::size_t joints = 0;
  std::size_t frames = 0;
  for (std::size_t begin = 0; begin < person.joints.size(); begin += joint_count) {
    std::size_t dropped = 0;
    for (std::size_t i = begin; i < begin + joint_count; ++i) {
      dropped += keep_if_finite(person.joints[i], person.state[i]) ? 0 : 1;
    }
    joints += dropped;
    frames += dropped > 0 ? 1 : 0;
  }
  if (joints > 0) {
    warnings.add(fmt::format("{} joints in {} frames without a finite position, marked missing", joints, frames));
  }
}

}  // namespace purlscope::core
