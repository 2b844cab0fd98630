#include "core/live/parser/skeleton_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"
#include "core/base/json_member.h"
#include "core/skeleton/planar_person.h"

namespace purlscope::core {
namespace {

using nlohmann::json;

constexpr int kVersion = 1;
constexpr double kLatest = 1e12;  // seconds; beyond it a double no longer tells milliseconds apart

Error fault(const std::string& what) { return Error(Code::bad_format, "SkeletonStream: " + what); }

float scale_of(const json& unit) {
  if (unit.is_null() || unit == "m") return 1.0F;
  if (unit == "cm") return 0.01F;
  if (unit == "mm") return 0.001F;
  throw fault(fmt::format("unit {}, expected \"m\", \"cm\" or \"mm\"", json_excerpt(unit)));
}

/// Numbers too large for a float become infinite (and the joint missing).
float to_float(const json& value) {
  const double number = value.get<double>();
  if (std::abs(number) <= static_cast<double>(std::numeric_limits<float>::max())) return static_cast<float>(number);
  return std::numeric_limits<float>::infinity();
}

enum class Up { y, minus_y, z };

Up up_of(const json& up) {
  if (up.is_null() || up == "y") return Up::y;
  if (up == "-y") return Up::minus_y;
  if (up == "z") return Up::z;
  throw fault(fmt::format("up {}, expected \"y\", \"-y\" or \"z\"", json_excerpt(up)));
}

/// Turned, never mirrored: left stays left.
Vec3 turned(const Vec3& p, Up up) {
  switch (up) {
    case Up::y:
      return p;
    case Up::minus_y:
      return {p[0], -p[1], -p[2]};
    case Up::z:
      return {p[0], p[2], -p[1]};
  }
  return p;
}

class SkeletonStreamParser final : public Parser {
 public:
  std::optional<ParsedFrame> parse(std::string_view packet) override {
    const json message = json::parse(packet, nullptr, false);
    if (message.is_discarded()) throw fault("the packet is no JSON text; a message must come in one piece");
    if (!message.is_object()) throw fault(fmt::format("{}, expected an object", json_excerpt(message)));
    if (const json& version = member(message, "skeleton_stream"); version != kVersion) {
      throw fault(fmt::format("\"skeleton_stream\" is {}, expected {}", json_excerpt(version), kVersion));
    }
    ParsedFrame frame;
    frame.time = time_of(member(message, "time"));
    frame.layout = layout_of(member(message, "layout"));
    frame.reduced_accuracy = frame.layout->planar;
    const float scale = scale_of(member(message, "unit"));
    const Up up = up_of(member(message, "up"));
    const json& persons = member(message, "persons");
    if (!persons.is_array() || persons.size() > kMostLivePersons) {
      throw fault(
          fmt::format("\"persons\" is {}, expected a list of at most {}", json_excerpt(persons), kMostLivePersons));
    }
    for (const json& person : persons) {
      frame.persons.push_back(person_of(person, *frame.layout, frame.persons.size(), scale, up));
      for (std::size_t p = 0; p + 1 < frame.persons.size(); ++p) {
        if (frame.persons[p].id == frame.persons.back().id) {
          throw fault(fmt::format("two persons with the id '{}'", frame.persons.back().id));
        }
      }
    }
    return frame;
  }

  void reset() override { own_ = nullptr; }

 private:
  static std::optional<double> time_of(const json& value) {
    if (value.is_null()) return std::nullopt;
    const double time = value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
    if (std::abs(time) < kLatest) return time;
    throw fault(fmt::format("\"time\" is {}, expected seconds", json_excerpt(value)));
  }

  std::shared_ptr<const JointLayout> layout_of(const json& value) {
    if (value.is_string()) return joint_layout(value.get<std::string>());
    if (!value.is_object()) {
      throw fault(fmt::format("\"layout\" is {}, expected an id or an object with \"joints\"", json_excerpt(value)));
    }
    if (own_ && value == own_document_) return own_;
    const json& joints = member(value, "joints");
    const json& parents = member(value, "parent");
    if (!joints.is_array() || joints.size() > kMostLiveJoints) {
      throw fault(fmt::format("\"joints\" of the layout is {}, expected a list of at most {} names",
                              json_excerpt(joints), kMostLiveJoints));
    }
    std::vector<std::string> names;
    for (const json& name : joints) {
      if (!name.is_string()) throw fault(fmt::format("a joint's name is {}", json_excerpt(name)));
      names.push_back(name);
    }
    std::vector<int> parent;
    for (const json& index : parents) {
      if (!index.is_number_integer()) throw fault(fmt::format("a joint's parent is {}", json_excerpt(index)));
      parent.push_back(static_cast<int>(std::clamp<std::int64_t>(index, -1, kMostLiveJoints)));
    }
    own_ = own_layout("SkeletonStream", std::move(names), std::move(parent));
    own_document_ = value;
    return own_;
  }

  static LivePerson person_of(const json& value, const JointLayout& layout, std::size_t index, float scale, Up up) {
    if (!value.is_object()) throw fault(fmt::format("a person is {}, expected an object", json_excerpt(value)));
    LivePerson person;
    const json& id = member(value, "id");
    if (id.is_string()) person.id = id;
    if (id.is_number_integer()) person.id = id.dump();
    if (id.is_null()) person.id = fmt::format("{}", index);
    if (person.id.empty() || person.id.size() > kLongestLiveId) {
      throw fault(fmt::format("a person's id is {}, expected a text of at most {} bytes or a whole number",
                              json_excerpt(id), kLongestLiveId));
    }
    const json& joints = member(value, "joints");
    if (!joints.is_array() || joints.size() != layout.size()) {
      throw fault(fmt::format("person '{}' has {} joints, layout {} has {}", person.id,
                              joints.is_array() ? joints.size() : 0, layout.id, layout.size()));
    }
    bool confident = false;
    for (const json& joint : joints) {
      Vec3 place{};
      JointState state = JointState::missing;
      float confidence = 0.0F;
      if (!joint.is_null()) {
        take_joint(joint, person.id, place, confidence, state);
        confident = confident || joint.size() > 3;
        for (float& v : place) v *= scale;
        place = turned(place, up);
      }
      person.joints.push_back(place);
      person.state.push_back(state);
      person.confidence.push_back(confidence);
    }
    if (!confident) person.confidence.clear();
    return person;
  }

  static void take_joint(const json& joint, const std::string& id, Vec3& place, float& confidence, JointState& state) {
    const auto is_number = [](const json& v) { return v.is_number(); };
    if (!joint.is_array() || (joint.size() != 3 && joint.size() != 4) || !std::ranges::all_of(joint, is_number)) {
      throw fault(fmt::format("person '{}': a joint is {}, expected [x, y, z], [x, y, z, confidence] or null", id,
                              json_excerpt(joint)));
    }
    for (std::size_t axis = 0; axis < 3; ++axis) place[axis] = to_float(joint[axis]);
    confidence = joint.size() > 3 ? to_float(joint[3]) : 1.0F;
    state = confidence >= kSureScore ? JointState::given
            : confidence > 0.0F      ? JointState::inferred
                                     : JointState::missing;
  }

  json own_document_;
  std::shared_ptr<const JointLayout> own_;
};

}  // namespace

std::unique_ptr<Parser> make_skeleton_stream_parser() { return std::make_unique<SkeletonStreamParser>(); }

}  // namespace purlscope::core
