#pragma once

#include <string>

#include "core/report/evaluation/evaluation.h"

namespace purlscope::core {

/// A confusion matrix as an inline SVG for a page of html_page(): rows are true classes, columns what was said, cells
/// darker (in the dark scheme brighter) by their share of the row, numbers where they fit, each cell's words as its
/// title. Empty without classes.
std::string confusion_svg(const Confusion& confusion);
/// Rules of the style sheet that it needs.
std::string confusion_style();

}  // namespace purlscope::core
