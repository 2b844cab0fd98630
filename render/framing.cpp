#include <algorithm>
#include <cmath>
#include <glm/gtc/constants.hpp>
#include <limits>
#include <vector>

#include "render/scene.h"

namespace purlscope::render {
namespace {

constexpr float kSideView = 0.48F;         ///< radians beside the front
constexpr float kLookDown = 0.15F;         ///< radians
constexpr float kFarOutlier = 2.5F;        ///< metres from the body's middle: a jump of the tracker, not a limb
constexpr double kFloorQuantile = 0.05;    ///< share of frames whose lowest joint may lie under the floor (noise)
constexpr std::size_t kFloorFrames = 256;  ///< frames that settle the floor's height
constexpr float kClearFacing = 0.35F;      ///< mean length below which the facing directions contradict each other
constexpr float kHeadRoom = 0.12F;         ///< metres above the highest joint: the skull's top is no joint
constexpr float kEmptyHeight = 1.8F;

std::vector<std::size_t> persons_of(const core::Clip& clip, int person) {
  if (person >= 0 && static_cast<std::size_t>(person) < clip.persons.size()) return {static_cast<std::size_t>(person)};
  std::vector<std::size_t> all(clip.persons.size());
  for (std::size_t p = 0; p < all.size(); ++p) all[p] = p;
  return all;
}

/// Seen joints of one person in one frame, without those far off the body.
std::vector<glm::vec3> seen_joints(const core::Clip& clip, std::size_t person, std::size_t frame) {
  std::vector<glm::vec3> joints;
  const std::size_t count = clip.joint_count();
  for (std::size_t j = 0; j < count; ++j) {
    const std::size_t at = frame * count + j;
    if (clip.persons[person].state[at] == core::JointState::missing) continue;
    const core::Vec3& v = clip.persons[person].joints[at];
    joints.emplace_back(v[0], v[1], v[2]);
  }
  if (joints.empty()) return joints;
  glm::vec3 middle;
  for (int axis = 0; axis < 3; ++axis) {
    const auto half = joints.begin() + static_cast<std::ptrdiff_t>(joints.size() / 2);
    std::nth_element(joints.begin(), half, joints.end(),
                     [&](const glm::vec3& a, const glm::vec3& b) { return a[axis] < b[axis]; });
    middle[axis] = (*half)[axis];
  }
  std::erase_if(joints, [&](const glm::vec3& p) { return !(glm::distance(p, middle) < kFarOutlier); });
  return joints;
}

/// Horizontal direction from the left joints to the right ones, summed over all mirrored pairs. (0, 0) without any.
glm::vec2 right_of(const core::Clip& clip, std::size_t person, std::size_t frame) {
  glm::vec2 sum{0};
  const std::size_t count = clip.joint_count();
  const core::Person& body = clip.persons[person];
  for (std::size_t left = 0; left < count; ++left) {
    const auto right = static_cast<std::size_t>(clip.layout->mirror[left]);
    if (!clip.layout->joints[left].starts_with("left")) continue;
    if (clip.layout->joints[left].find("shoulder") == std::string::npos &&
        clip.layout->joints[left].find("hip") == std::string::npos) {
      continue;
    }
    const std::size_t a = frame * count + left;
    const std::size_t b = frame * count + right;
    if (body.state[a] == core::JointState::missing || body.state[b] == core::JointState::missing) continue;
    sum += glm::vec2(body.joints[b][0] - body.joints[a][0], body.joints[b][2] - body.joints[a][2]);
  }
  const float length = glm::length(sum);
  return length > 1e-6F ? sum / length : glm::vec2(0);
}

/// Yaw from which one sees the person's front; 0 (where the recording camera stood) when the person turns about.
float front_yaw(const core::Clip& clip, int person) {
  const int whose = person >= 0 ? person : core::most_energetic_person(clip);
  if (whose < 0 || static_cast<std::size_t>(whose) >= clip.persons.size() || !clip.layout || clip.layout->planar)
    return 0;
  glm::vec2 sum{0};
  std::size_t frames = 0;
  for (std::size_t frame = 0; frame < clip.frames; ++frame) {
    const glm::vec2 right = right_of(clip, static_cast<std::size_t>(whose), frame);
    if (right == glm::vec2(0)) continue;
    sum += right;
    ++frames;
  }
  if (frames == 0 || glm::length(sum) / static_cast<float>(frames) < kClearFacing) return 0;
  // Facing is up x right = (right.z, 0, -right.x); an eye at yaw sits at (sin yaw, -cos yaw) in x, z.
  return std::atan2(sum.y, sum.x);
}

}  // namespace

float floor_height(const core::Clip& clip, int person) {
  // Asked for with every picture: an even sample of a long clip is enough.
  const std::size_t step = 1 + clip.frames / kFloorFrames;
  const std::size_t count = clip.joint_count();
  std::vector<float> lowest;
  for (const std::size_t p : persons_of(clip, person)) {
    for (std::size_t frame = 0; frame < clip.frames; frame += step) {
      float low = std::numeric_limits<float>::max();
      for (std::size_t at = frame * count; at < (frame + 1) * count; ++at) {
        if (clip.persons[p].state[at] != core::JointState::missing) low = std::min(low, clip.persons[p].joints[at][1]);
      }
      if (low != std::numeric_limits<float>::max()) lowest.push_back(low);
    }
  }
  if (lowest.empty()) return 0;
  const auto at = lowest.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(lowest.size() - 1) * kFloorQuantile);
  std::nth_element(lowest.begin(), at, lowest.end());
  return *at;
}

Camera default_camera(const core::Clip& clip, int person, float aspect) {
  Camera camera;
  camera.pitch = kLookDown;
  camera.yaw = front_yaw(clip, person) + kSideView;
  glm::vec3 low(std::numeric_limits<float>::max());
  glm::vec3 high(std::numeric_limits<float>::lowest());
  for (const std::size_t p : persons_of(clip, person)) {
    for (std::size_t frame = 0; frame < clip.frames; ++frame) {
      for (const glm::vec3& joint : seen_joints(clip, p, frame)) {
        low = glm::min(low, joint);
        high = glm::max(high, joint);
      }
    }
  }
  if (low.x > high.x) {
    low = {-0.5F, 0, -0.5F};
    high = {0.5F, kEmptyHeight, 0.5F};
  }
  high.y += kHeadRoom;
  camera.frame(low, high, aspect);
  return camera;
}

Camera linked_camera(const Camera& shown, const Camera& home, const Camera& other_home) {
  Camera camera = shown;
  const float turn = shown.orthographic ? 0.0F : other_home.yaw - home.yaw;
  const glm::vec3 shift = shown.target - home.target;
  // The eye at yaw sits at (sin yaw, -cos yaw) in x, z: a greater yaw turns x towards z.
  const float c = std::cos(turn);
  const float s = std::sin(turn);
  camera.target = other_home.target + glm::vec3(c * shift.x - s * shift.z, shift.y, s * shift.x + c * shift.z);
  camera.yaw = shown.yaw + turn;
  return camera;
}

}  // namespace purlscope::render
