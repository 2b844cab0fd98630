#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "core/formats/registry.h"
#include "tests/support/temp_dir.h"

namespace purlscope::test {

/// Reads files that it writes, and looks at joints by name.
class MocapReader : public testing::Test {
 protected:
  core::ClipPtr read(const std::string& name, const std::string& bytes, const core::ReadOptions& options = {}) const {
    return core::read_clip(folder_.write(name, bytes), options);
  }

  auto reading(const std::string& name, const std::string& bytes, const core::ReadOptions& options = {}) const {
    return [this, name, bytes, options] { read(name, bytes, options); };
  }

  static core::Vec3 at(const core::Clip& clip, std::size_t frame, const std::string& joint, std::size_t person = 0) {
    return clip.persons[person]
        .joints[frame * clip.joint_count() + static_cast<std::size_t>(clip.layout->joint(joint))];
  }

  static core::JointState state(const core::Clip& clip, std::size_t frame, const std::string& joint,
                                std::size_t person = 0) {
    return clip.persons[person].state[frame * clip.joint_count() + static_cast<std::size_t>(clip.layout->joint(joint))];
  }

  static void expect_at(const core::Clip& clip, std::size_t frame, const std::string& joint,
                        const core::Vec3& expected) {
    const core::Vec3 found = at(clip, frame, joint);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      EXPECT_NEAR(found[axis], expected[axis], 1e-5) << joint << " axis " << axis << " of frame " << frame;
    }
  }

  TempDir folder_;
};

/// The text with the first `what` made `by`. @throws std::invalid_argument when it holds none
inline std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) throw std::invalid_argument("no '" + what + "' in the sample");
  return text.replace(at, what.size(), by);
}

}  // namespace purlscope::test
