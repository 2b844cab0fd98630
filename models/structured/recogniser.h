#pragma once

#include <filesystem>
#include <memory>

#include "models/recogniser/recogniser.h"

namespace purlscope::models {

/// Opens a structured-attention model behind the live engine.
///
/// Attention is [8, 4, 20]: sentences x (start, middle, end, whole clip) x joints of kinect20, the weights with which
/// the window's nodes enter the scored kernel. Contributions sum over the nodes to the label's level scores; norms that
/// all nodes share count as constants. `other` holds the centring, if the model uses it.
/// Windows of a source that the model was trained on (source_of() the clip) are standardised by that source's
/// statistics, all others by those of all sources pooled.
/// @throws Error{Code::not_found, Code::bad_format, Code::shape_mismatch, Code::unsupported}
std::unique_ptr<Recogniser> load_structured(const std::filesystem::path& file);

}  // namespace purlscope::models
