#include "models/purls/data/ntu_motion.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/skeleton/ntu_preprocess.h"
#include "models/purls/data/motion.h"

namespace purlscope::models::purls {
namespace {

/// Where a joint is in a frame, by itself or by an ancestor; zero, which means nothing, when none has a value.
core::Vec3 position(const core::WindowPerson& person, const std::vector<int>& parent, std::size_t frame,
                    std::size_t joint) {
  for (std::size_t steps = 0; steps < parent.size(); ++steps) {
    const std::size_t at = frame * parent.size() + joint;
    const core::Vec3& value = person.joints[at];
    const bool finite = std::all_of(value.begin(), value.end(), [](float axis) { return std::isfinite(axis); });
    if (finite && person.state[at] != core::JointState::missing) return value;
    joint = static_cast<std::size_t>(parent[joint]);
  }
  return {};
}

core::Clip clip_of(const core::Window& window) {
  core::Clip clip;
  clip.name = window.clip ? window.clip->place() : "window";
  clip.layout = window.layout;
  clip.frames = window.frames;
  core::Person person;
  for (std::size_t frame = 0; frame < window.frames; ++frame) {
    for (std::size_t joint = 0; joint < window.layout->size(); ++joint) {
      person.joints.push_back(position(window.persons.front(), window.layout->parent, frame, joint));
    }
  }
  person.state.assign(person.joints.size(), core::JointState::given);
  clip.persons.push_back(std::move(person));
  return clip;
}

}  // namespace

at::Tensor ntu_motion(const core::Window& window) {
  if (window.persons.empty() || window.frames == 0) throw Error(Code::bad_format, "the window has no performer");
  const core::NdArray input = core::ntu_preprocess(clip_of(window), window.frames);
  std::vector<std::int64_t> shape(input.shape.begin(), input.shape.end());
  // [3, T, J, 2] of which the first body is the performer's.
  const at::Tensor bodies = at::from_blob(const_cast<float*>(input.data.data()), shape).clone();
  const at::Tensor motion = bodies.select(3, 0).permute({1, 2, 0}).contiguous();
  if (motion.size(0) == 1) return motion.expand({kCanonicalFrames, -1, -1}).contiguous();
  return sample_frames(motion.unsqueeze(0), kCanonicalFrames)[0].contiguous();
}

}  // namespace purlscope::models::purls
