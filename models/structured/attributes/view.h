#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

#include "models/structured/options.h"
#include "models/structured/text/text_features.h"

namespace purlscope::models::structured {

/// What the attribute view is fitted on: all clips of all classes. K = C + R classes: those of the recordings, then the
/// same played backwards, with texts that say so.
struct AttributeSamples {
  at::Tensor measures;                 ///< [N, 406] clip measures, standardised by each clip's own source
  std::vector<std::int64_t> class_of;  ///< [N] of the K classes
  LabelTexts forward;                  ///< [C, ...]
  LabelTexts reversed;                 ///< [R, ...]; none when R is 0
  std::int64_t reversed_classes = 0;   ///< R
};

/// Two regressions in closed form between measures of the whole clip (F = 406) and label texts, the counterpart of the
/// attended parts without attention: "motion to text" (ridge onto the classes, cosine of the text that their votes make
/// with the label's) and "text to motion" (regression from text to class prototypes in whitened measures, cosine).
///
/// Fitting takes the solves; what stays is what a new label and a new window need: products of matrix and vector.
struct AttributeView {
  // Of the motions
  at::Tensor ridge;          ///< [F, K] measures to votes for each class
  at::Tensor whitening;      ///< [F, F] upper triangle: within-class whitening
  at::Tensor centre;         ///< [F] mean of the whitened prototypes
  at::Tensor prototypes;     ///< [K, F] maps text kernel values to a prototype
  at::Tensor mean_votes;     ///< [K] mean of the training clips' votes, each divided by its norm
  at::Tensor mean_place;     ///< [F] mean of the training clips' whitened measures less centre, at unit length
  double motion_spread = 1;  ///< of "motion to text" over training clips and classes
  double text_spread = 1;    ///< of "text to motion"
  double spread = 1;         ///< of their sum, each divided by its own

  // Of the texts
  LabelTexts reversed;     ///< [R, ...]; none when R is 0
  WordScale words;         ///< of the description bank
  at::Tensor text_mean;    ///< [D] over the classes of recordings
  at::Tensor class_text;   ///< [K, D] centred, unit norm
  at::Tensor class_texts;  ///< [K, K] their products

  bool fitted() const { return ridge.defined(); }
};

/// Source: the accuracy study's part A.
AttributeView fit_attribute_view(const AttributeSamples& samples, const Options& options);

/// Fills the view's text side from its reversed texts, its word scale, and the texts of the classes of recordings.
void set_texts(AttributeView& view, const LabelTexts& forward, double lexicon);

/// What one candidate label adds to the view.
struct AttributeFit {
  at::Tensor votes;     ///< [F] weights of measures towards the label, by motion to text
  at::Tensor place;     ///< [F] the same by text to motion
  double centre = 0;    ///< what text to motion subtracts before the window's norm
  double constant = 0;  ///< subtracted: centring x mean score of the training clips
};
AttributeFit fit_label(const AttributeView& view, const LabelTexts& text, const Options& options);

/// Whitened measures less the centre of the prototypes. @param measures [B, F] standardised @return [B, F]
at::Tensor places(const AttributeView& view, const at::Tensor& measures);

/// Windows as the view wants them.
struct AttributeWindows {
  at::Tensor measures;    ///< [B, F] standardised
  at::Tensor vote_norm;   ///< [B] length of the text that the votes make
  at::Tensor place_norm;  ///< [B] length of the whitened measures less centre
};
AttributeWindows prepare(const AttributeView& view, const at::Tensor& measures);

/// One of the windows, still with its first dimension; none of none.
AttributeWindows window_at(const AttributeWindows& windows, std::int64_t i);

/// Of the measures, and of constants: together the label's score. [B, 2]
at::Tensor score(const AttributeFit& label, const AttributeWindows& windows);

/// Exact additive share of each node in the first of one window's two scores. [S]
at::Tensor node_shares(const AttributeFit& label, const AttributeWindows& window);

/// The windows without some nodes: a measure counts by the share of its home nodes that is kept. @param kept [B, S]
AttributeWindows masked(const AttributeView& view, const AttributeWindows& windows, const at::Tensor& kept);

}  // namespace purlscope::models::structured
