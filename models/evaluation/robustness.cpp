#include "models/evaluation/robustness.h"

#include <algorithm>
#include <optional>
#include <string>

#include "core/text/label_key.h"
#include "core/text/sides.h"
#include "models/evaluation/statistics.h"

namespace purlscope::models {
namespace {

constexpr std::int64_t kNoCandidate = -1;

/// Which candidate a mirrored clip shows: "swipe right" for one of "swipe left". kNoCandidate where that is not asked.
std::vector<std::int64_t> mirrored_truth(const std::vector<core::Label>& candidates,
                                         const std::vector<std::int64_t>& truth) {
  std::vector<std::int64_t> shown;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const std::optional<core::Label> mirrored = core::mirror_label(candidates[c]);
    const std::string key = core::label_key(mirrored ? mirrored->text : candidates[c].text);
    const auto found = std::ranges::find_if(
        candidates, [&](const core::Label& candidate) { return core::label_key(candidate.text) == key; });
    shown.push_back(!mirrored                   ? static_cast<std::int64_t>(c)
                    : found == candidates.end() ? kNoCandidate
                                                : found - candidates.begin());
  }
  std::vector<std::int64_t> out;
  out.reserve(truth.size());
  for (const std::int64_t label : truth) out.push_back(shown.at(static_cast<std::size_t>(label)));
  return out;
}

}  // namespace

RobustnessTest::RobustnessTest(const LabelledClips& clips, const std::vector<core::Disturbance>& disturbances) {
  for (const core::Disturbance& disturbance : disturbances) {
    Variant variant;
    variant.name = disturbance.name;
    variant.in_mirror = disturbance.kind == core::Disturbance::Kind::mirror;
    variant.clips.truth = clips.truth;
    for (const core::ClipPtr& clip : clips.clips) {
      variant.clips.clips.push_back(std::make_shared<const core::Clip>(core::disturb(*clip, disturbance)));
    }
    variants_.push_back(std::move(variant));
  }
}

void RobustnessTest::add_seed(ZeroShotMethod& method, const std::vector<core::Label>& candidates,
                              const std::stop_token& stop) {
  for (Variant& variant : variants_) {
    const at::Tensor scores = method.scores(variant.clips.clips, candidates, stop);
    const at::Tensor truth =
        at::tensor(variant.in_mirror ? mirrored_truth(candidates, variant.clips.truth) : variant.clips.truth);
    const at::Tensor asked = truth.ge(0);
    const at::Tensor usable = scores.isfinite().all(1);
    const at::Tensor right = scores.nan_to_num().argmax(1).eq(truth).logical_and(usable);
    variant.accuracy.push_back(right.masked_select(asked).to(at::kDouble).mean().item<double>());
    variant.unusable = usable.logical_not().sum().item<std::int64_t>();
    variant.other_action = asked.logical_not().sum().item<std::int64_t>();
  }
}

nlohmann::json RobustnessTest::to_json() const {
  nlohmann::json out = nlohmann::json::object();
  for (const Variant& variant : variants_) {
    out[variant.name] = {{"accuracy", mean_and_deviation(variant.accuracy)},
                         {"unusable", variant.unusable},
                         {"other_action", variant.other_action}};
  }
  return out;
}

}  // namespace purlscope::models
