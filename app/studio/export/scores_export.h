#pragma once

#include <QString>
#include <string>
#include <vector>

#include "app/studio/export/figures/score_figure.h"
#include "app/studio/live/score_history.h"

namespace purlscope::app {

/// The scores that are shown, and those of all windows of a live source that are remembered.
struct ShownScores {
  std::string recording;
  ScoredWindow now;
  std::vector<ScoredWindow> windows;  ///< by time; none for a recording, whose one window is `now`
};

/// Bars by rank with "none of these"; over time where there are several windows.
ScoreFigure scores_figure(const ShownScores& shown);

/// One line a window and label, by rank: recording, begin_s, end_s (s of the recording or stream), rank, label, score,
/// probability (0 to 1), the eight sentences' shares in the score, other, refinement. "none of these" has a
/// probability alone.
std::string scores_csv(const ShownScores& shown);

/// The document of `purlscope classify --json`; for several windows a list `windows` of them with begin_s and end_s.
std::string scores_json(const ShownScores& shown);

}  // namespace purlscope::app
