#pragma once

#include <ATen/ATen.h>

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/text/labels.h"
#include "models/text/encoder.h"

namespace purlscope::models::structured {

/// Texts encoded for one label: its name, the eight sentences led in by name and part, the eight bare sentences.
inline constexpr std::int64_t kTextsPerLabel = 1 + 2 * static_cast<std::int64_t>(core::kSentenceCount);
inline constexpr std::int64_t kFirstBareText = 1 + static_cast<std::int64_t>(core::kSentenceCount);

/// What the classifier knows of some labels.
struct LabelTexts {
  at::Tensor features;  ///< [C, 17, m] unit norm
  at::Tensor words;     ///< [C, kParts x groups] counts of the motion lexicon
  at::Tensor said;      ///< [C, 22, 9] what the parts say of each motion concept, as ConceptWords::say()

  std::int64_t count() const { return features.size(0); }
  /// One label alone, still with its first dimension.
  LabelTexts one(std::int64_t c) const { return some(c, 1); }
  LabelTexts some(std::int64_t begin, std::int64_t count) const {
    return {features.narrow(0, begin, count), words.narrow(0, begin, count), said.narrow(0, begin, count)};
  }
  /// Labels one after the other.
  static LabelTexts join(const std::vector<LabelTexts>& parts);
  /// The bare sentences, to which joints are compared. [C, 8, m]
  at::Tensor sentences() const { return features.narrow(1, kFirstBareText, core::kSentenceCount); }
};

/// The 17 texts of a label in the wording that is shown, in the order of LabelTexts::features.
std::vector<std::string> texts_of(const core::Label& label);

/// Encodes labels. Of several wordings it takes the mean: of the features text by text, which are brought back to unit
/// norm, of the counts, and of what is said. @throws Error of the encoder, Error{Code::cancelled}
LabelTexts encode_labels(const std::vector<core::Label>& labels, TextEncoder& encoder,
                         const core::ProgressFn& progress = {}, std::stop_token stop = {});

/// Mean feature of the phrases that name one joint ("left hand", "hand, fingers", ...). [m]
at::Tensor encode_joint_phrase(const std::string& joint, TextEncoder& encoder);

/// encode_joint_phrase() of each joint of kinect20. [20, m]
at::Tensor encode_joint_phrases(TextEncoder& encoder);

/// Mean and scale of the counts of motion words, by which they are standardised. [W] each
struct WordScale {
  at::Tensor mean;
  at::Tensor spread;  ///< never below a floor: rare words must not dominate
};
WordScale word_scale(const at::Tensor& counts);
/// Over the bundled description bank, measured once. Thread: any.
const WordScale& bank_words();

at::Tensor unit_rows(const at::Tensor& rows);

/// concatenated() features and `lexicon` x standardised motion words side by side, unit norm; the features alone where
/// `lexicon` is 0. [C, D]
at::Tensor raw_text_vectors(const LabelTexts& texts, const WordScale& words, double lexicon);

/// Gaussian kernel between text vectors, exp(-|a - b|^2). [A, B]
at::Tensor text_kernel(const at::Tensor& a, const at::Tensor& b);

/// One vector a label: name (weighted 1.5), led-in and bare sentences, concatenated, unit norm. [C, 17 m]
at::Tensor concatenated(const LabelTexts& texts);

}  // namespace purlscope::models::structured
