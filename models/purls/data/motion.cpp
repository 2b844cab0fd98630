#include "models/purls/data/motion.h"

namespace purlscope::models::purls {
at::Tensor canonical_motion(const core::Window& window) {
  const structured::Motion aligned = structured::align_motion(window);
  at::Tensor motion = at::empty({kCanonicalFrames, static_cast<std::int64_t>(structured::kJoints), 3});
  float* out = motion.data_ptr<float>();
  for (std::size_t frame = 0; frame < structured::kFrames; ++frame) {
    for (std::size_t joint = 0; joint < structured::kJoints; ++joint) {
      for (const double coordinate : aligned.at(frame, joint)) *out++ = static_cast<float>(coordinate);
    }
  }
  return motion;
}

at::Tensor interpolate_frames(const at::Tensor& motions, const at::Tensor& times) {
  const at::Tensor before = times.floor().to(at::kLong).clamp(0, motions.size(1) - 2);
  const at::Tensor share = (times - before).unsqueeze(-1).unsqueeze(-1);
  const at::Tensor clip = at::arange(motions.size(0), motions.options().dtype(at::kLong)).unsqueeze(1);
  return motions.index({clip, before}) * (1 - share) + motions.index({clip, before + 1}) * share;
}

at::Tensor sample_frames(const at::Tensor& motions, std::int64_t frames) {
  const at::Tensor times = at::linspace(0, static_cast<double>(motions.size(1) - 1), frames).to(motions.device());
  return interpolate_frames(motions, times.unsqueeze(0).expand({motions.size(0), frames}));
}

}  // namespace purlscope::models::purls
