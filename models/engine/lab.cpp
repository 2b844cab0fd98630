#include "models/engine/lab.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "models/engine/guard.h"
#include "models/engine/threads.h"
#include "models/purls/lab.h"
#include "models/structured/lab.h"

namespace purlscope::models {

CpuLab::CpuLab(const core::EngineOptions& options) { set_threads(options.threads); }

nlohmann::json CpuLab::train(const core::LabData& data, const core::TrainOptions& options,
                             const core::ProgressFn& progress, std::stop_token stop) {
  return guarded("training", [&] { return train_purls(data, options, encoder(), progress, stop); });
}

nlohmann::json CpuLab::evaluate(const core::LabData& data, const core::EvaluateOptions& options,
                                const core::ProgressFn& progress, std::stop_token stop) {
  return guarded("evaluation", [&] {
    if (options.method == "structured") return evaluate_structured(data, options, encoder(), progress, stop);
    if (options.method == "purls") return evaluate_purls(data, options, encoder(), progress, stop);
    throw Error(Code::bad_argument, fmt::format("no evaluation method '{}'; known: structured, purls", options.method));
  });
}

nlohmann::json CpuLab::fit_default_model(const std::vector<core::ClipSet>& sets, const std::filesystem::path& out,
                                         const core::ProgressFn& progress, std::stop_token stop) {
  return guarded("fitting the default model", [&] { return fit_structured(sets, out, encoder(), progress, stop); });
}

TextEncoder& CpuLab::encoder() {
  if (!encoder_) encoder_ = make_minilm_encoder();
  return *encoder_;
}

}  // namespace purlscope::models
