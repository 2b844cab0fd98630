#pragma once

#include <memory>

#include "models/baselines/baseline.h"

namespace purlscope::models::baselines {

/// DeViSE: one linear map from the visual feature to the text space, learned by the hinge rank loss.
/// Source: Frome et al., "DeViSE: A Deep Visual-Semantic Embedding Model" (NeurIPS 2013), eq. 1, with its margin 0.1.
/// The paper trains on images by stochastic gradient descent; rate and number of steps here are our own.
///
/// Settings: Schedule (10,000 steps of 256 clips, rate 1e-4, speed_up 10), `margin` 0.1, `visual_rms` 1.
std::unique_ptr<Baseline> make_devise(Settings& settings);

}  // namespace purlscope::models::baselines
