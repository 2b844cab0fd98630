#pragma once

#include <memory>
#include <optional>
#include <string>

#include "models/baselines/baseline.h"
#include "models/evaluation/method.h"
#include "models/purls/model/model.h"
#include "models/purls/train/training_set.h"
#include "models/text/encoder.h"

namespace purlscope::models::baselines {

/// A baseline of the literature as evaluation sees it: on the pooled features of the backbone that method `purls`
/// trains on the same clips with the same seed.
class BaselineMethod final : public ZeroShotMethod {
 public:
  /// @param options method, backbone and settings, as evaluate_baseline() @param encoder outlives the method
  /// @throws Error{Code::bad_argument} for unknown settings
  BaselineMethod(const core::EvaluateOptions& options, TextEncoder& encoder);

  void fit(const core::LabData& training, std::uint64_t seed, const core::ProgressFn& progress,
           std::stop_token stop) override;
  at::Tensor scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                    std::stop_token stop) override;
  nlohmann::json facts() const override;

 private:
  std::string name_;
  purls::Config config_;
  TextEncoder& encoder_;
  std::unique_ptr<Baseline> baseline_;
  std::optional<purls::PurlsModel> backbone_;
  purls::MotionStore motions_;
};

/// What method purls is told to make the backbone of a baseline.
core::EvaluateOptions backbone_options(const core::EvaluateOptions& options);

/// Refuses settings of the method. @throws Error{Code::bad_argument}
void check_settings(const core::EvaluateOptions& options);

}  // namespace purlscope::models::baselines
