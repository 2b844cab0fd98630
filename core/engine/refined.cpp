#include "core/engine/refined.h"

#include <algorithm>

#include "core/base/ascii.h"

namespace purlscope::core {

std::optional<std::size_t> true_label(const Recognition& recognition) {
  const ClipPtr& clip = recognition.window.clip;
  if (!clip || !clip->label) return std::nullopt;
  const std::string wanted = lower_ascii(*clip->label);
  const auto found = std::ranges::find_if(recognition.labels,
                                          [&](const LabelScore& score) { return lower_ascii(score.label) == wanted; });
  if (found == recognition.labels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - recognition.labels.begin());
}

std::size_t best_without_refinement(const Recognition& recognition) {
  const auto best = std::ranges::max_element(recognition.labels, {},
                                             [](const LabelScore& score) { return score.score - score.refinement; });
  return static_cast<std::size_t>(best - recognition.labels.begin());
}

bool refinement_acts(const Recognition& recognition) {
  return std::ranges::any_of(recognition.labels, [](const LabelScore& score) { return score.refinement != 0; });
}

}  // namespace purlscope::core
