#include "core/skeleton/disturb.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <random>
#include <utility>

#include "core/base/error.h"
#include "core/skeleton/clip_changes.h"

namespace purlscope::core {
namespace {

using Kind = Disturbance::Kind;

constexpr const char* kKnown =
    "mirror, rotate:DEGREES, fps:RATE (1 to 1000), missing:JOINTS (1 or more) or noise:METRES (0 to 1)";

[[noreturn]] void refuse(std::string_view text) {
  throw Error(Code::bad_argument, fmt::format("no disturbance '{}': expected {}", text, kKnown));
}

double parse_amount(std::string_view text, std::string_view whole, double least, double most) {
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || !(value >= least && value <= most)) refuse(whole);
  return value;
}

/// The same on every platform for a name. Source: FNV-1a.
std::mt19937 generator_of(const std::string& name) {
  std::uint32_t state = 2166136261U;
  for (const char byte : name) state = (state ^ static_cast<unsigned char>(byte)) * 16777619U;
  return std::mt19937(state);
}

double uniform(std::mt19937& generator) { return (static_cast<double>(generator()) + 0.5) / 4294967296.0; }

/// Normal, by the transform of Box and Muller: std::normal_distribution differs between standard libraries.
double normal(std::mt19937& generator) {
  const double radius = std::sqrt(-2 * std::log(uniform(generator)));
  return radius * std::cos(2 * std::numbers::pi * uniform(generator));
}

/// Joints of the limbs: those with a counterpart on the other side.
std::vector<std::size_t> limb_joints(const Clip& clip) {
  std::vector<std::size_t> out;
  for (std::size_t j = 0; j < clip.joint_count(); ++j) {
    if (clip.layout->mirror.at(j) != static_cast<int>(j)) out.push_back(j);
  }
  if (!out.empty()) return out;
  throw Error(Code::bad_argument, fmt::format("{}: layout {} tells no left from right", clip.place(),
                                              clip.layout ? clip.layout->id : "none"));
}

void mirror(Clip& clip) {
  limb_joints(clip);
  const std::size_t joints = clip.joint_count();
  for (Person& person : clip.persons) {
    const Person old = person;
    for (std::size_t i = 0; i < person.joints.size(); ++i) {
      const std::size_t j = i % joints;
      const std::size_t source = i - j + static_cast<std::size_t>(clip.layout->mirror[j]);
      person.joints[i] = {-old.joints[source][0], old.joints[source][1], old.joints[source][2]};
      person.state[i] = old.state[source];
    }
  }
}

void rotate(Clip& clip, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  const auto cosine = static_cast<float>(std::cos(angle));
  const auto sine = static_cast<float>(std::sin(angle));
  Vec3 centre{};
  std::size_t seen = 0;
  for (const Person& person : clip.persons) {
    for (std::size_t j = 0; j < std::min(clip.joint_count(), person.joints.size()); ++j) {
      if (person.state[j] == JointState::missing) continue;
      for (std::size_t axis = 0; axis < 3; ++axis) centre[axis] += person.joints[j][axis];
      ++seen;
    }
  }
  if (seen > 0) {
    for (float& value : centre) value /= static_cast<float>(seen);
  }
  for (Person& person : clip.persons) {
    for (std::size_t i = 0; i < person.joints.size(); ++i) {
      if (person.state[i] == JointState::missing) continue;
      Vec3& joint = person.joints[i];
      const float x = joint[0] - centre[0];
      const float z = joint[2] - centre[2];
      joint[0] = centre[0] + cosine * x + sine * z;
      joint[2] = centre[2] - sine * x + cosine * z;
    }
  }
}

void drop_joints(Clip& clip, double amount) {
  std::vector<std::size_t> candidates = limb_joints(clip);
  std::mt19937 generator = generator_of(clip.name);
  for (std::size_t i = candidates.size(); i-- > 1;) std::swap(candidates[i], candidates[generator() % (i + 1)]);
  candidates.resize(std::min(candidates.size(), static_cast<std::size_t>(amount)));
  const std::size_t joints = clip.joint_count();
  for (Person& person : clip.persons) {
    for (std::size_t i = 0; i < person.joints.size(); ++i) {
      if (std::ranges::find(candidates, i % joints) == candidates.end()) continue;
      person.joints[i] = {};
      person.state[i] = JointState::missing;
    }
  }
}

void add_noise(Clip& clip, double metres) {
  std::mt19937 generator = generator_of(clip.name);
  for (Person& person : clip.persons) {
    for (std::size_t i = 0; i < person.joints.size(); ++i) {
      if (person.state[i] == JointState::missing) continue;
      for (float& value : person.joints[i]) value += static_cast<float>(metres * normal(generator));
    }
  }
}

}  // namespace

Disturbance parse_disturbance(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view kind = text.substr(0, colon);
  if (colon == std::string_view::npos) {
    if (kind != "mirror") refuse(text);
    return {Kind::mirror, 0, std::string(text)};
  }
  const auto amount = [&](double least, double most) {
    return parse_amount(text.substr(colon + 1), text, least, most);
  };
  if (kind == "rotate") return {Kind::rotate, amount(-360, 360), std::string(text)};
  if (kind == "fps") return {Kind::rate, amount(1, 1000), std::string(text)};
  if (kind == "missing") return {Kind::missing, amount(1, 1000), std::string(text)};
  if (kind == "noise") return {Kind::noise, amount(0, 1), std::string(text)};
  refuse(text);
}

Clip disturb(const Clip& clip, const Disturbance& disturbance) {
  if (disturbance.kind == Kind::rate) return resample_clip(clip, disturbance.amount);
  Clip out = clip;
  switch (disturbance.kind) {
    case Kind::mirror:
      mirror(out);
      break;
    case Kind::rotate:
      rotate(out, disturbance.amount);
      break;
    case Kind::missing:
      drop_joints(out, disturbance.amount);
      break;
    default:
      add_noise(out, disturbance.amount);
  }
  return out;
}

}  // namespace purlscope::core
