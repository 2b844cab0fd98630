#include "core/live/parser/openpose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/formats/readers/planar/openpose_people.h"
#include "core/skeleton/planar_scale.h"

namespace purlscope::core {
namespace {

using nlohmann::json;

constexpr const char* kSource = "OpenPose";
constexpr float kLargest = 1e6F;  // pixels

Error fault(const std::string& what) { return Error(Code::bad_format, fmt::format("{}: {}", kSource, what)); }

bool is_near(const Vec3& joint) { return std::abs(joint[0]) <= kLargest && std::abs(joint[1]) <= kLargest; }

class OpenPoseParser final : public Parser {
 public:
  std::optional<ParsedFrame> parse(std::string_view packet) override {
    const json document = json::parse(packet, nullptr, false);
    const json& list = OpenPosePeople::list(document, kSource);
    if (list.size() > kMostLivePersons) {
      throw fault(fmt::format("{} people, at most {} are taken", list.size(), kMostLivePersons));
    }
    OpenPosePeople people = people_;  // a bad packet leaves no layout behind
    std::vector<PlanarPerson> found;
    for (const json& value : list) {
      OpenPosePeople::require_keypoints(value, kSource);
      auto person = people.in_image(value, kSource);
      if (!person || !is_seen(*person)) continue;
      if (!std::ranges::all_of(person->joints, is_near)) {
        throw fault(fmt::format("a keypoint more than {} pixels away", kLargest));
      }
      found.push_back(std::move(*person));
    }
    people_ = std::move(people);
    if (!people_.layout()) return std::nullopt;  // nobody has been seen yet, so the layout is not known
    scale_.to_metres(*people_.layout(), found);
    ParsedFrame frame;
    frame.layout = people_.layout();
    frame.reduced_accuracy = true;
    for (PlanarPerson& person : found) {
      frame.persons.push_back(
          {std::move(person.sensor_id), std::move(person.joints), std::move(person.state), std::move(person.score)});
    }
    return frame;
  }

 private:
  OpenPosePeople people_;
  LivePlanarScale scale_;
};

}  // namespace

std::unique_ptr<Parser> make_openpose_parser() { return std::make_unique<OpenPoseParser>(); }

}  // namespace purlscope::core
