#pragma once

#include <QPointF>
#include <QString>
#include <optional>
#include <vector>

#include "app/studio/export/figures/figure.h"

namespace purlscope::app {

/// Probability of one label, 0 to 1.
struct ScoreBar {
  QString name;
  double probability = 0;
  std::optional<double> plain = {};  ///< without refinement, where one runs
  bool none = false;                 ///< "none of these"
};

/// Probability of one label over time.
struct ScoreCurve {
  QString name;
  std::vector<QPointF> points;  ///< seconds, 0 to 1
};

struct ScoreFigure {
  QString title;
  QString facts;
  std::vector<ScoreBar> bars;      ///< from the top
  std::vector<ScoreCurve> curves;  ///< of several windows; none = no second part
};

inline constexpr std::size_t kMostCurves = 8;  ///< more could not be told apart

/// Bars of the labels, and beneath them their course where there are several windows.
Figure score_figure(const ScoreFigure& content);

}  // namespace purlscope::app
