#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/formats/readers/planar/planar_clip.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kCocoJoints = 17;
constexpr std::size_t kLimbsBegin = 5;  ///< before them the face, which not every layout has
/// Joint counts whose first 17 are COCO's: COCO, Halpe, COCO-WholeBody, Halpe with hands and face.
constexpr std::array<std::size_t, 4> kCocoFirst = {kCocoJoints, 26, 133, 136};

std::string plain(std::string_view name) {
  std::string text = lower_ascii(name);
  std::ranges::replace_if(
      text, [](char c) { return c == '_' || c == '-'; }, ' ');
  return text;
}

void warn_of_unused(std::size_t keypoints, std::size_t used, Warnings& warnings) {
  if (keypoints == used) return;
  warnings.add(fmt::format("{} of the {} keypoints have no place in the joint layout and are left out",
                           keypoints - used, keypoints));
}

}  // namespace

KeypointMap map_by_count(const fs::path& file, std::size_t keypoints, const std::string& asked, Warnings& warnings) {
  KeypointMap map{joint_layout(asked.empty() ? "coco17" : asked), {}, keypoints};
  const bool coco_first = std::find(kCocoFirst.begin(), kCocoFirst.end(), keypoints) != kCocoFirst.end();
  if (keypoints != map.layout->size() && !(asked.empty() && coco_first)) {
    throw Error(Code::shape_mismatch,
                fmt::format("{}: {} keypoints a person, expected {} (layout {}); name another layout if the file's "
                            "differs",
                            file.string(), keypoints, map.layout->size(), map.layout->id));
  }
  if (!map.layout->planar) {  // joints of a depth sensor's layout, found in an image
    auto flat = std::make_shared<JointLayout>(*map.layout);
    flat->planar = true;
    map.layout = std::move(flat);
  }
  for (std::size_t j = 0; j < map.layout->size(); ++j) map.keypoint.push_back(static_cast<int>(j));
  warn_of_unused(keypoints, map.layout->size(), warnings);
  return map;
}

KeypointMap map_by_names(const fs::path& file, const std::vector<std::string>& names, Warnings& warnings) {
  KeypointMap map{joint_layout("coco17"), {}, names.size()};
  std::vector<std::string> plain_names;
  plain_names.reserve(names.size());
  for (const std::string& name : names) plain_names.push_back(plain(name));
  std::size_t used = 0;
  for (std::size_t j = 0; j < map.layout->size(); ++j) {
    const auto found = std::find(plain_names.begin(), plain_names.end(), map.layout->joints[j]);
    if (found == plain_names.end() && j >= kLimbsBegin) {
      throw Error(Code::unsupported,
                  fmt::format("{}: no keypoint named '{}'; expected those of a person's body as COCO names them",
                              file.string(), map.layout->joints[j]));
    }
    map.keypoint.push_back(found == plain_names.end() ? -1 : static_cast<int>(found - plain_names.begin()));
    used += found == plain_names.end() ? 0 : 1;
  }
  warn_of_unused(names.size(), used, warnings);
  return map;
}

}  // namespace purlscope::core
