#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "core/engine/recognition.h"

namespace purlscope::core {

/// How far one label stands above another in a recognition, taken apart three ways. Each way adds up to `total`, in the
/// unit of the score: sentences and `other`; joints and `elsewhere`; times and `elsewhere`.
struct Margin {
  double total = 0;
  std::array<double, kSentenceCount> sentences{};  ///< order of kSentences; with what refinement added to each
  double other = 0;                                ///< of no sentence: the name, whole-clip views, bias
  std::vector<double> joints;                      ///< [J] of the model's layout, over sentences and time
  std::vector<double> times;                       ///< [T'] time nodes, over sentences and joints
  double elsewhere = 0;                            ///< what no joint and no time has: `other` and refinement's part
};

/// Exact shares of the margin (PURLS' score is a sum over sentences, the closed form's one over nodes as well).
/// @param label, rival  places in recognition.labels
/// @throws Error{Code::bad_argument} for a place beyond them, or a recognition without contributions
Margin margin_between(const Recognition& recognition, std::size_t label, std::size_t rival);

}  // namespace purlscope::core
