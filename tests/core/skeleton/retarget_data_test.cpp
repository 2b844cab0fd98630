#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/formats/registry.h"
#include "core/skeleton/body_points.h"
#include "core/skeleton/retarget.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"

namespace purlscope::core {
namespace {

namespace fs = std::filesystem;

/// Poses of one layout, joint fastest.
struct Poses {
  std::shared_ptr<const JointLayout> layout;
  std::vector<Vec3> joints;
  std::vector<JointState> state;

  std::size_t count() const { return joints.size() / layout->size(); }
  Vec3 at(std::size_t t, std::string_view joint) const {
    return joints[t * layout->size() + static_cast<std::size_t>(layout->joint(joint))];
  }
  bool has(std::size_t t, std::string_view joint) const {
    return state[t * layout->size() + static_cast<std::size_t>(layout->joint(joint))] != JointState::missing;
  }
};

Poses to(const Poses& poses, const std::string& layout) {
  const auto map = retarget_map(*poses.layout, layout);
  Poses out{map->to, std::vector<Vec3>(poses.count() * map->to->size()), {}};
  out.state.resize(out.joints.size());
  for (std::size_t t = 0; t < poses.count(); ++t) {
    map->apply(poses.joints.data() + t * map->from->size(), poses.state.data() + t * map->from->size(),
               out.joints.data() + t * map->to->size(), out.state.data() + t * map->to->size());
  }
  return out;
}

double distance(const Vec3& a, const Vec3& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

double median(std::vector<double> values) {
  if (values.empty()) return std::nan("");
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// All files of a folder that end so, at most `most` by name.
std::vector<fs::path> files(const fs::path& folder, const std::string& ending, std::size_t most) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().string().ends_with(ending)) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  found.resize(std::min(found.size(), most));
  return found;
}

Poses recorded(const std::string& set, const std::string& ending) {
  Poses poses;
  for (const fs::path& file : files(test::shared_dir() / "data" / set, ending, 20)) {
    const ClipPtr clip = read_clip(file);
    poses.layout = clip->layout;
    const Person& person = clip->persons.at(0);
    poses.joints.insert(poses.joints.end(), person.joints.begin(), person.joints.end());
    poses.state.insert(poses.state.end(), person.state.begin(), person.state.end());
  }
  return poses;
}

/// World landmarks (x image right, y down, z away) of the frames in which shoulders, hips and knees are seen.
Poses mediapipe() {
  Poses poses{joint_layout("mediapipe33"), {}, {}};
  for (const fs::path& file : files(test::shared_dir() / "data" / "mediapipe-landmarks", ".npz", 2)) {
    const auto world = test::read_npz(file).at("world");
    for (std::size_t t = 0; t < world.shape.at(0); ++t) {
      const double* frame = world.data.data() + t * 33 * 4;
      const auto seen = [&](std::size_t joint) { return frame[joint * 4 + 3] > 0.5; };
      if (!(seen(11) && seen(12) && seen(23) && seen(24) && seen(25) && seen(26))) continue;
      for (std::size_t j = 0; j < 33; ++j) {
        poses.joints.push_back({static_cast<float>(-frame[j * 4]), static_cast<float>(-frame[j * 4 + 1]),
                                static_cast<float>(frame[j * 4 + 2])});
        poses.state.push_back(JointState::given);
      }
    }
  }
  return poses;
}

/// OpenPose's pixels (x image right, y down) of the first person of each frame, person's right at +x, y up.
Poses openpose(const std::string& folder, const std::string& layout) {
  Poses poses{joint_layout(layout), {}, {}};
  for (const fs::path& file : files(test::shared_dir() / "data" / "openpose-json" / folder, ".json", 60)) {
    const auto people = nlohmann::json::parse(std::ifstream(file)).at("people");
    if (people.empty()) continue;
    const auto points = people[0].value(
        people[0].contains("pose_keypoints_2d") ? "pose_keypoints_2d" : "pose_keypoints", std::vector<float>());
    for (std::size_t j = 0; j < poses.layout->size(); ++j) {
      poses.joints.push_back({-points.at(3 * j), -points.at(3 * j + 1), 0.0F});
      poses.state.push_back(points.at(3 * j + 2) > 0.0F ? JointState::given : JointState::missing);
    }
  }
  return poses;
}

/// The rest pose of an Acclaim skeleton: bone ends in metres (lengths are in inches x `length`), the person's left at
/// +x turned to -x, so that it faces the camera.
Poses rest_pose(const fs::path& asf) {
  std::ifstream in(asf);
  std::map<std::string, Vec3> bones, ends{{"root", {}}};
  std::vector<std::string> names{"root"};
  std::string line, name, word;
  Vec3 direction{};
  double unit = 1.0;
  while (std::getline(in, line) && line.find(":hierarchy") == std::string::npos) {
    std::istringstream words(line);
    words >> word;
    double length = 0.0;
    if (word == "name") words >> name;
    if (word == "direction") words >> direction[0] >> direction[1] >> direction[2];
    if (word != "length" || !(words >> length)) continue;
    if (name.empty()) {  // the unit's, before the first bone
      unit = 0.0254 / length;
      continue;
    }
    for (std::size_t a = 0; a < 3; ++a) bones[name][a] = static_cast<float>(direction[a] * length * unit);
  }
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string parent;
    words >> parent;
    if (!ends.contains(parent)) continue;
    for (std::string child; words >> child;) {
      for (std::size_t a = 0; a < 3; ++a) ends[child][a] = ends.at(parent)[a] + bones.at(child)[a];
      names.push_back(child);
    }
  }
  Poses pose{own_layout(asf.filename().string(), names, {}), {}, {}};
  for (const std::string& joint : names)
    pose.joints.push_back({-ends.at(joint)[0], ends.at(joint)[1], -ends.at(joint)[2]});
  pose.state.assign(names.size(), JointState::given);
  return pose;
}

/// Median over the poses that have both joints, in lengths of the trunk.
double bone(const Poses& poses, std::string_view a, std::string_view b) {
  std::vector<double> lengths, trunks;
  for (std::size_t t = 0; t < poses.count(); ++t) {
    if (poses.has(t, a) && poses.has(t, b)) lengths.push_back(distance(poses.at(t, a), poses.at(t, b)));
    if (poses.has(t, "spine base") && poses.has(t, "spine shoulder")) {
      trunks.push_back(distance(poses.at(t, "spine base"), poses.at(t, "spine shoulder")));
    }
  }
  return median(lengths) / median(trunks);
}

/// Bones of Kinect v2 in lengths of its trunk, spine base to spine shoulder. Ranges hold for NTU RGB+D (thigh 0.6 to
/// 0.9, shin 0.6 to 1.0, by tools/fit_retargeting.py) and for Kinect v1, whose hips are higher. Feet may be short where
/// no toe is known. Bones that no frame of a 2-D recording shows are not asked for.
void expect_a_human_body(const Poses& given, bool planar = false) {
  const Poses body = to(given, "ntu25");
  struct Range {
    const char* from;
    const char* to;
    double least, most;
  };
  const std::vector<Range> ranges = {{"shoulder", "elbow", 0.35, 0.75}, {"elbow", "wrist", 0.30, 0.65},
                                     {"wrist", "hand", 0.06, 0.25},     {"hand", "hand tip", 0.04, 0.25},
                                     {"hip", "knee", 0.55, 1.25},       {"knee", "ankle", 0.50, 1.25},
                                     {"ankle", "foot", 0.05, 0.40}};
  for (const std::string side : {"left ", "right "}) {
    for (const Range& range : ranges) {
      const double length = bone(body, side + range.from, side + range.to);
      if (planar && std::isnan(length) && std::string_view(range.from) != "shoulder") continue;
      EXPECT_GT(length, planar ? range.least / 2 : range.least) << side << range.from << " to " << range.to;
      EXPECT_LT(length, range.most) << side << range.from << " to " << range.to;
    }
  }
  const double head = bone(body, "spine shoulder", "head");
  EXPECT_GT(head, 0.25);
  EXPECT_LT(head, 0.70);
  EXPECT_GT(bone(body, "left shoulder", "right shoulder"), planar ? 0.0 : 0.45);
  for (const char* joint : {"shoulder", "elbow", "hip", "knee"}) {
    const std::string left = std::string("left ") + joint, right = std::string("right ") + joint;
    const auto map = retarget_map(*given.layout, "ntu25");
    const auto source = [&](const std::string& name) {
      return map->terms[static_cast<std::size_t>(map->to->joint(name))].front().source;
    };
    EXPECT_EQ(map->from->mirror[static_cast<std::size_t>(source(left))], source(right)) << "left stays left";
  }
}

/// Mean distance of each joint that both have. [J]
std::map<std::string, double> differences(const Poses& a, const Poses& b) {
  std::map<std::string, double> mean;
  for (const std::string& joint : a.layout->joints) {
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t t = 0; t < a.count(); ++t) {
      if (!a.has(t, joint) || !b.has(t, joint)) continue;
      sum += distance(a.at(t, joint), b.at(t, joint));
      ++count;
    }
    if (count > 0) mean[joint] = sum / static_cast<double>(count);
  }
  return mean;
}

