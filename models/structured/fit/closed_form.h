#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "models/structured/fit/training_set.h"

namespace purlscope::models::structured {

/// Everything of the recogniser that does not depend on candidate labels. N training samples of C classes, S = 80
/// nodes, Ch channels a node (kinematic and attribute channels side by side).
///
/// Two parts score a label on each of its eight sentences, both on nodes weighted by the sentence's attention:
/// "motion to text" (dual ridge onto the text vectors of the training classes, cosine with the label's) and "text to
/// motion" (regression from text vectors to class prototypes, cosine of the window with the label's prototype). A third
/// part needs no training: "grounding" compares what the sentences say of motion concepts with their measures. A
/// fourth, the attribute view, regresses on measures of the whole clip.
struct ClosedForm {
  Options options;

  // Text side
  WordScale words;             ///< standardisation of the lexicon counts
  at::Tensor text_mean;        ///< [D] mean text vector of the training classes
  at::Tensor class_text;       ///< [C, D] centred, unit norm
  at::Tensor class_text_gram;  ///< [C, C]
  at::Tensor joint_phrases;    ///< [20, m]
  double likeness_scale = 1;   ///< spread of sentence-to-joint likeness over the training classes
  ConceptScale concept_scale;  ///< of the description bank
  at::Tensor concept_mean;     ///< [22, 9] mean of what the training classes say of each motion concept

  // Node features
  double node_scale = 1;  ///< makes the kinematic block's kernel of unit size
  double attribute_scale = 1;
  at::Tensor node_whitening;       ///< [S, 31, 31] within-class whitening of each node
  at::Tensor attribute_whitening;  ///< [S, Ca, Ca]

  // Motion to text
  at::Tensor class_of;  ///< [N]
  at::Tensor ridge;     ///< [N] g x size of the sample's class
  at::Tensor samples;   ///< [S, N, Ch] scaled node features
  at::Tensor gram;      ///< [S, N (N + 1) / 2] lower triangle of each node's kernel
  at::Tensor lower;     ///< [N (N + 1) / 2] places of the lower triangle in an [N, N] matrix
  at::Tensor emphasis;  ///< [N, S] exp(b3 saliency): squared weight of a sample's nodes

  // Text to motion
  at::Tensor centre;             ///< [S, Ch] mean of the class prototypes
  at::Tensor deviations;         ///< [N, S, Ch] whitened samples minus centre
  at::Tensor deviation_power;    ///< [N, S] their squared norms
  at::Tensor prototype_weights;  ///< [C, S x Ch] maps text kernel values to a prototype

  at::Tensor concepts;  ///< [N, 22] motion concepts of the training samples

  AttributeView attributes;  ///< fitted on all clips, not on the samples alone

  std::int64_t sample_count() const { return class_of.size(0); }
  std::int64_t class_count() const { return class_text.size(0); }
};

/// Source: closed-form structured attention (dual ridge; Nadaraya-type kernel regression on text vectors); constants
/// of the feasibility study.
ClosedForm fit_closed_form(const TrainingSet& training, const Options& options);

/// Text vectors of labels: concatenated features and standardised motion words, centred on the training classes,
/// unit norm. [L, D]
at::Tensor text_vectors(const ClosedForm& form, const LabelTexts& texts);

/// Cosine of each sentence with each joint's phrase, centred over joints. [L, 8, 20]
at::Tensor joint_likeness(const at::Tensor& sentences, const at::Tensor& joint_phrases);

/// Windows as the two parts want them.
struct PreparedWindows {
  at::Tensor kernel;           ///< [S, B, N] each node's kernel with the training samples
  at::Tensor emphasis;         ///< [B, S]
  at::Tensor deviations;       ///< [B, S, Ch]
  at::Tensor deviation_power;  ///< [B, S]
  at::Tensor concepts;         ///< [B, 22] motion concepts
  AttributeWindows attributes;
};
/// @param standardised  [B, kValues]; [B, kSampleValues] will do for a form without attribute view
PreparedWindows prepare(const ClosedForm& form, const MotionFeatures& standardised);

}  // namespace purlscope::models::structured
