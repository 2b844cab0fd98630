#pragma once

#include <string>

#include "core/report/evaluation/evaluation.h"
#include "core/report/evaluation/published.h"

namespace purlscope::core {

/// One page that tells all of an evaluation: what was run, accuracy, refinement, all classes, each class, who was taken
/// for whom, published figures with their source. Without scripts or outside files.
std::string evaluation_page(const Evaluation& evaluation, const PublishedFigures& published);

/// As a table: clip, true class, seed and order of the stream (from 0), what was said, whether that was right, what was
/// said without refinement (empty where nothing refined). One line a clip and run, RFC 4180.
std::string predictions_csv(const Evaluation& evaluation);

/// How a method is called, for people: "PURLS" for "purls"; one that is not known as it is.
std::string method_title(const std::string& method);

}  // namespace purlscope::core
