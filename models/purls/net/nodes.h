#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace purlscope::models::purls {

/// How much of each step lies in each of `slots` equal stretches of time, rows summing to 1 (a step on a border counts
/// in both by its overlap), [slots, steps].
at::Tensor slot_shares(std::int64_t slots, std::int64_t steps);

/// Averages G over `slots` equal stretches of time and gives every node unit length.
/// @param features [N, T', J', n] @return [N, slots * J', n], joint fastest
at::Tensor pool_nodes(const at::Tensor& features, std::int64_t slots);

}  // namespace purlscope::models::purls
