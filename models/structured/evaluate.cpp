#include <fmt/format.h>

#include "core/base/error.h"
#include "models/evaluation/zero_shot.h"
#include "models/structured/lab.h"
#include "models/structured/method.h"

namespace purlscope::models {

void check_structured(const core::EvaluateOptions& options) {
  check_evaluation(options);
  if (options.protocol != kLeakFree) {
    throw Error(Code::bad_argument,
                fmt::format("method structured knows protocol leak-free alone, found {}: attention by the true label "
                            "would give the answer away",
                            options.protocol));
  }
  if (!options.backbone.empty() && options.backbone != structured::kBackbone) {
    throw Error(Code::bad_argument, fmt::format("method structured has no backbone '{}': leave it out, or give '{}'",
                                                options.backbone, structured::kBackbone));
  }
  if (!options.model.empty()) {
    throw Error(Code::bad_argument, "method structured is fitted afresh for the split: leave the model out");
  }
  structured::options_from_json(options.config);
}

nlohmann::json evaluate_structured(const core::LabData& data, const core::EvaluateOptions& options,
                                   TextEncoder& encoder, const core::ProgressFn& progress, std::stop_token stop) {
  check_structured(options);
  structured::StructuredMethod method(structured::options_from_json(options.config), encoder);
  return evaluate_zero_shot(data, options, method, progress, std::move(stop));
}

}  // namespace purlscope::models
