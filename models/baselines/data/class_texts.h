#pragma once

#include <ATen/ATen.h>

#include <span>
#include <string>

#include "models/text/encoder.h"

namespace purlscope::models::baselines {

/// Text features of classes, [C, m] each, unit norm. Rows of classes that share a verb (or noun) are equal.
struct ClassTexts {
  at::Tensor label;  ///< of the label's name
  at::Tensor verb;   ///< of its verb words alone, see PartsOfSpeech; of the name where it has none
  at::Tensor noun;   ///< of its noun words alone; of the name where it has none

  std::int64_t count() const { return label.size(0); }
  /// Rows by index. @param classes [n]
  ClassTexts rows(const at::Tensor& classes) const;
};

/// @throws what reading the part-of-speech list or the encoder throws
ClassTexts encode_classes(std::span<const std::string> labels, TextEncoder& encoder);

/// Number of each row among the different ones, in order of appearance: which classes share a word. @param rows [C, m]
/// @return [C]
at::Tensor number_rows(const at::Tensor& rows);

}  // namespace purlscope::models::baselines
