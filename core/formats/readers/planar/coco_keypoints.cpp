#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/base/json_excerpt.h"
#include "core/formats/parse/json_text.h"
#include "core/formats/readers/planar/planar_clip.h"
#include "core/formats/readers/planar/planar_readers.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 6> kSkipped = {"segmentation", "licenses", "info", "bbox", "box", "skeleton"};
constexpr float kHidden = 1.0F;  ///< visibility of an annotated joint that is covered

/// A number or a text as one text, so that both serve as keys; empty for anything else.
std::string id_text(const Json& id) {
  if (id.is_string()) return id.get<std::string>();
  return id.is_number_integer() ? id.dump() : std::string();
}

/// The persons of a file by the key of their image.
class Images {
 public:
  Images(const fs::path& file, const ReadOptions& options, Warnings& warnings)
      : file_(file), options_(options), warnings_(warnings) {}

  PlanarRecording read(const Json& root) {
    const Json& annotations = root.is_array() ? root : member(root, "annotations");
    if (!annotations.is_array()) {
      throw format_error(file_, fmt::format("\"annotations\" is {}, expected a list", json_excerpt(annotations)));
    }
    annotated_ = root.is_object();
    if (annotated_) read_images(member(root, "images"));
    if (annotated_) read_names(member(root, "categories"));
    for (std::size_t i = 0; i < annotations.size(); ++i)
      read_person(annotations[i], fmt::format("annotation {}", i + 1));
    return take();
  }

 private:
  void read_images(const Json& images) {
    if (images.is_null()) return;
    if (!images.is_array()) {
      throw format_error(file_, fmt::format("\"images\" is {}, expected a list", json_excerpt(images)));
    }
    for (std::size_t i = 0; i < images.size(); ++i) {
      const std::string id = id_text(member(images[i], "id"));
      if (id.empty()) throw format_error(file_, fmt::format("image {}: no \"id\", expected a number or a text", i + 1));
      const Json& name = member(images[i], "file_name");
      name_of_.try_emplace(id, name.is_string() ? name.get<std::string>() : id);
    }
    for (const auto& [id, name] : name_of_) persons_[name];
  }

  void read_names(const Json& categories) {
    if (!options_.layout.empty() || !categories.is_array()) return;
    for (const Json& category : categories) {
      const Json& keypoints = member(category, "keypoints");
      if (!keypoints.is_array() || keypoints.empty()) continue;
      std::vector<std::string> names;
      for (const Json& name : keypoints) {
        if (!name.is_string())
          throw format_error(file_, fmt::format("category: {} is no keypoint's name", json_excerpt(name)));
        names.push_back(name.get<std::string>());
      }
      map_ = map_by_names(file_, names, warnings_);
      return;
    }
  }

  void read_person(const Json& value, const std::string& place) {
    const Json& keypoints = member(value, "keypoints");
    const std::string id = id_text(member(value, "image_id"));
    if (id.empty()) throw format_error(file_, fmt::format("{}: no \"image_id\", expected a number or a text", place));
    if (keypoints.is_null()) return;  // an object of another kind
    const std::vector<float> numbers = number_list(file_, keypoints, place + ", \"keypoints\"");
    if (numbers.empty()) return;
    if (numbers.size() % 3 != 0) {
      throw format_error(file_,
                         fmt::format("{}: {} numbers in \"keypoints\", expected 3 a joint", place, numbers.size()));
    }
    const std::size_t joints = numbers.size() / 3;
    if (!map_) map_ = map_by_count(file_, joints, options_.layout, warnings_);
    if (joints != map_->keypoints) {
      throw format_error(file_, fmt::format("{}: {} joints, expected {}", place, joints, map_->keypoints));
    }
    PlanarPerson person = empty_person(*map_->layout);
    for (std::size_t j = 0; j < map_->keypoint.size(); ++j) {
      if (map_->keypoint[j] < 0) continue;
      const float* at = numbers.data() + 3 * static_cast<std::size_t>(map_->keypoint[j]);
      place_joint(person, j, {at[0], at[1], 0.0F}, at[2]);
      if (annotated_ && at[2] == kHidden && person.state[j] == JointState::given)
        person.state[j] = JointState::inferred;
    }
    for (const char* key : {"track_id", "idx"}) {
      if (person.sensor_id.empty()) person.sensor_id = id_text(member(value, key));
    }
    if (person.sensor_id.empty()) person.sensor_id = id_text(member(member(value, "attributes"), "track_id"));
    const auto name = name_of_.find(id);
    persons_[name == name_of_.end() ? id : name->second].push_back(std::move(person));
  }

  PlanarRecording take() {
    PlanarRecording recording;
    recording.format = "coco-keypoints";
    recording.layout = map_ ? map_->layout : joint_layout("coco17");
    std::vector<std::string> names;
    for (auto& [name, persons] : persons_) {
      names.push_back(name);
      recording.frames.push_back({0, std::move(persons)});
    }
    number_frames(recording.frames, names, warnings_);
    return recording;
  }

  const fs::path& file_;
  const ReadOptions& options_;
  Warnings& warnings_;
  bool annotated_ = false;  ///< people's annotations, not a detector's results
  std::optional<KeypointMap> map_;
  std::map<std::string, std::string> name_of_;
  std::map<std::string, std::vector<PlanarPerson>> persons_;
};

}  // namespace

bool matches_coco_keypoints(const fs::path& /*file*/, std::string_view head) {
  const char first = first_character(head);
  if (first == '[') return has_key(head, "image_id");
  return first == '{' && (has_key(head, "annotations") || (has_key(head, "images") && has_key(head, "file_name")) ||
                          (has_key(head, "categories") && has_key(head, "keypoints")));
}

Clip read_coco_keypoints(const fs::path& file, const ReadOptions& options) {
  Warnings warnings;
  const Json root = read_json(file, kSkipped, options);
  PlanarRecording recording = Images(file, options, warnings).read(root);
  Clip clip = make_planar_clip(file, std::move(recording), options, warnings);
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