class RealBodies : public testing::Test {
 protected:
  void SetUp() override { PURLSCOPE_NEEDS_SHARED(); }
};

/// Down to any layout and back: limbs are exact, the rest lies as near as the layout's joints allow.
TEST_F(RealBodies, OfKinectV2ComeBackFromEveryLayout) {
  const Poses given = recorded("ntu-rgbd-samples", ".skeleton");
  ASSERT_GT(given.count(), 400U);
  for (const std::string& id : joint_layout_ids()) {
    const Poses back = to(to(given, id), "ntu25");
    for (const auto& [joint, error] : differences(given, back)) {
      const bool limb = std::ranges::find(body_points().essential, joint) != body_points().essential.end();
      const bool foot = joint.ends_with("foot");  // forward of the ankle, which no linear rule knows
      const bool finger = joint.ends_with("tip") || joint.ends_with("thumb");
      EXPECT_LT(error, limb ? 1e-5 : foot || finger ? 0.13 : 0.08) << "by " << id << ": " << joint;
    }
  }
}

TEST_F(RealBodies, OfKinectV1ComeBackFromKinectV2) {
  for (const auto& [set, ending] : {std::pair("utd-mhad", ".mat"), std::pair("nw-ucla", ".json")}) {
    const Poses given = recorded(set, ending);
    ASSERT_GT(given.count(), 300U) << set;
    expect_a_human_body(given);
    for (const auto& [joint, error] : differences(given, to(to(given, "ntu25"), "kinect20"))) {
      const bool trunk = joint == "hip centre" || joint == "spine" || joint == "shoulder centre";
      EXPECT_LT(error, trunk ? 0.10 : 1e-5) << set << ": " << joint;
    }
  }
}

