#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/json_excerpt.h"
#include "core/formats/parse/json_text.h"
#include "core/formats/readers/planar/planar_clip.h"
#include "core/formats/readers/planar/planar_readers.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::size_t kJoints = 18;
constexpr float kAspect = 256.0F / 340.0F;  ///< height by width of the images
constexpr std::uint64_t kMostClasses = 100'000;

PlanarPerson read_person(const fs::path& file, const Json& value, const JointLayout& layout, const std::string& place) {
  const std::vector<float> pose = number_list(file, member(value, "pose"), place + ", \"pose\"");
  const std::vector<float> score = number_list(file, member(value, "score"), place + ", \"score\"");
  if (pose.size() != 2 * kJoints || score.size() != kJoints) {
    throw format_error(file, fmt::format("{}: {} coordinates and {} scores, expected {} and {}", place, pose.size(),
                                         score.size(), 2 * kJoints, kJoints));
  }
  PlanarPerson person = empty_person(layout);
  for (std::size_t j = 0; j < kJoints; ++j) {
    place_joint(person, j, {pose[2 * j], pose[2 * j + 1] * kAspect, 0.0F}, score[j]);
  }
  return person;
}

PlanarFrame read_frame(const fs::path& file, const Json& value, std::size_t index, const JointLayout& layout) {
  const Json& number = member(value, "frame_index");
  const Json& skeletons = member(value, "skeleton");
  const std::string place = fmt::format("entry {} of \"data\"", index + 1);
  if (!number.is_number_unsigned() || number.get<std::uint64_t>() > INT32_MAX || !skeletons.is_array()) {
    throw format_error(file, fmt::format("{}: \"frame_index\" is {} and \"skeleton\" {}; expected a frame number and a "
                                         "list of persons",
                                         place, json_excerpt(number), json_excerpt(skeletons)));
  }
  PlanarFrame frame{number.get<std::int64_t>(), {}};
  for (std::size_t p = 0; p < skeletons.size(); ++p) {
    frame.persons.push_back(read_person(file, skeletons[p], layout, fmt::format("{}, person {}", place, p + 1)));
  }
  return frame;
}

}  // namespace

bool matches_kinetics_skeleton(const fs::path& /*file*/, std::string_view head) {
  return first_character(head) == '{' && has_key(head, "data") &&
         (has_key(head, "frame_index") || has_key(head, "label_index"));
}

Clip read_kinetics_skeleton(const fs::path& file, const ReadOptions& options) {
  require_layout(file, options, "coco18");
  const Json root = read_json(file, {}, options);
  const Json& data = member(root, "data");
  if (!data.is_array() || data.empty()) {
    throw format_error(file, fmt::format("\"data\" is {}, expected a list of frames", json_excerpt(data)));
  }
  PlanarRecording recording;
  recording.format = "kinetics-skeleton";
  recording.layout = joint_layout("coco18");
  recording.unit = "image widths";
  for (std::size_t f = 0; f < data.size(); ++f)
    recording.frames.push_back(read_frame(file, data[f], f, *recording.layout));
  std::stable_sort(recording.frames.begin(), recording.frames.end(),
                   [](const PlanarFrame& a, const PlanarFrame& b) { return a.number < b.number; });
  const auto twice =
      std::adjacent_find(recording.frames.begin(), recording.frames.end(),
                         [](const PlanarFrame& a, const PlanarFrame& b) { return a.number == b.number; });
  if (twice != recording.frames.end())
    throw format_error(file, fmt::format("\"frame_index\" {} comes twice", twice->number));

  Warnings warnings;
  Clip clip = make_planar_clip(file, std::move(recording), options, warnings);
  if (const Json& label = member(root, "label"); label.is_string()) clip.label = label.get<std::string>();
  if (const Json& index = member(root, "label_index");
      index.is_number_unsigned() && index.get<std::uint64_t>() < kMostClasses) {
    clip.label_index = index.get<int>();
  }
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
