#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/refinement.h"
#include "models/refinement/guard.h"
#include "models/refinement/method.h"

namespace purlscope::models::refinement {

/// A window as refinement sees it.
struct Observation {
  at::Tensor features;  ///< [1, F]
  Evidence evidence;    ///< B = 1
  std::string clip;     ///< name of the recording
  double begin = 0, end = 0;
};

/// What scores are refined by: a method and what it has learned for the labels of one scorer. Immutable.
struct Refined {
  std::shared_ptr<const Scorer> scorer;
  std::shared_ptr<const Method> method;
  LearnedPtr learned;  ///< null before the first step

  /// What is to be added to the plain evidence's scores and levels. @param features [B, F], may be none where the
  /// method does not adapt them
  Corrections corrections(const at::Tensor& features, const Evidence& plain) const;
};

/// Refinement, step by step: memory bank, method, guard and history. Thread: one at a time. It draws nothing at random.
class Refiner {
 public:
  /// What the steps that can be undone may take: some 400 of the default method with eight labels.
  static constexpr std::size_t kHistoryBytes = 8U << 20U;

  explicit Refiner(const Options& options);

  /// Other labels, or other sentences for the same: what the bank remembers is scored for them; what was learned for
  /// labels that stay is kept, windows taken for a label that is gone leave.
  /// @throws Error{Code::bad_argument} for a model that the method cannot refine
  void set_scorer(std::shared_ptr<const Scorer> scorer);
  const std::shared_ptr<const Scorer>& scorer() const { return scorer_; }

  /// What holds now. The guard's pause gives a Refined that changes nothing.
  Refined refined() const;
  /// Learns from a window. Its scores are to be taken from refined() before.
  void observe(const Observation& window);

  std::size_t undo(std::size_t steps);
  void accept();
  void reset();
  core::RefinementState state() const;

  const Options& options() const { return options_; }
  const Bank& bank() const { return now_.bank; }
  const Stream& stream() const { return now_.stream; }
  const LearnedPtr& learned() const { return now_.learned; }
  std::uint64_t steps() const { return now_.steps; }
  /// Takes over what was saved, for the labels of the scorer in force.
  void restore(Bank bank, Stream stream, LearnedPtr learned, std::uint64_t steps);

 private:
  struct Snapshot {
    Bank bank;
    Stream stream;
    LearnedPtr learned;
    std::uint64_t steps = 0;
  };
  struct Step {
    Snapshot before;
    std::size_t bytes = 0;
  };
  /// Entries as they are for other labels; null for those that leave.
  using Relabelled = std::map<EntryPtr, EntryPtr>;
  Relabelled relabelled(const std::vector<EntryPtr>& entries) const;
  void relabel(Snapshot& snapshot, const Relabelled& entries) const;
  void remember(const Observation& window);
  void forget_steps();
  void add_to_stream(const Observation& window);
  void offer(const Observation& window, const at::Tensor& probabilities);
  void check_guard(const at::Tensor& plain, const at::Tensor& refined);

  Options options_;
  std::shared_ptr<const Method> method_;
  std::shared_ptr<const Scorer> scorer_;
  Snapshot now_, accepted_, good_;
  std::deque<Step> history_;  ///< the oldest first
  std::size_t history_bytes_ = 0;
  Guard guard_;
  std::deque<core::RefinementPoint> curve_;
  std::vector<std::string> messages_;
  std::uint64_t windows_ = 0, rollbacks_ = 0;
  int rollbacks_in_a_row_ = 0;
  bool paused_ = false;
  double step_ms_ = 0;
};

}  // namespace purlscope::models::refinement
