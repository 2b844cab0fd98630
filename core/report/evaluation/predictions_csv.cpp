#include <filesystem>

#include "core/report/csv_text.h"
#include "core/report/evaluation/evaluation_page.h"

namespace purlscope::core {
namespace {

/// Below the data set's folder, where it lies there.
std::string place_in(const std::string& folder, const std::string& clip) {
  const std::filesystem::path below = std::filesystem::path(clip).lexically_relative(folder);
  const bool inside = !folder.empty() && !below.empty() && *below.begin() != "..";
  return inside ? below.string() : clip;
}

}  // namespace

std::string predictions_csv(const Evaluation& evaluation) {
  const Predictions& all = evaluation.predictions;
  const std::vector<std::string>& classes = evaluation.confusion.classes;
  const std::size_t orders = evaluation.refinement ? evaluation.refinement->orders : 1;
  std::string out = csv_row({"clip", "true", "seed", "order", "said", "right", "before"});
  for (std::size_t run = 0; run < all.said.size(); ++run) {
    const std::size_t seed = run / orders;
    for (std::size_t i = 0; i < all.clips.size(); ++i) {
      const std::size_t said = all.said[run][i];
      out += csv_row({place_in(evaluation.setup.path, all.clips[i]), classes[all.truth[i]], std::to_string(seed),
                      std::to_string(run % orders), classes[said], said == all.truth[i] ? "1" : "0",
                      seed < all.before.size() ? classes[all.before[seed][i]] : std::string()});
    }
  }
  return out;
}

}  // namespace purlscope::core
