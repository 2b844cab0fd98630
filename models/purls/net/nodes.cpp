#include "models/purls/net/nodes.h"

#include <algorithm>

namespace purlscope::models::purls {

at::Tensor slot_shares(std::int64_t slots, std::int64_t steps) {
  at::Tensor share = at::zeros({slots, steps});
  const double stretch = static_cast<double>(steps) / static_cast<double>(slots);
  for (std::int64_t slot = 0; slot < slots; ++slot) {
    const double begin = static_cast<double>(slot) * stretch, end = begin + stretch;
    for (std::int64_t step = 0; step < steps; ++step) {
      const double from = std::max(begin, static_cast<double>(step));
      const double to = std::min(end, static_cast<double>(step + 1));
      if (to > from) share[slot][step] = (to - from) / stretch;
    }
  }
  return share;
}

at::Tensor pool_nodes(const at::Tensor& features, std::int64_t slots) {
  const std::int64_t count = features.size(0), joints = features.size(2);
  const at::Tensor share = slot_shares(slots, features.size(1)).to(features.device());
  const at::Tensor pooled = at::matmul(share, features.flatten(2)).view({count, slots * joints, features.size(3)});
  return pooled / pooled.norm(2, -1, true).clamp_min(1e-9);
}

}  // namespace purlscope::models::purls
