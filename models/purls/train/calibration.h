#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "models/purls/model/model.h"

namespace purlscope::models::purls {

/// Fits temperature and "none of these" on seen clips: label sets of at most six seen classes are drawn for every clip,
/// once with its own class in and once with it left out; the temperature minimises the log loss of the true label where
/// it is in, the none score that of telling both cases apart. Both know seen classes alone, so they are hopeful for
/// others.
///
/// @param scores [N, C] of clips not trained on, against the seen classes (C >= 2) @param target [N]
Calibration fit_calibration(const at::Tensor& scores, const at::Tensor& target, std::uint64_t seed);

}  // namespace purlscope::models::purls
