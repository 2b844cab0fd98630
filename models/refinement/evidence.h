#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <vector>

namespace purlscope::models::refinement {

/// What a model makes of B windows for the L labels asked for.
///
/// A slot is what is learned for a label. Mostly that is the label itself; a motion seen in a mirror that is scored for
/// "swipe left" is learned as what it looks like, a "swipe right".
struct Evidence {
  at::Tensor scores;     ///< [B, L] as recognised, without refinement
  at::Tensor levels;     ///< [B, L, 8] each sentence's share in the score
  at::Tensor slots;      ///< [B, L] place in Scorer::slots()
  at::Tensor visual;     ///< [B, d] the motion, whatever the labels are
  at::Tensor said = {};  ///< [B, L, 8, m] unit rows whose products with Scorer::targets() are in the score; may be none

  std::int64_t count() const { return scores.size(0); }
  Evidence row(std::int64_t i) const;
};

/// Evidence on the same labels, one below the other. @param parts at least one
Evidence join(const std::vector<Evidence>& parts);

/// A model's scoring of one set of labels. Immutable. Thread: any, several at a time.
class Scorer {
 public:
  virtual ~Scorer() = default;
  /// Names of the slots, all different; each label asked for has one.
  virtual const std::vector<std::string>& slots() const = 0;
  /// @param features [B, F] as the model gives them with a window @param with_said whether `said` is wanted
  virtual Evidence evidence(const at::Tensor& features, bool with_said) const = 0;
  /// Text vectors of the slots, [S, 8, m]: the part of the score that they make is
  /// sum over l of weights()[l] x <said[l], target[l]>.
  virtual at::Tensor targets() const = 0;
  virtual at::Tensor weights() const = 0;  ///< [8]
  /// A difference of scores that tells as much as 1 does for scores of unit spread over windows and labels.
  virtual double unit() const = 0;
  /// How many of the features, from the first on, are standardised measures that a new source may shift or stretch.
  virtual std::int64_t measures() const = 0;
  /// Softmax over the labels and "none of these". @param scores [L] @return [L + 1], the last one none's
  virtual std::vector<double> probabilities(const std::vector<double>& scores) const = 0;
};

}  // namespace purlscope::models::refinement
