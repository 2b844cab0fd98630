#pragma once

#include <vector>

#include "models/structured/fit/closed_form.h"
#include "models/structured/fit/votes.h"

namespace purlscope::models::structured {

/// What one candidate label adds to the closed form.
struct LabelFit {
  at::Tensor attention;  ///< [8, S] weights before the window's own movement; rows sum to 1
  // Motion to text
  VoteWeights dual;       ///< dual weights towards each training class
  at::Tensor dual_label;  ///< [8, N] the same towards this label's text vector
  at::Tensor towards;     ///< [C] products of this label's text vector with those of the training classes
  // Text to motion
  at::Tensor prototype;       ///< [S, Ch] predicted prototype, minus centre
  at::Tensor prototype_norm;  ///< [8] its norm under the attention
  // Grounding
  at::Tensor said;          ///< [22, 9] what the label's parts say of each concept beyond the training classes' mean
  double concept_bias = 0;  ///< makes up for labels that say much of many concepts
  AttributeFit attributes;
};

/// What the parts give each window.
struct PartScores {
  at::Tensor motion_to_text;   ///< [B, 8] cosines
  at::Tensor text_to_motion;   ///< [B, 8] cosines
  at::Tensor grounding;        ///< [B, 9] of the eight sentences, and of the label's name with the bias
  at::Tensor attributes = {};  ///< [B, 2] of the clip's measures, and of constants; none without attribute view
};

/// Additive shares of each node, [8, S] each; the attribute view's, which knows no sentences, [S].
struct NodeShares {
  at::Tensor motion_to_text;
  at::Tensor text_to_motion;
  at::Tensor grounding;   ///< on the concepts' home joints, in the slot of the whole clip
  at::Tensor attributes;  ///< on the measures' home joints, in their slots; none without attribute view
};

/// Attention of the eight sentences over (slot, joint) nodes:
/// softmax(b1 x likeness to the joint + b2 x [own body part or third]). [L, 8, S]
at::Tensor attention_of(const ClosedForm& form, const at::Tensor& sentences);

/// Fits one label. `training_scores`, when given, receives the label's scores of the training samples, [N, 8] each, but
/// for those of the attribute view.
LabelFit fit_label(const ClosedForm& form, const LabelTexts& text, PartScores* training_scores = nullptr);

/// fit_label() of some labels, which costs less together; takes 5 MB a label meanwhile.
/// @param training_scores null, or one for each label
std::vector<LabelFit> fit_labels(const ClosedForm& form, const LabelTexts& texts,
                                 PartScores* training_scores = nullptr);

/// Length of the text that votes for the classes make. @param votes [..., C] @return [...]
at::Tensor vote_norm(const ClosedForm& form, const at::Tensor& votes);

/// Scores windows for one label.
PartScores score(const ClosedForm& form, const LabelFit& label, const PreparedWindows& windows);

/// Exact additive shares of each node in the scores of one window: row sums equal score(). The norms in the cosines'
/// denominators, which all nodes share, count as constants.
NodeShares node_shares(const ClosedForm& form, const LabelFit& label, const PreparedWindows& window);

/// Where each motion concept shows: its home joints in the slot of the whole clip, each row summing to 1. [22, S]
const at::Tensor& concept_nodes();

/// Attention with which a window's nodes enter the kernel: label attention x the nodes' emphasis, each of the eight
/// rows summing to 1. [8, S]
at::Tensor shown_attention(const LabelFit& label, const PreparedWindows& window);

}  // namespace purlscope::models::structured
