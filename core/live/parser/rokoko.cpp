#include "core/live/parser/rokoko.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"
#include "core/base/json_member.h"

namespace purlscope::core {
namespace {

using nlohmann::json;

constexpr std::string_view kLz4Frame = "\x04\x22\x4d\x18";
constexpr double kLatest = 1e12;   // seconds
constexpr double kFarthest = 1e5;  // metres
constexpr int kOldestVersion = 3;

/// Names of the bones that differ from Unity's but for the first letter.
struct Renamed {
  const char* rokoko;
  const char* unity;
};
constexpr Renamed kRenamed[] = {{"hip", "Hips"},
                                {"chest", "UpperChest"},
                                {"leftUpLeg", "LeftUpperLeg"},
                                {"leftLeg", "LeftLowerLeg"},
                                {"leftToe", "LeftToes"},
                                {"rightUpLeg", "RightUpperLeg"},
                                {"rightLeg", "RightLowerLeg"},
                                {"rightToe", "RightToes"}};

/// "leftThumbMedial" of Rokoko for "LeftThumbIntermediate" of Unity.
std::string rokoko_name(const std::string& unity) {
  for (const Renamed& pair : kRenamed) {
    if (unity == pair.unity) return pair.rokoko;
  }
  std::string name = unity;
  name[0] = static_cast<char>(name[0] - 'A' + 'a');
  if (const auto at = name.find("Intermediate"); at != std::string::npos) name.replace(at, 12, "Medial");
  return name;
}

Error fault(const std::string& what) { return Error(Code::bad_format, "Rokoko: " + what); }

/// Major version: 3, 3.0, "3,0" and "3.0" have all been seen.
int version_of(const json& value) {
  if (value.is_number()) return static_cast<int>(std::clamp(value.get<double>(), 0.0, 1e6));
  int version = 0;
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    std::from_chars(text.data(), text.data() + text.size(), version);
  }
  return version;
}

class RokokoParser final : public Parser {
 public:
  RokokoParser() : layout_(joint_layout("vrm")) {
    for (const std::string& bone : layout_->joints) names_.push_back(rokoko_name(bone));
  }

  std::optional<ParsedFrame> parse(std::string_view packet) override {
    if (packet.starts_with(kLz4Frame)) {
      throw fault("the packets are compressed (LZ4); choose Custom streaming, format JSON v3, in Rokoko Studio");
    }
    const json message = json::parse(packet, nullptr, false);
    if (message.is_discarded()) throw fault("the packet is no JSON text; choose format JSON v3 in Rokoko Studio");
    const json& version = member(message, "version");
    const json& scene = member(message, "scene");
    if (version_of(version) < kOldestVersion || !scene.is_object()) {
      throw fault(fmt::format("version {} {}, expected JSON v3; choose it in Rokoko Studio", json_excerpt(version),
                              scene.is_object() ? "" : "without a scene"));
    }
    ParsedFrame frame;
    frame.layout = layout_;
    if (const json& time = member(scene, "timestamp"); time.is_number() && std::abs(time.get<double>()) < kLatest) {
      frame.time = time.get<double>();
    }
    const json& actors = member(scene, "actors");
    if (!actors.is_array() || actors.size() > kMostLivePersons) {
      throw fault(
          fmt::format("\"actors\" is {}, expected a list of at most {}", json_excerpt(actors), kMostLivePersons));
    }
    for (const json& actor : actors) take_actor(actor, frame);
    return frame;
  }

 private:
  void take_actor(const json& actor, ParsedFrame& frame) const {
    const json& body = member(actor, "body");
    if (!body.is_object()) throw fault(fmt::format("an actor's \"body\" is {}", json_excerpt(body)));
    LivePerson person;
    const json& name = member(actor, "name");
    person.id = name.is_string() ? name.get<std::string>().substr(0, kLongestLiveId) : std::string();
    if (person.id.empty()) person.id = fmt::format("{}", frame.persons.size());
    for (const LivePerson& other : frame.persons) {
      if (other.id == person.id) throw fault(fmt::format("two actors of the name '{}'", person.id));
    }
    for (const std::string& bone : names_) {
      const json& position = member(member(body, bone.c_str()), "position");
      Vec3 place{};
      const bool given = take_position(position, place);
      person.joints.push_back(given ? place : Vec3{});
      person.state.push_back(given ? JointState::given : JointState::missing);
    }
    frame.persons.push_back(std::move(person));
  }

  static bool take_position(const json& position, Vec3& place) {
    constexpr const char* kAxes[] = {"x", "y", "z"};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const json& value = member(position, kAxes[axis]);
      if (!value.is_number() || !(std::abs(value.get<double>()) < kFarthest)) return false;
      place[axis] = static_cast<float>(value.get<double>());
    }
    place[2] = -place[2];
    return true;
  }

  std::shared_ptr<const JointLayout> layout_;
  std::vector<std::string> names_;  ///< [J] Rokoko's names of the bones
};

}  // namespace

std::unique_ptr<Parser> make_rokoko_parser() { return std::make_unique<RokokoParser>(); }

}  // namespace purlscope::core
