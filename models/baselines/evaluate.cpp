#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "models/baselines/lab.h"
#include "models/baselines/method.h"
#include "models/evaluation/wordings.h"
#include "models/evaluation/zero_shot.h"
#include "models/purls/lab.h"

namespace purlscope::models {

void check_baseline(const core::EvaluateOptions& options) {
  check_evaluation(options);
  if (options.protocol != kLeakFree) {
    throw Error(
        Code::bad_argument,
        fmt::format("method {} knows protocol {} alone, found {}: its published code asks no true label either, "
                    "but it keeps the step that recognises the unseen classes best, which is not done here",
                    options.method, kLeakFree, options.protocol));
  }
  if (options.orders > 0) {
    throw Error(
        Code::bad_argument,
        fmt::format("method {} cannot refine itself on a stream: take structured, purls or dynapurls", options.method));
  }
  if (!options.model.empty()) {
    throw Error(Code::bad_argument,
                fmt::format("method {} is fitted afresh for the split: leave the model out", options.method));
  }
  refuse_paraphrases(options.method, options.paraphrases);
  baselines::check_settings(options);
  check_purls(baselines::backbone_options(options));
}

nlohmann::json evaluate_baseline(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
                                 const core::ProgressFn& progress, std::stop_token stop) {
  check_baseline(options);
  baselines::BaselineMethod method(options, encoder);
  return evaluate_zero_shot(data, options, method, progress, std::move(stop));
}

}  // namespace purlscope::models
