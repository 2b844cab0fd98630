#pragma once

#include <QString>
#include <string>

namespace purlscope::app {

/// What a kind of core::DatasetProblem is called: "Repeats another clip".
QString problem_title(const std::string& kind);
/// What to do about it, a sentence.
QString problem_remedy(const std::string& kind);

}  // namespace purlscope::app
