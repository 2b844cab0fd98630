#include "models/evaluation/scoring.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace purlscope::models {

UsableScores keep_usable(const at::Tensor& scores, const std::vector<std::int64_t>& truth, const char* what) {
  const at::Tensor rows = scores.isfinite().all(1).nonzero().squeeze(1);
  if (rows.numel() == 0) {
    throw Error(Code::bad_argument,
                fmt::format("none of the {} clips of {} can be used: they need a moving person", truth.size(), what));
  }
  return {scores.index_select(0, rows), at::tensor(truth, at::kLong).index_select(0, rows), rows};
}

UsableScores score_usable(ZeroShotMethod& method, const LabelledClips& clips,
                          const std::vector<core::Label>& candidates, const char* what, const std::stop_token& stop) {
  if (clips.clips.empty()) throw Error(Code::bad_argument, fmt::format("there is no clip of {}", what));
  return keep_usable(method.scores(clips.clips, candidates, stop), clips.truth, what);
}

core::ProgressFn part_of(const core::ProgressFn& progress, double begin, double end, const std::string& remark) {
  if (!progress) return {};
  return [=](const core::Progress& step) {
    const double inside = step.fraction < 0 ? 0 : step.fraction;
    core::Progress out = step;
    out.fraction = begin + (end - begin) * inside;
    out.detail = step.detail.empty() ? remark : fmt::format("{}, {}", remark, step.detail);
    progress(out);
  };
}

}  // namespace purlscope::models
