#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/refinement.h"
#include "models/refinement/bank.h"
#include "models/refinement/options.h"

namespace purlscope::models::refinement {

/// Tensors by name: what a method has learned. Tensors are never changed in place. Those in `by_slot` have one row for
/// each of `slots`, and follow their label through changes of the label set.
struct Learned {
  std::vector<std::string> slots;
  std::map<std::string, at::Tensor> by_slot;
  std::map<std::string, at::Tensor> shared;

  /// The same for other slots: rows of names that stay, `fresh` rows (or zeros) for new ones.
  Learned for_slots(const std::vector<std::string>& names, const std::map<std::string, at::Tensor>& fresh) const;
};
using LearnedPtr = std::shared_ptr<const Learned>;

/// Sums over all windows of a stream, kept or not.
struct Stream {
  std::int64_t windows = 0;
  at::Tensor visual;    ///< [1, d]
  at::Tensor features;  ///< [1, M] of the features that are standardised measures; none where the method needs none
  at::Tensor squares;   ///< [1, M] of their squares
  std::vector<std::string> slots;
  at::Tensor scores;  ///< [S] of each slot's score, less the mean of its window
};

/// What refinement adds to the scores of B windows.
struct Corrections {
  at::Tensor levels;  ///< [B, L, 8] by sentence; none where nothing goes by sentences
  at::Tensor other;   ///< [B, L] beside them; none where nothing else is added
  /// @return [B, L] all that is added to `scores`
  at::Tensor total(const at::Tensor& scores) const;
};

/// One way of learning from a stream without labels. Immutable. Thread: any.
class Method {
 public:
  virtual ~Method() = default;
  /// Whether Evidence::said is needed.
  virtual bool needs_said() const { return false; }
  /// Whether a step goes on from what was learned before; without it, each is computed from bank and stream alone.
  virtual bool remembers() const { return false; }
  /// Whether it needs Stream::features and squares, and so a model whose features hold measures.
  virtual bool needs_measures() const { return false; }
  /// Rows of a slot that nothing has been learned for yet, for Learned::for_slots; zero where
  /// not given.
  virtual std::map<std::string, at::Tensor> fresh(const Scorer&) const { return {}; }
  /// One step. @param bank holds at least one window @param before of this method, on the scorer's slots; null at the
  /// start
  virtual Learned learn(const Scorer& scorer, const Bank& bank, const Stream& stream,
                        const LearnedPtr& before) const = 0;
  virtual Corrections corrections(const Scorer& scorer, const Evidence& evidence, const Learned& learned) const = 0;
  /// How far the texts have been moved; empty for methods that leave them as they are.
  virtual std::vector<core::TextChange> text_change(const Learned&) const { return {}; }
  /// Features as they are to be scored; none where they stay as they are. @param features [B, F]
  virtual at::Tensor adapted(const Scorer&, const at::Tensor& /*features*/, const Learned&) const { return {}; }
};

/// @throws Error{Code::bad_argument} for an unknown method
std::unique_ptr<const Method> make_method(const Options& options);

}  // namespace purlscope::models::refinement
