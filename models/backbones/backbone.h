#pragma once

#include <ATen/ATen.h>
#include <torch/nn/module.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/layout.h"
#include "models/training/random.h"

namespace purlscope::models::backbones {

/// Sizes and input of a network. What a network has no use for is ignored, but for a stream that it cannot take.
struct Options {
  double width = 1;       ///< of the published channels, 0.05 to 2; 0.25 trains in minutes on a processor
  double dropout = 0.3;   ///< before the classifiers; st-gcn: in its units too
  std::string stream;     ///< "joint", "bone", "motion", several joined by '+'; empty = the network's own input
  int performers = 1;     ///< rows in a row that share one input norm (aa-gcn, ctr-gcn, shift-gcn; published: 2)
  std::int64_t map = 56;  ///< posec3d: height and width of its heat maps, cells
  std::vector<std::int64_t> widths = {48, 64, 96, 128};  ///< small-gcn: channels after each block
  std::vector<std::int64_t> strides = {2, 1, 2, 1};      ///< small-gcn: in time
};

/// A network from motions to features before any pooling; it trains on every joint layout.
/// Constants are buffers, so that they go with the network to a device; those of whole numbers are no part of its state
/// (purls::module_state()). Thread: any, one at a time; inference in evaluation mode from many.
class Backbone : public torch::nn::Module {
 public:
  /// @param motion [N, T, J, 3] canonical motion of one performer a row, see purls::canonical_motion(); on the
  /// network's device
  /// @param noise  of training; empty = inference
  /// @return       [N, T', J', n]: J' joints, or the cells of posec3d's map, row by row
  virtual at::Tensor features(const at::Tensor& motion, const Noise& noise) = 0;
  at::Tensor features(const at::Tensor& motion) { return features(motion, {}); }

  /// Draws all weights from the generator; on the processor.
  virtual void initialise(at::Generator generator) = 0;

  /// How much of each node each joint is, rows summing to 1, [T', J', J]; undefined where the nodes are the joints.
  /// @param motion [T, J, 3]
  virtual at::Tensor joint_shares(const at::Tensor& motion) const;

  virtual std::int64_t channels() const = 0;  ///< n
  virtual std::int64_t nodes() const = 0;     ///< J'
};

/// What a network of these options makes, without making it.
struct Shape {
  std::int64_t channels = 0;          ///< n
  std::vector<std::int64_t> strides;  ///< in time, one after the other
  /// T' of T frames: every stride rounds up.
  std::int64_t steps(std::int64_t frames) const;
};

/// Names of all networks, in the order of their size.
std::vector<std::string> backbone_names();

/// @throws Error{Code::bad_argument} naming the known networks, or what is wrong with the options and what would do
Shape backbone_shape(const std::string& name, const Options& options);

/// A network with undrawn weights, in training mode; callable within inference mode.
/// @throws Error as backbone_shape()
std::shared_ptr<Backbone> make_backbone(const std::string& name, const core::JointLayout& layout,
                                        const Options& options);

}  // namespace purlscope::models::backbones