TEST_F(RealBodies, OfMediaPipeAreHumanAndTheirHandsAndFeetWhereKinectSeesThem) {
  const Poses given = mediapipe();
  ASSERT_GT(given.count(), 300U);
  expect_a_human_body(given);
  const Poses body = to(given, "ntu25");
  EXPECT_NEAR(bone(body, "spine shoulder", "head"), 0.36, 0.05) << "0.39 m of 1.08 trunks in NTU RGB+D";
  EXPECT_NEAR(bone(body, "left ankle", "left foot"), 0.22, 0.06) << "0.33 of the shin in NTU RGB+D";
  for (const auto& [joint, error] : differences(given, to(body, "mediapipe33"))) {
    const bool limb = std::ranges::find(body_points().essential, joint) != body_points().essential.end();
    EXPECT_LT(error, limb ? 1e-5 : 0.20) << joint << ": the face looks forward, which no joint of Kinect tells";
  }
  double left = 0.0;  // the woman of the first video faces the camera
  for (std::size_t t = 0; t < 100; ++t) left += body.at(t, "left shoulder")[0] - body.at(t, "right shoulder")[0];
  EXPECT_LT(left / 100, -0.1) << "her left lies at -x";
}

TEST_F(RealBodies, OfOpenPoseAreHuman) {
  expect_a_human_body(openpose("coco18-one-person", "coco18"), true);
  expect_a_human_body(openpose("body25-many-people", "body25"), true);
}

TEST_F(RealBodies, OfHdm05AreHumanByTheNamesOfTheirBones) {
  const Poses given = rest_pose(test::shared_dir() / "data" / "hdm05-amc" / "HDM_mm.asf");
  ASSERT_EQ(given.count(), 1U);
  ASSERT_EQ(given.layout->size(), 31U);
  expect_a_human_body(given);
  const Poses body = to(given, "ntu25");
  EXPECT_NEAR(distance(body.at(0, "left elbow"), body.at(0, "left wrist")), 0.254, 0.005) << "lradius and lwrist";
  EXPECT_NEAR(distance(body.at(0, "right hip"), body.at(0, "right knee")), 0.409, 0.005) << "rfemur: 7.249 units";
  EXPECT_LT(body.at(0, "left shoulder")[0], body.at(0, "right shoulder")[0]);
  EXPECT_GT(body.at(0, "head")[1], body.at(0, "neck")[1]);
  EXPECT_GT(body.at(0, "neck")[1], body.at(0, "spine shoulder")[1]);
}

/// Kinect v1 sees hip centre and spine at 0.15 and 0.29 of the way from between the hips to the shoulder centre.
TEST_F(RealBodies, OfHdm05HaveTheirTrunkWhereKinectV1SeesIt) {
  const Poses body = to(rest_pose(test::shared_dir() / "data" / "hdm05-amc" / "HDM_mm.asf"), "kinect20");
  const auto between_hips = [&](std::size_t a) {
    return 0.5 * (body.at(0, "left hip")[a] + body.at(0, "right hip")[a]);
  };
  const auto height = [&](const char* joint) {
    double along = 0.0, length = 0.0;
    for (std::size_t a = 0; a < 3; ++a) {
      const double way = body.at(0, "shoulder centre")[a] - between_hips(a);
      along += way * (body.at(0, joint)[a] - between_hips(a));
      length += way * way;
    }
    return along / length;
  };
  EXPECT_NEAR(height("hip centre"), 0.15, 0.03);
  EXPECT_NEAR(height("spine"), 0.29, 0.03);
}

}  // namespace
}  // namespace purlscope::core
