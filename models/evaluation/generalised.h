#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <vector>

#include "models/evaluation/method.h"

namespace purlscope::models {

/// Clips scored against seen and unseen classes together, seen ones first.
struct ScoredClips {
  at::Tensor scores;  ///< [N, S + U]
  at::Tensor truth;   ///< [N] counting over both
};

/// Accuracies of generalised zero-shot recognition: any clip may be of any class.
struct Generalised {
  double seen = 0, unseen = 0, harmonic = 0;
};

/// @param seen clips of seen classes @param unseen clips of unseen ones @param offset subtracted from seen scores
Generalised generalised_accuracy(const ScoredClips& seen, const ScoredClips& unseen, std::int64_t seen_count,
                                 double offset);

/// Clips of both groups under one fit.
struct GeneralisedTrial {
  ScoredClips seen, unseen;
  std::int64_t seen_count = 0;
};

/// Calibrated stacking: the offset with the highest mean harmonic mean over trials, each with clips whose classes the
/// method knows and clips of classes that it was made not to know. Source: Chao et al., "An empirical study and
/// analysis of generalized zero-shot learning for object recognition in the wild", ECCV 2016.
double best_offset(const std::vector<GeneralisedTrial>& trials);

/// Fits the method for generalised recognition, once a seed: 20 % of every seen class's clips are kept for the test.
/// The offset comes from three fits of its own, each without a draw of seen classes (as large a share as the unseen
/// ones have) and without 20 % of the clips that remain. Neither a clip nor a class of the test takes part in the
/// choice.
class GeneralisedEvaluation {
 public:
  explicit GeneralisedEvaluation(const core::LabData& data);
  void add_seed(ZeroShotMethod& method, std::uint64_t seed, const core::ProgressFn& progress, std::stop_token stop);
  /// `seen`, `unseen`, `harmonic` (mean, sd, per seed), the `offset` of each seed, numbers of clips and classes.
  nlohmann::json to_json() const;

 private:
  double choose_offset(const core::LabData& training, ZeroShotMethod& method, std::uint64_t seed,
                       const core::ProgressFn& progress, const std::stop_token& stop) const;

  const core::LabData& data_;
  std::vector<int> seen_;
  std::vector<double> seen_accuracy_, unseen_accuracy_, harmonic_, offsets_;
  std::size_t seen_clips_ = 0, unseen_clips_ = 0;
};

}  // namespace purlscope::models
