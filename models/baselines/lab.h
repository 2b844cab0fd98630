#pragma once

#include <nlohmann/json.hpp>
#include <stop_token>

#include "core/base/progress.h"
#include "core/engine/lab.h"
#include "models/text/encoder.h"

namespace purlscope::models {

/// Refuses settings that no data could serve. `options.method` names the baseline. @throws Error{Code::bad_argument}
/// for an unknown config key or backbone, a value out of range, a trained model (baselines are fitted for the split),
/// and any protocol but "leak-free"
void check_baseline(const core::EvaluateOptions& options);

/// Accuracy of a baseline of the literature on all clips of the unseen classes, fitted afresh for every seed on the
/// pooled features of the backbone that method `purls` trains for this seed (which is trained once for all of them, see
/// backbone_folder()). Nothing is selected on unseen classes; every training makes all of its steps.
///
/// `options.config`: the method's own keys, see the headers in models/baselines/methods, and the sections `backbone`,
/// `nodes` and `validation` of method `purls`, which shape the backbone.
/// @return the JSON of `purlscope evaluate`; `confusion` counts are summed over the seeds
/// @throws Error{Code::bad_argument} as check_baseline() and for data without seen or unseen clips,
///         Error{Code::cancelled}
nlohmann::json evaluate_baseline(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
                                 const core::ProgressFn& progress, std::stop_token stop);

}  // namespace purlscope::models
