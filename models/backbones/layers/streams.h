#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <vector>

namespace purlscope::models::backbones {

/// What a network is shown of a motion, three channels each.
enum class Stream {
  joint,  ///< positions
  bone,   ///< from the parent to the joint; zero at a root
  motion  ///< to the next frame's position; zero in the last frame
};

/// Reads "joint", "bone+motion", ... Source of the three: Shi et al., "Skeleton-based action recognition with
/// multi-stream adaptive graph convolutional networks", TIP 2020; here they enter one network side by side.
/// @throws Error{Code::bad_argument} for an unknown or repeated name, naming the known ones
std::vector<Stream> parse_streams(const std::string& text);

/// @param motion [N, T, J, 3] @param parents [J] @return [N, T, J, 3 * streams]
at::Tensor assemble_streams(const at::Tensor& motion, const at::Tensor& parents, const std::vector<Stream>& streams);

/// Joint numbers (a layout's parents or counterparts) as a tensor, [J].
at::Tensor joint_index(const std::vector<int>& joints);

}  // namespace purlscope::models::backbones
