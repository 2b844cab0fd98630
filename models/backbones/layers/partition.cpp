#include "models/backbones/layers/partition.h"

namespace purlscope::models::backbones {
namespace {

/// 1 at [child, parent] of every bone.
at::Tensor parent_links(const std::vector<int>& parents) {
  const auto joints = static_cast<std::int64_t>(parents.size());
  at::Tensor links = at::zeros({joints, joints});
  for (std::int64_t joint = 0; joint < joints; ++joint) {
    const std::int64_t parent = parents[static_cast<std::size_t>(joint)];
    if (parent != joint) links[joint][parent] = 1;
  }
  return links;
}

at::Tensor unit_columns(const at::Tensor& links) { return links / links.sum(0, true).clamp_min(1); }

}  // namespace

at::Tensor bone_adjacency(const std::vector<int>& parents) {
  const at::Tensor up = parent_links(parents);
  const at::Tensor links = at::eye(up.size(0)) + up + up.t();
  return links / links.sum(1, true);
}

at::Tensor spatial_partition(const std::vector<int>& parents) {
  const at::Tensor up = parent_links(parents), self = at::eye(up.size(0));
  const at::Tensor share = unit_columns(self + up + up.t());
  return at::stack({share * self, share * up, share * up.t()});
}

at::Tensor direction_partition(const std::vector<int>& parents) {
  const at::Tensor up = parent_links(parents);
  return at::stack({at::eye(up.size(0)), unit_columns(up.t()), unit_columns(up)});
}

}  // namespace purlscope::models::backbones
