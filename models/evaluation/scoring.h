#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <span>
#include <string>
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

/// What a method makes of clips of which it cannot use all.
/// @param usable whether it can use a clip
/// @param score scores of the usable clips, [N', L]; it gets them and their places among all
/// @return [N, L], a row of NaN for a clip that cannot be used @throws Error{Code::cancelled}
at::Tensor score_where(std::span<const core::ClipPtr> clips, std::size_t candidates,
                       const std::function<bool(const core::ClipPtr&)>& usable,
                       const std::function<at::Tensor(std::span<const core::ClipPtr>, const at::Tensor&)>& score,
                       const std::stop_token& stop);

/// A part of a job's progress: fractions from `begin` to `end`, and a remark in front of the details.
core::ProgressFn part_of(const core::ProgressFn& progress, double begin, double end, const std::string& remark);

}  // namespace purlscope::models
