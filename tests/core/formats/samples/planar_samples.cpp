#include "tests/core/formats/samples/planar_samples.h"

#include <fmt/format.h>

#include "core/base/layout.h"

namespace purlscope::test {
namespace {

std::string joined(std::size_t count, const auto& item) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : ",").append(item(i));
  return text;
}

/// x, y, score of all joints in one list.
std::string triples(const Figure& figure) {
  return joined(figure.size(),
                [&](std::size_t j) { return fmt::format("{},{},{}", figure.x(j), figure.y(j), figure.score_of(j)); });
}

}  // namespace

std::size_t Figure::size() const { return core::joint_layout(layout)->size(); }

double Figure::x(std::size_t joint) const {
  if (joint == hidden) return 0.0;
  const std::string& name = core::joint_layout(layout)->joints[joint];
  if (name == "neck" || name == "middle hip") return 300.0 + shift;
  if (name.ends_with("shoulder")) return 300.0 + shift + (name.starts_with("left") ? 20.0 : -20.0);
  if (name.ends_with("hip")) return 300.0 + shift + (name.starts_with("left") ? 10.0 : -10.0);
  return 300.0 + shift + 7.0 * static_cast<double>(joint % 4);
}

double Figure::y(std::size_t joint) const {
  if (joint == hidden) return 0.0;
  const std::string& name = core::joint_layout(layout)->joints[joint];
  if (name == "neck" || name.ends_with("shoulder")) return 100.0;
  if (name.ends_with("hip")) return 200.0;
  return 50.0 + 20.0 * static_cast<double>(joint);
}

double Figure::score_of(std::size_t joint) const { return joint == hidden ? 0.0 : joint == unsure ? 0.1 : score; }

std::string openpose_json(const std::vector<Figure>& people, std::string_view key) {
  return fmt::format(R"({{"version":1.3,"people":[{}]}})", joined(people.size(), [&](std::size_t p) {
                       const std::string id = people[p].id.empty() ? "-1" : people[p].id;
                       return fmt::format(
                           R"({{"person_id":[{}],"{}":[{}],"face_keypoints_2d":[],"pose_keypoints_3d":[]}})", id, key,
                           triples(people[p]));
                     }));
}

std::filesystem::path openpose_folder(const TempDir& folder, const std::vector<int>& numbers) {
  for (const int number : numbers) {
    folder.write(fmt::format("poses/video_{:012}_keypoints.json", number),
                 openpose_json({Figure{.layout = "body25", .shift = 2.0 * number}}));
  }
  return folder.path() / "poses";
}

std::string coco_results_json(const std::vector<ImagePerson>& people) {
  return fmt::format("[{}]", joined(people.size(), [&](std::size_t p) {
                       const Figure& figure = people[p].figure;
                       return fmt::format(R"({{"image_id":{},"category_id":1,"keypoints":[{}],"score":2.5{}}})",
                                          people[p].image, triples(figure),
                                          figure.id.empty() ? "" : fmt::format(R"(,"idx":{})", figure.id));
                     }));
}

std::string coco_annotations_json(const std::vector<std::pair<std::string, std::string>>& images,
                                  const std::vector<ImagePerson>& people) {
  const auto& names = core::joint_layout("coco17")->joints;
  return fmt::format(
      R"({{"info":{{}},"images":[{}],"annotations":[{}],"categories":[{{"id":1,"name":"person","keypoints":[{}]}}]}})",
      joined(images.size(),
             [&](std::size_t i) {
               return fmt::format(R"({{"id":{},"file_name":"{}"}})", images[i].first, images[i].second);
             }),
      joined(people.size(),
             [&](std::size_t p) {
               return fmt::format(R"({{"image_id":{},"segmentation":[[1,2]],"keypoints":[{}],"track_id":{}}})",
                                  people[p].image, triples(people[p].figure),
                                  people[p].figure.id.empty() ? "null" : people[p].figure.id);
             }),
      joined(names.size(), [&](std::size_t j) {
        std::string name = names[j];
        for (char& c : name) c = c == ' ' ? '_' : c;
        return fmt::format("\"{}\"", name);
      }));
}

std::string mmpose_instances(const std::vector<Figure>& people) {
  return joined(people.size(), [&](std::size_t p) {
    const Figure& figure = people[p];
    return fmt::format(
        R"({{"keypoints":[{}],"keypoint_scores":[{}],"bbox":[[1,2,3,4]],"bbox_score":0.9}})",
        joined(figure.size(), [&](std::size_t j) { return fmt::format("[{},{}]", figure.x(j), figure.y(j)); }),
        joined(figure.size(), [&](std::size_t j) { return fmt::format("{}", figure.score_of(j)); }));
  });
}

std::string mmpose_json(std::size_t frames) {
  const auto& names = core::joint_layout("coco17")->joints;
  return fmt::format(R"({{"meta_info":{{"dataset_name":"coco","keypoint_id2name":{{{}}}}},"instance_info":[{}]}})",
                     joined(names.size(), [&](std::size_t j) { return fmt::format(R"("{}":"{}")", j, names[j]); }),
                     joined(frames, [&](std::size_t f) {
                       return fmt::format(R"({{"frame_id":{},"instances":[{}]}})", f + 1,
                                          mmpose_instances({Figure{.shift = 2.0 * static_cast<double>(f)}}));
                     }));
}

std::string pyskl_json(std::size_t frames) {
  const auto figure = [](std::size_t f) { return Figure{.shift = 2.0 * static_cast<double>(f)}; };
  return fmt::format(
      R"({{"frame_dir":"v_1","label":7,"img_shape":[480,640],"total_frames":{},"keypoint":[[{}]],"keypoint_score":[[{}]]}})",
      frames,
      joined(frames,
             [&](std::size_t f) {
               return fmt::format("[{}]", joined(17, [&](std::size_t j) {
                                    return fmt::format("[{},{}]", figure(f).x(j), figure(f).y(j));
                                  }));
             }),
      joined(frames, [&](std::size_t f) {
        return fmt::format("[{}]", joined(17, [&](std::size_t j) { return fmt::format("{}", figure(f).score_of(j)); }));
      }));
}

std::string kinetics_json(std::size_t frames) {
  return fmt::format(
      R"({{"data":[{}],"label":"riding a bike","label_index":266}})", joined(frames, [&](std::size_t f) {
        const Figure figure{.layout = "coco18", .shift = 2.0 * static_cast<double>(f)};
        return fmt::format(
            R"({{"frame_index":{},"skeleton":[{{"pose":[{}],"score":[{}]}}]}})", f + 1,
            joined(18, [&](std::size_t j) { return fmt::format("{},{}", figure.x(j) / 340.0, figure.y(j) / 256.0); }),
            joined(18, [&](std::size_t j) { return fmt::format("{}", figure.score_of(j)); }));
      }));
}

}  // namespace purlscope::test
