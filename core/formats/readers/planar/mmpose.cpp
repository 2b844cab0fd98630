#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/json_excerpt.h"
#include "core/formats/parse/json_text.h"
#include "core/formats/readers/planar/planar_clip.h"
#include "core/formats/readers/planar/planar_readers.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 4> kSkipped = {"bbox", "bboxes", "visualization", "meta_info_3d"};

/// The names of the keypoints in a "meta_info", empty where it has none: {"keypoint_id2name": {"0": "nose"}} or
/// {"keypoint_info": {"0": {"name": "nose"}}}.
std::vector<std::string> keypoint_names(const fs::path& file, const Json& meta) {
  for (const char* key : {"keypoint_id2name", "keypoint_info"}) {
    const Json& table = member(meta, key);
    std::vector<std::string> names;
    for (std::size_t k = 0; k < table.size(); ++k) {
      const Json& entry = member(table, std::to_string(k).c_str());
      const Json& name = entry.is_object() ? member(entry, "name") : entry;
      if (!name.is_string()) {
        throw format_error(file,
                           fmt::format("\"{}\": keypoint {} is {}, expected its name", key, k, json_excerpt(name)));
      }
      names.push_back(name.get<std::string>());
    }
    if (!names.empty()) return names;
  }
  return {};
}

class Frames {
 public:
  Frames(const fs::path& file, const ReadOptions& options, Warnings& warnings)
      : file_(file), options_(options), warnings_(warnings) {}

  PlanarRecording read(const Json& root) {
    if (options_.layout.empty()) {
      if (const auto names = keypoint_names(file_, member(root, "meta_info")); !names.empty()) {
        map_ = map_by_names(file_, names, warnings_);
      }
    }
    const Json& listed =
        root.is_array() ? root : member(root, root.contains("predictions") ? "predictions" : "instance_info");
    if (!listed.is_array()) {
      throw format_error(file_,
                         fmt::format("\"instance_info\" is {}, expected a list of frames", json_excerpt(listed)));
    }
    if (!listed.empty() && is_instance(listed[0])) {
      add_frame(listed, 0);
    } else {
      for (std::size_t f = 0; f < listed.size(); ++f) read_frame(listed[f], f);
    }
    PlanarRecording recording;
    recording.format = "mmpose";
    recording.layout = map_ ? map_->layout : joint_layout("coco17");
    recording.frames = std::move(frames_);
    return recording;
  }

 private:
  static bool is_instance(const Json& value) { return !member(value, "keypoints").is_null(); }

  void read_frame(const Json& value, std::size_t index) {
    if (value.is_array()) return add_frame(value, static_cast<std::int64_t>(index));
    const Json& instances = member(value, "instances");
    const Json& id = member(value, "frame_id");
    if (!instances.is_array() || (!id.is_null() && !id.is_number_unsigned())) {
      throw format_error(file_, fmt::format("frame {}: \"instances\" is {} and \"frame_id\" {}; expected a list of "
                                            "persons and a number",
                                            index + 1, json_excerpt(instances), json_excerpt(id)));
    }
    std::int64_t number = static_cast<std::int64_t>(index);
    if (!id.is_null()) number = static_cast<std::int64_t>(std::min<std::uint64_t>(id.get<std::uint64_t>(), INT32_MAX));
    if (!frames_.empty() && number <= frames_.back().number) {
      throw format_error(file_, fmt::format("frame {}: \"frame_id\" {} after {}, expected ascending numbers", index + 1,
                                            number, frames_.back().number));
    }
    add_frame(instances, number);
  }

  void add_frame(const Json& instances, std::int64_t number) {
    PlanarFrame frame{number, {}};
    for (std::size_t i = 0; i < instances.size(); ++i) {
      frame.persons.push_back(read_person(instances[i], fmt::format("frame {}, instance {}", number, i + 1)));
    }
    frames_.push_back(std::move(frame));
  }

  PlanarPerson read_person(const Json& value, const std::string& place) {
    const Json& keypoints = member(value, "keypoints");
    if (!keypoints.is_array() || keypoints.empty()) {
      throw format_error(
          file_, fmt::format("{}: \"keypoints\" is {}, expected a list of [x, y]", place, json_excerpt(keypoints)));
    }
    std::vector<float> scores;
    if (const Json& list = member(value, "keypoint_scores"); !list.is_null()) {
      scores = number_list(file_, list, place + ", \"keypoint_scores\"");
      if (scores.size() != keypoints.size()) {
        throw format_error(file_,
                           fmt::format("{}: {} scores for {} keypoints", place, scores.size(), keypoints.size()));
      }
    }
    if (!map_) map_ = map_by_count(file_, keypoints.size(), options_.layout, warnings_);
    if (keypoints.size() != map_->keypoints) {
      throw format_error(file_, fmt::format("{}: {} keypoints, expected {}", place, keypoints.size(), map_->keypoints));
    }
    PlanarPerson person = empty_person(*map_->layout);
    for (std::size_t j = 0; j < map_->keypoint.size(); ++j) {
      if (map_->keypoint[j] < 0) continue;
      const auto k = static_cast<std::size_t>(map_->keypoint[j]);
      const std::vector<float> point = number_list(file_, keypoints[k], fmt::format("{}, keypoint {}", place, k + 1));
      // MMPose 0.x put the score behind the position; 1.x has it in a list of its own.
      const bool with_score = scores.empty() && point.size() == 3;
      if (point.size() == 3 && !with_score) {
        throw Error(Code::unsupported,
                    fmt::format("{}: {}: 3-D keypoints, which are not read; expected the 2-D ones of "
                                "MMPose (pose2d)",
                                file_.string(), place));
      }
      if (point.size() != 2 && !with_score) {
        throw format_error(file_,
                           fmt::format("{}, keypoint {}: {} numbers, expected x and y", place, k + 1, point.size()));
      }
      place_joint(person, j, {point[0], point[1], 0.0F}, with_score ? point[2] : scores.empty() ? 1.0F : scores[k]);
    }
    const Json& id = member(value, "track_id");
    if (id.is_number_integer() && id >= 0) person.sensor_id = id.dump();
    return person;
  }

  const fs::path& file_;
  const ReadOptions& options_;
  Warnings& warnings_;
  std::optional<KeypointMap> map_;
  std::vector<PlanarFrame> frames_;
};

}  // namespace

bool matches_mmpose(const fs::path& /*file*/, std::string_view head) {
  const char first = first_character(head);
  if (first == '[') return has_key(head, "instances") || has_key(head, "keypoints");
  return first == '{' && (has_key(head, "meta_info") || has_key(head, "instance_info") || has_key(head, "predictions"));
}

Clip read_mmpose(const fs::path& file, const ReadOptions& options) {
  Warnings warnings;
  const Json root = read_json(file, kSkipped, options);
  PlanarRecording recording = Frames(file, options, warnings).read(root);
  Clip clip = make_planar_clip(file, std::move(recording), options, warnings);
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
