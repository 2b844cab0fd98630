#pragma once

#include <QString>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/studio/export/figures/figure.h"
#include "app/studio/panels/why/why_rows.h"
#include "core/engine/recognition.h"
#include "core/text/labels.h"

namespace purlscope::app {

/// Everything that a report of a clip tells. What is absent is left out.
struct ClipReport {
  QString recording;
  std::vector<std::pair<QString, QString>> input;  ///< rows of the Input check
  core::RecognitionPtr recognition;                ///< null: not scored
  core::LabelSet labels;                           ///< with their sentences
  std::optional<Figure> scores;
  std::optional<Figure> attention;
  std::optional<WhyTable> why;
};

/// One HTML page that holds everything itself.
/// @param png  picture of the view, bytes; empty = `no_picture` says why there is none
std::string report_html(const ClipReport& report, const std::string& png, const QString& no_picture);

}  // namespace purlscope::app
