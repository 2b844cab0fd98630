#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "models/evaluation/method.h"
#include "models/refinement/options.h"

namespace purlscope::models {

/// Accuracy of a method that refines itself on the test clips as a stream without labels: every clip is scored before
/// it is learned from (prequential), in several random orders.
class StreamTest {
 public:
  StreamTest(refinement::Options options, int orders) : options_(std::move(options)), orders_(orders) {}

  /// @param clips that the method can use @param truth [N], to count alone
  /// @return the class that each clip got on arrival, in the order of the clips, for each order of the stream
  std::vector<std::vector<std::int64_t>> add_seed(RefinableMethod& method, std::span<const core::ClipPtr> clips,
                                                  std::span<const core::Label> candidates, const at::Tensor& truth,
                                                  std::uint64_t seed, const std::stop_token& stop);

  /// `orders`, the refinement's settings; accuracy of the same clips without refinement (`before`) and of all clips
  /// scored again when the stream has ended (`rescored`), each by seed; roll-backs of the guard, the worst order's
  /// gain.
  nlohmann::json to_json() const;
  /// Accuracy on arrival, by seed.
  const std::vector<double>& on_arrival() const { return on_arrival_; }

 private:
  refinement::Options options_;
  int orders_;
  std::vector<double> before_, on_arrival_, rescored_, gains_;
  std::uint64_t rollbacks_ = 0;
};

}  // namespace purlscope::models
