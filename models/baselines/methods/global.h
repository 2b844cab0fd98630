#pragma once

#include <memory>

#include "models/baselines/baseline.h"

namespace purlscope::models::baselines {

/// "Global" of PURLS' tables: the pooled visual feature is projected by two layers into the text space and aligned with
/// the texts of the labels by contrast, half over the seen classes and half over the batch (eq. 3 with one level, whose
/// samples of one class are each other's positives); compared by cosine.
/// Source: Zhu et al., "Part-aware Unified Representation of Language and Skeleton for Zero-shot Action Recognition"
/// (CVPR 2024), section 4.2.
///
/// Settings: Schedule (42,300 steps of 256 clips: 300 passes over NTU-60's 55 seen classes; rate 1e-4, speed_up 20),
/// `hidden` 512, `temperature` 0.07 at the start of its learning, `visual_rms` 1.
std::unique_ptr<Baseline> make_global(Settings& settings);

}  // namespace purlscope::models::baselines
