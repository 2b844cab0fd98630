#pragma once

#include <nlohmann/json.hpp>
#include <stop_token>

#include "core/engine/lab.h"
#include "models/evaluation/method.h"

namespace purlscope::models {

inline constexpr const char* kLeakFree = "leak-free";
inline constexpr const char* kPublished = "published";

/// Refuses what no method could serve: an unknown protocol, a number of seeds below 1, generalised recognition of a
/// model that has already seen the clips of its seen classes. @throws Error{Code::bad_argument}
void check_evaluation(const core::EvaluateOptions& options);

/// Accuracy of a method on a zero-shot problem, one fit a seed: every clip of the unseen classes is scored alone
/// against the unseen classes. With `generalised` also S, U and H over all classes, with `calibration` also the
/// calibration error under a temperature from classes held out of the seen ones, with `faithfulness` also the deletion
/// test.
/// @return the JSON of `purlscope evaluate`, with the method's facts, and the predictions as Tally::to_json() has them
/// @throws Error{Code::bad_argument} as check_evaluation(), for an unusable split, and by a method that has no
/// published
///         protocol or no nodes, Error{Code::cancelled}
nlohmann::json evaluate_zero_shot(const core::LabData& data, const core::EvaluateOptions& options,
                                  ZeroShotMethod& method, const core::ProgressFn& progress, std::stop_token stop);

}  // namespace purlscope::models
