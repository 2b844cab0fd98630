#include "core/formats/readers/planar/openpose_people.h"

#include <fmt/format.h>

#include "core/base/json_excerpt.h"
#include "core/base/json_member.h"
#include "core/formats/parse/json_text.h"

namespace purlscope::core {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kBody25 = 25;
constexpr std::size_t kCoco18 = 18;
constexpr std::size_t kInImage = 3;  ///< numbers a joint: x, y, score
constexpr std::size_t kInSpace = 4;

Error fault(const std::string& source, const std::string& what) {
  return Error(Code::bad_format, fmt::format("{}: {}", source, what));
}

const Json& image_keypoints(const Json& person) {
  const Json& named_now = member(person, "pose_keypoints_2d");
  return named_now.is_null() ? member(person, "pose_keypoints") : named_now;
}

/// What OpenPose calls the person when it tracks; -1 when it does not.
std::string id_of(const Json& person) {
  const Json& ids = member(person, "person_id");
  const bool named = ids.is_array() && !ids.empty() && ids[0].is_number_integer() && ids[0] >= 0;
  return named ? ids[0].dump() : std::string();
}

}  // namespace

const Json& OpenPosePeople::list(const Json& file, const std::string& source) {
  const Json& people = member(file, "people");
  if (people.is_array()) return people;
  throw fault(source, fmt::format("\"people\" is {}, expected a list of OpenPose's persons", json_excerpt(people)));
}

void OpenPosePeople::require_keypoints(const Json& person, const std::string& source) {
  if (!image_keypoints(person).is_null() || !member(person, "pose_keypoints_3d").is_null()) return;
  throw fault(source, "no list \"pose_keypoints_2d\", expected one");
}

std::optional<PlanarPerson> OpenPosePeople::in_image(const Json& person, const std::string& source) {
  return read(person, image_keypoints(person), kInImage, source);
}

std::optional<PlanarPerson> OpenPosePeople::in_space(const Json& person, const std::string& source) {
  return read(person, member(person, "pose_keypoints_3d"), kInSpace, source);
}

std::optional<PlanarPerson> OpenPosePeople::read(const Json& person, const Json& keypoints, std::size_t width,
                                                 const std::string& source) {
  if (keypoints.is_null() || (keypoints.is_array() && keypoints.empty())) return std::nullopt;
  const std::vector<float> numbers = number_list(source, keypoints, "keypoints");
  const std::size_t joints = numbers.size() / width;
  if (numbers.size() % width != 0 || (joints != kBody25 && joints != kCoco18)) {
    throw fault(source, fmt::format("{} numbers, expected {} (BODY_25) or {} (COCO)", numbers.size(), kBody25 * width,
                                    kCoco18 * width));
  }
  if (!layout_) layout_ = joint_layout(joints == kBody25 ? "body25" : "coco18");
  if (joints != layout_->size()) {
    throw fault(source, fmt::format("{} joints, but those before have {}; expected one model's output", joints,
                                    layout_->size()));
  }
  PlanarPerson found = empty_person(*layout_);
  found.sensor_id = id_of(person);
  for (std::size_t j = 0; j < joints; ++j) {
    const float* at = numbers.data() + j * width;
    place_joint(found, j, {at[0], at[1], width == kInSpace ? at[2] : 0.0F}, at[width - 1]);
  }
  return found;
}

}  // namespace purlscope::core
