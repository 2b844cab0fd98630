#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "models/evaluation/folds.h"
#include "models/evaluation/method.h"

namespace purlscope::models {

/// Scores of the clips that the method could use.
struct UsableScores {
  at::Tensor scores;  ///< [N', L], finite
  at::Tensor truth;   ///< [N']
  at::Tensor rows;    ///< [N'] places of the usable clips
};

/// @throws Error{Code::bad_argument} naming `what` when no clip is usable
UsableScores score_usable(ZeroShotMethod& method, const LabelledClips& clips,
                          const std::vector<core::Label>& candidates, const char* what, const std::stop_token& stop);

/// Drops the rows of clips that the method could not use. @param scores [N, L]
UsableScores keep_usable(const at::Tensor& scores, const std::vector<std::int64_t>& truth, const char* what);

/// A part of a job's progress: fractions from `begin` to `end`, and a remark in front of the details.
core::ProgressFn part_of(const core::ProgressFn& progress, double begin, double end, const std::string& remark);

}  // namespace purlscope::models
