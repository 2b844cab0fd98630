#include "core/skeleton/hide.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

void lose(Person& person, std::size_t place) {
  person.state[place] = JointState::missing;
  person.joints[place] = {};
}

}  // namespace

Clip without_joints(const Clip& clip, const std::vector<std::size_t>& joints) {
  const std::size_t count = clip.joint_count();
  for (const std::size_t joint : joints) {
    if (joint < count) continue;
    throw Error(Code::bad_argument,
                fmt::format("{}: joint {} is to be hidden, but its layout has {}", clip.place(), joint, count));
  }
  Clip out = clip;
  for (Person& person : out.persons) {
    for (std::size_t frame = 0; frame < out.frames; ++frame) {
      for (const std::size_t joint : joints) lose(person, frame * count + joint);
    }
  }
  return out;
}

Clip without_time(const Clip& clip, double begin, double end) {
  const std::size_t count = clip.joint_count();
  Clip out = clip;
  for (std::size_t frame = 0; frame < out.frames; ++frame) {
    if (out.times[frame] < begin || out.times[frame] >= end) continue;
    for (Person& person : out.persons) {
      for (std::size_t joint = 0; joint < count; ++joint) lose(person, frame * count + joint);
    }
  }
  return out;
}

Clip hide(const Clip& clip, const Hidden& hidden) {
  Clip out = without_joints(clip, hidden.joints);
  return hidden.end > hidden.begin ? without_time(out, hidden.begin, hidden.end) : out;
}

}  // namespace purlscope::core
