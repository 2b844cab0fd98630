#include "core/live/parser/openpose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"
#include "core/live/planar_scale.h"

namespace purlscope::core {
namespace {

using nlohmann::json;

constexpr std::size_t kBody25 = 25;
constexpr std::size_t kCoco18 = 18;
constexpr double kLargest = 1e6;  // pixels

Error fault(const std::string& what) { return Error(Code::bad_format, "OpenPose: " + what); }

class OpenPoseParser final : public Parser {
 public:
  std::optional<ParsedFrame> parse(std::string_view packet) override {
    const json document = json::parse(packet, nullptr, false);
    if (!document.is_object() || !document.contains("people") || !document["people"].is_array()) {
      throw fault("no JSON object with the list \"people\"");
    }
    const json& people = document["people"];
    if (people.size() > kMostLivePersons) {
      throw fault(fmt::format("{} people, at most {} are taken", people.size(), kMostLivePersons));
    }
    ParsedFrame frame;
    frame.layout = layout_;
    for (const json& value : people) {
      LivePerson person = person_of(value, frame.layout);
      const auto missing = [](JointState state) { return state == JointState::missing; };
      if (!std::ranges::all_of(person.state, missing)) frame.persons.push_back(std::move(person));
    }
    if (!frame.layout) return std::nullopt;  // nobody has been seen yet, so the layout is not known
    layout_ = frame.layout;
    scale_.to_metres(*layout_, frame.persons);
    frame.reduced_accuracy = true;
    return frame;
  }

 private:
  static LivePerson person_of(const json& value, std::shared_ptr<const JointLayout>& layout) {
    const json keypoints = value.is_object() ? value.value("pose_keypoints_2d", json()) : json();
    const std::size_t count = keypoints.is_array() ? keypoints.size() : 0;
    if (count != 3 * kBody25 && count != 3 * kCoco18) {
      throw fault(fmt::format("\"pose_keypoints_2d\" is {}, expected {} (BODY_25) or {} (COCO) numbers",
                              json_excerpt(keypoints), 3 * kBody25, 3 * kCoco18));
    }
    if (!layout) layout = joint_layout(count == 3 * kBody25 ? "body25" : "coco18");
    if (3 * layout->size() != count)
      throw fault(fmt::format("{} numbers, but those before were {}", count, layout->id));
    LivePerson person;
    if (const json ids = value.value("person_id", json());
        ids.is_array() && !ids.empty() && ids[0].is_number_integer()) {
      if (ids[0] >= 0) person.id = ids[0].dump();
    }
    for (std::size_t j = 0; j < layout->size(); ++j) {
      float numbers[3];
      for (std::size_t k = 0; k < 3; ++k) {
        const json& number = keypoints[3 * j + k];
        if (!number.is_number() || !(std::abs(number.get<double>()) <= kLargest)) {
          throw fault(fmt::format("keypoint {} holds {}, expected a number of pixels", j, json_excerpt(number)));
        }
        numbers[k] = static_cast<float>(number.get<double>());
      }
      const bool found = numbers[2] > 0.0F && (numbers[0] != 0.0F || numbers[1] != 0.0F);
      person.joints.push_back(found ? Vec3{numbers[0], numbers[1], 0.0F} : Vec3{});
      person.state.push_back(!found                          ? JointState::missing
                             : numbers[2] >= kSureConfidence ? JointState::given
                                                             : JointState::inferred);
      person.confidence.push_back(found ? numbers[2] : 0.0F);
    }
    return person;
  }

  std::shared_ptr<const JointLayout> layout_;
  PlanarScale scale_;
};

}  // namespace

std::unique_ptr<Parser> make_openpose_parser() { return std::make_unique<OpenPoseParser>(); }

}  // namespace purlscope::core
