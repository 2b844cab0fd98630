#pragma once

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>
#include <span>
#include <stop_token>
#include <vector>

#include "core/engine/lab.h"
#include "models/evaluation/scoring.h"

namespace purlscope::models {

/// What a method gives away about a decision, for the deletion test.
struct NodeRanks {
  at::Tensor attention;     ///< [N, S] of the predicted label, mean of the eight sentences
  at::Tensor contribution;  ///< [N, S] share in the margin of the predicted label over the next
};

/// A method whose nodes can be taken out of a clip.
class NodeMethod {
 public:
  virtual ~NodeMethod() = default;
  virtual NodeRanks ranks(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                          std::stop_token stop) = 0;
  /// Scores from the remaining nodes. @param kept [N, S] 1 for nodes that stay, 0 for those taken out @return [N, L]
  virtual at::Tensor scores_of_nodes(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                                     const at::Tensor& kept, std::stop_token stop) = 0;
};

/// Deletion test: 20 % of the nodes are taken out of every clip - those with the most and the least attention, those
/// that contribute most and least to the margin of the predicted label, and random ones (mean of five draws) - and the
/// clips are scored again.
class DeletionTest {
 public:
  void add_seed(NodeMethod& method, std::span<const core::ClipPtr> clips, const std::vector<core::Label>& candidates,
                const at::Tensor& truth, std::stop_token stop);
  /// For each order: `accuracy`, `cost` (accuracy lost) and `changed` (decisions that changed), means over seeds.
  nlohmann::json to_json() const;

 private:
  struct Row {
    double accuracy = 0, changed = 0;
  };
  Row measure(NodeMethod& method, std::span<const core::ClipPtr> clips, const std::vector<core::Label>& candidates,
              const at::Tensor& truth, const at::Tensor& kept, const std::stop_token& stop) const;
  void add(const char* name, const Row& row);

  at::Tensor decided_;  ///< [N] with all nodes
  std::vector<std::pair<std::string, std::vector<Row>>> rows_;
};

}  // namespace purlscope::models
