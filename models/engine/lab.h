#pragma once

#include <memory>

#include "core/engine/engine.h"
#include "core/engine/lab.h"
#include "models/text/encoder.h"

namespace purlscope::models {

/// Training and evaluation on the processor: hands each method to its own folder. Owns a text encoder of its own.
/// Thread: the caller's, one job at a time.
class CpuLab final : public core::Lab {
 public:
  explicit CpuLab(core::EngineOptions options);

  void check(const core::TrainOptions& options) const override;
  void check(const core::EvaluateOptions& options) const override;
  nlohmann::json train(const core::LabData& data, const core::TrainOptions& options, const core::ProgressFn& progress,
                       std::stop_token stop) override;
  nlohmann::json evaluate(const core::LabData& data, const core::EvaluateOptions& options,
                          const core::ProgressFn& progress, std::stop_token stop) override;
  nlohmann::json fit_default_model(const std::vector<core::ClipSet>& sets, const std::filesystem::path& out,
                                   const core::ProgressFn& progress, std::stop_token stop) override;

 private:
  TextEncoder& encoder();

  core::EngineOptions options_;
  std::unique_ptr<TextEncoder> encoder_;
};

}  // namespace purlscope::models
