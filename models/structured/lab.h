#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <vector>

#include "core/engine/lab.h"
#include "models/text/encoder.h"

namespace purlscope::models {

/// Refuses settings that evaluate_structured() cannot serve. @throws Error{Code::bad_argument} for an unknown setting
/// or backbone, a trained model (this method is always fitted for the split), and any `protocol` but "leak-free":
/// attention by the true label would give the answer away, and no published figure is made so
void check_structured(const core::EvaluateOptions& options);

/// Accuracy of the structured recogniser on a zero-shot problem: fitted afresh on the seen classes of the target and on
/// the further sets without their same-meaning classes. A seed draws the training clips.
/// Settings (`EvaluateOptions::config`): see structured::options_from_json().
/// @return the JSON of `purlscope evaluate`, see evaluate_zero_shot()
/// @throws Error{Code::bad_argument} as check_structured() and for an empty split, Error{Code::cancelled}
nlohmann::json evaluate_structured(const core::LabData& data, const core::EvaluateOptions& options,
                                   TextEncoder& encoder, const core::ProgressFn& progress, std::stop_token stop);

/// Fits the recogniser on all classes of all sets and writes a model file with spreads, temperature, "none of these"
/// (both from classes held out in turn) and card (`default.md` beside `out`'s name, when it exists).
/// @return facts for the card: classes, clips, temperature, none_logit, seconds, bytes
/// @throws Error{Code::bad_argument, Code::bad_format, Code::io, Code::cancelled}
nlohmann::json fit_structured(const std::vector<core::ClipSet>& sets, const std::filesystem::path& out,
                              TextEncoder& encoder, const core::ProgressFn& progress, std::stop_token stop);

}  // namespace purlscope::models
