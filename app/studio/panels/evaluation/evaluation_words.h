#pragma once

#include <QString>
#include <string>

#include "app/studio/panels/evaluation/evaluation_job.h"

namespace purlscope::app {

/// "64.4 %", for figures: one place, always.
QString figure_text(double share);
/// The same over several seeds: "81.2 % ± 3.3".
QString figure_text(const core::SeedFigure& figure);
/// "+5.6 points", with a real minus sign.
QString points_text(double share);
/// "UTD-MHAD ru5 · Structured attention · em"
QString run_title(const core::Evaluation& evaluation);
/// "118 clips/s · about 4 s left", without what is not known.
QString pace_text(const EvaluationProgress& progress);
/// A name of the engine's as a title.
QString method_name(const std::string& method);

}  // namespace purlscope::app
