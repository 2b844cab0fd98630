#pragma once

#include <ATen/ATen.h>

#include <span>

#include "core/text/labels.h"
#include "models/text/encoder.h"

namespace purlscope::models::purls {

/// How sentences are worded before encoding.
enum class Wording {
  bare,    ///< as they are (the published feature files)
  wrapped  ///< "A cropped video of people's head motions that ..." (PURLS section 3.2)
};

/// What stands for a label as a whole.
enum class GlobalText {
  description,  ///< its global sentence
  label         ///< its name alone (the first row of PURLS' table 5)
};

/// Text features of labels, one row a sentence. @return [C, 8, m] unit norm, in the order of core::kSentences
at::Tensor sentence_features(std::span<const core::Label> labels, Wording wording, GlobalText global,
                             TextEncoder& encoder);

/// Subtracts what all seen classes have in common and gives unit length again; a text equal to the mean stays zero.
/// @param texts [C, 8, m] @param mean [8, m] of the seen classes
at::Tensor centre_texts(const at::Tensor& texts, const at::Tensor& mean);

}  // namespace purlscope::models::purls
