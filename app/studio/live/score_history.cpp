#include "app/studio/live/score_history.h"

#include <algorithm>
#include <utility>

namespace purlscope::app {

void ScoreHistory::add(ScoredWindow window) { windows_.push_back(std::move(window)); }

void ScoreHistory::forget_before(double time) {
  while (!windows_.empty() && windows_.front().end < time) windows_.pop_front();
}

const ScoredWindow* ScoreHistory::at(double time, double slack) const {
  const auto after = std::ranges::lower_bound(windows_, time, {}, &ScoredWindow::end);
  if (after != windows_.end()) return time >= after->begin ? &*after : nullptr;
  if (windows_.empty() || time > windows_.back().end + slack) return nullptr;
  return &windows_.back();
}

}  // namespace purlscope::app
