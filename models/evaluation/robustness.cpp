#include "models/evaluation/robustness.h"

#include "models/evaluation/statistics.h"

namespace purlscope::models {

RobustnessTest::RobustnessTest(const LabelledClips& clips, const std::vector<core::Disturbance>& disturbances) {
  for (const core::Disturbance& disturbance : disturbances) {
    Variant variant{disturbance.name, {{}, clips.truth}, {}, 0};
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
    const at::Tensor usable = scores.isfinite().all(1);
    const at::Tensor right = scores.nan_to_num().argmax(1).eq(at::tensor(variant.clips.truth)).logical_and(usable);
    variant.accuracy.push_back(right.to(at::kDouble).mean().item<double>());
    variant.unusable = usable.logical_not().sum().item<std::int64_t>();
  }
}

nlohmann::json RobustnessTest::to_json() const {
  nlohmann::json out = nlohmann::json::object();
  for (const Variant& variant : variants_) {
    out[variant.name] = {{"accuracy", mean_and_deviation(variant.accuracy)}, {"unusable", variant.unusable}};
  }
  return out;
}

}  // namespace purlscope::models
