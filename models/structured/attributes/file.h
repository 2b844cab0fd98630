#pragma once

#include <map>
#include <string>

#include "core/base/safetensors.h"
#include "models/structured/attributes/view.h"

namespace purlscope::models::structured {

using WeightTensors = std::map<std::string, core::SafeTensorOut>;

/// Adds the view's tensors to those of a model file: what a new label needs, without the clips it was fitted on.
void store(const AttributeView& view, WeightTensors& tensors);

/// @param forward  texts of the classes of recordings, which the file holds anyway
/// @throws Error{Code::bad_format, Code::shape_mismatch} naming file and tensor
AttributeView read_attribute_view(const core::SafeTensors& file, const LabelTexts& forward, double lexicon);

}  // namespace purlscope::models::structured
