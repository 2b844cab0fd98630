#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <vector>

#include "models/structured/fit/label_fit.h"

namespace purlscope::models::structured {

/// Labels side by side, for scoring one window at a time: what is live. score() and node_shares() take one label and
/// many windows, as an evaluation has them; the numbers are the same. Immutable. Thread: any.
class LabelBatch {
 public:
  LabelBatch() = default;
  /// @param fits at least one; kept
  LabelBatch(std::shared_ptr<const ClosedForm> form, std::vector<std::shared_ptr<const LabelFit>> fits);

  /// Of one window, with what its shares are made of.
  struct Scores {
    PartScores parts;       ///< one row a label
    at::Tensor vote_norm;   ///< [L, 8]
    at::Tensor dots;        ///< [L, S]
    at::Tensor place_norm;  ///< [L, 8]
  };
  /// @param window prepared alone
  Scores score(const PreparedWindows& window) const;
  /// As node_shares(), each [L, 8, S]; the attribute view's [L, 1, S].
  NodeShares shares(const PreparedWindows& window, const Scores& scores) const;
  /// As shown_attention(), [L, 8, S].
  at::Tensor shown_attention(const PreparedWindows& window) const;

 private:
  at::Tensor votes(const at::Tensor& kernel) const;

  std::shared_ptr<const ClosedForm> form_;
  std::vector<std::shared_ptr<const LabelFit>> fits_;
  at::Tensor attention_;                              ///< [L, 8, S]
  at::Tensor dual_label_;                             ///< [L x 8, N]
  at::Tensor prototype_;                              ///< [L, S, Ch]
  at::Tensor prototype_norm_;                         ///< [L, 8]
  at::Tensor said_, concept_bias_;                    ///< [L, 22, 9], [L]
  at::Tensor attribute_votes_, attribute_place_;      ///< [L, F]
  at::Tensor attribute_centre_, attribute_constant_;  ///< [L]
};

}  // namespace purlscope::models::structured
