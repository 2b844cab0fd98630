#pragma once

#include <QString>
#include <vector>

#include "app/studio/export/figures/figure.h"
#include "app/studio/panels/attention/matrix_data.h"

namespace purlscope::app {

/// One matrix of a figure.
struct MatrixPart {
  QString heading;     ///< "Over joints, whole clip"
  QString axis_title;  ///< of the columns: "Joint", "Stretch of the clip (s)"
  MatrixData data;
  bool grouped = false;  ///< its groups are named above the columns
};

/// What a figure of matrices tells.
struct MatrixFigure {
  QString title;
  QString facts;  ///< recording, model
  QString unit;   ///< of the values, beside the colour bar: "Attention (share)"
  std::vector<MatrixPart> parts;
};

/// Matrices one below the other, each with its names, axis titles and a colour bar with numbers. Unknown colour maps
/// become greys.
Figure matrix_figure(const MatrixFigure& content);

}  // namespace purlscope::app
