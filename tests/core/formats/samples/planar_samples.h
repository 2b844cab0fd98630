#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/temp_dir.h"

/// Small recordings of image keypoints, built by hand from the formats' descriptions.
namespace purlscope::test {

/// A standing person of whom every joint is seen: neck or middle of the shoulders at (300 + shift, 100), middle of the
/// hips at (300 + shift, 200), shoulders 40 and hips 20 pixels wide, the person's left to the right of the image; other
/// joints at (300 + 7 (j mod 4) + shift, 50 + 20 j). Pixels, y down.
struct Figure {
  std::string layout = "coco17";
  double shift = 0.0;
  double score = 0.9;
  std::string id = {};        ///< as JSON, empty = none
  std::size_t hidden = 1000;  ///< a joint at (0, 0) with score 0
  std::size_t unsure = 1000;  ///< a joint with score 0.1

  double x(std::size_t joint) const;
  double y(std::size_t joint) const;
  double score_of(std::size_t joint) const;
  std::size_t size() const;
};

std::string openpose_json(const std::vector<Figure>& people, std::string_view key = "pose_keypoints_2d");
/// Frames `video_<12 digits>_keypoints.json` of one body25 figure that moves 2 pixels a frame.
std::filesystem::path openpose_folder(const TempDir& folder, const std::vector<int>& numbers);

struct ImagePerson {
  std::string image;  ///< id as JSON
  Figure figure;
};
std::string coco_results_json(const std::vector<ImagePerson>& people);
/// @param images  {id as JSON, file name}
std::string coco_annotations_json(const std::vector<std::pair<std::string, std::string>>& images,
                                  const std::vector<ImagePerson>& people);

std::string mmpose_instances(const std::vector<Figure>& people);
/// The demo's form, with the names of the keypoints.
std::string mmpose_json(std::size_t frames);

/// One figure in all frames, moving 2 pixels a frame.
std::string pyskl_json(std::size_t frames);
std::string kinetics_json(std::size_t frames);

}  // namespace purlscope::test
