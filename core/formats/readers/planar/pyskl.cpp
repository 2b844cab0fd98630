#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/json_excerpt.h"
#include "core/formats/parse/json_text.h"
#include "core/formats/readers/planar/planar_clip.h"
#include "core/formats/readers/planar/planar_readers.h"
#include "core/formats/recording_name.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

struct Form {
  std::size_t joints;
  std::size_t coordinates;
  const char* layout;
  const char* unit;
};
/// The forms of the published files. HRNet finds COCO's joints, OpenPose its own, NTU RGB+D's are the sensor's.
constexpr std::array<Form, 3> kForms = {{{17, 2, "coco17", "px"}, {18, 2, "coco18", "px"}, {25, 3, "ntu25", "m"}}};
constexpr std::uint64_t kMostClasses = 100'000;

const Json& first_of(const Json& list) {
  static const Json none;
  return list.is_array() && !list.empty() ? list[0] : none;
}

const Form& form_of(const fs::path& file, const Json& joints) {
  const std::size_t coordinates = first_of(joints).size();
  for (const Form& form : kForms) {
    if (joints.is_array() && joints.size() == form.joints && coordinates == form.coordinates) return form;
  }
  throw Error(Code::unsupported,
              fmt::format("{}: \"keypoint\" has {} joints of {} coordinates; expected 17 x 2 (COCO), 18 x 2 (OpenPose) "
                          "or 25 x 3 (NTU RGB+D)",
                          file.string(), joints.size(), coordinates));
}

/// A list of exactly this length. @throws Error{Code::bad_format}
const Json& list_of(const fs::path& file, const Json& value, std::size_t length, const std::string& place) {
  if (value.is_array() && value.size() == length) return value;
  throw format_error(file, fmt::format("{}: found {}, expected a list of {}", place, json_excerpt(value), length));
}

PlanarPerson read_person(const fs::path& file, const Json& keypoints, const Json& scores, const Form& form,
                         const JointLayout& layout, const std::string& place) {
  const Json& joints = list_of(file, keypoints, form.joints, place);
  std::vector<float> score(form.joints, 1.0F);
  if (!scores.is_null())
    score = number_list(file, list_of(file, scores, form.joints, place), fmt::format("{}, scores", place));
  PlanarPerson person = empty_person(layout);
  for (std::size_t j = 0; j < form.joints; ++j) {
    const auto at = number_list(file, list_of(file, joints[j], form.coordinates, place), place);
    place_joint(person, j, {at[0], at[1], form.coordinates == 3 ? at[2] : 0.0F}, score[j]);
  }
  return person;
}

PlanarRecording read_recording(const fs::path& file, const Json& root, const ReadOptions& options) {
  if (const Json& all = member(root, "annotations"); all.is_array()) {
    throw Error(Code::unsupported,
                fmt::format("{}: a data set of {} recordings, expected one; write each annotation to "
                            "a file of its own",
                            file.string(), all.size()));
  }
  const Json& keypoint = member(root, "keypoint");
  const Json& scores = member(root, "keypoint_score");
  const Json& joints = first_of(first_of(keypoint));
  if (joints.is_null()) {
    throw format_error(file, fmt::format("\"keypoint\" is {}, expected persons x frames x joints x coordinates",
                                         json_excerpt(keypoint)));
  }
  const Form& form = form_of(file, joints);
  require_layout(file, options, form.layout);
  PlanarRecording recording;
  recording.format = "pyskl";
  recording.layout = joint_layout(form.layout);
  recording.spatial = form.coordinates == 3;
  recording.unit = form.unit;
  recording.frames.resize(keypoint[0].size());
  for (std::size_t t = 0; t < recording.frames.size(); ++t) recording.frames[t].number = static_cast<std::int64_t>(t);
  if (!scores.is_null()) list_of(file, scores, keypoint.size(), "\"keypoint_score\"");
  for (std::size_t m = 0; m < keypoint.size(); ++m) {
    const std::string place = fmt::format("person {}", m + 1);
    const Json& frames = list_of(file, keypoint[m], recording.frames.size(), place);
    if (!scores.is_null()) list_of(file, scores[m], frames.size(), fmt::format("{}, scores", place));
    for (std::size_t t = 0; t < frames.size(); ++t) {
      PlanarPerson person = read_person(file, frames[t], scores.is_null() ? scores : scores[m][t], form,
                                        *recording.layout, fmt::format("{}, frame {}", place, t + 1));
      person.sensor_id = std::to_string(m + 1);
      if (is_seen(person)) recording.frames[t].persons.push_back(std::move(person));
    }
  }
  return recording;
}

void state_action(Clip& clip, const Json& root, Warnings& warnings) {
  const Json& label = member(root, "label");
  if (label.is_number_unsigned() && label.get<std::uint64_t>() < kMostClasses) clip.label_index = label.get<int>();
  const Json& directory = member(root, "frame_dir");
  if (!directory.is_string()) return;
  const std::string text = directory.get<std::string>();
  clip.tags["frame_dir"] = text.substr(0, 200);
  const auto name = parse_recording_name(text + ".skeleton");
  if (!name) return;
  const int index = class_of_action(name->kind, name->action);
  if (clip.label_index && *clip.label_index != index) {
    warnings.add(fmt::format("the label {} contradicts the action of {}; the label counts", *clip.label_index, text));
  }
  state_label(clip, *name, clip.label_index.value_or(index));
}

}  // namespace

bool matches_pyskl(const fs::path& /*file*/, std::string_view head) {
  return first_character(head) == '{' && (has_key(head, "keypoint") || has_key(head, "frame_dir"));
}

Clip read_pyskl(const fs::path& file, const ReadOptions& options) {
  const Json root = read_json(file, {}, options);
  Warnings warnings;
  Clip clip = make_planar_clip(file, read_recording(file, root, options), options, warnings);
  state_action(clip, root, warnings);
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
