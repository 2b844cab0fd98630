#pragma once

#include <string>

#include "models/purls/train/trainer.h"

namespace purlscope::models::purls {

/// The model card that travels with the weights, Markdown.
std::string model_card(const core::LabData& data, const TrainedModel& trained);

}  // namespace purlscope::models::purls
