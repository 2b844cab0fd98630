#include "models/evaluation/scoring.h"

#include <fmt/format.h>

#include <limits>

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

at::Tensor score_where(std::span<const core::ClipPtr> clips, std::size_t candidates,
                       const std::function<bool(const core::ClipPtr&)>& usable,
                       const std::function<at::Tensor(std::span<const core::ClipPtr>, const at::Tensor&)>& score,
                       const std::stop_token& stop) {
  std::vector<core::ClipPtr> kept;
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    core::throw_if_stopped(stop);
    if (!usable(clips[i])) continue;
    kept.push_back(clips[i]);
    rows.push_back(static_cast<std::int64_t>(i));
  }
  at::Tensor out = at::full({static_cast<std::int64_t>(clips.size()), static_cast<std::int64_t>(candidates)},
                            std::numeric_limits<float>::quiet_NaN());
  if (kept.empty()) return out;
  const at::Tensor places = at::tensor(rows, at::kLong);
  return out.index_copy(0, places, score(kept, places).to(at::kFloat));
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
