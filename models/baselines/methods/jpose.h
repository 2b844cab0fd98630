#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "models/baselines/baseline.h"
#include "models/baselines/learn/layers.h"

namespace purlscope::models::baselines {

/// One embedding network of JPoSE: a visual and a text side into one space. Parameters: `VisArch`, `TextArch`.
class PairNet final : public torch::nn::Module {
 public:
  /// @param visual widths of the visual side, tanh at its end
  /// @param text   widths of the text side: of one layer, with tanh; of two, tanh between and ReLU at the end
  PairNet(const std::vector<std::int64_t>& visual, const std::vector<std::int64_t>& text);
  at::Tensor embed_visual(const at::Tensor& x) const { return unit_rows(visual_->forward(x)); }  ///< unit rows
  at::Tensor embed_text(const at::Tensor& x) const { return unit_rows(text_->forward(x)); }      ///< unit rows

 private:
  std::shared_ptr<Layers> visual_, text_;
};

/// Verb and noun networks, and the joint one over both embeddings: `VerbPosMmen`, `NounPosMmen`, `JointMmen`.
class JposeNet final : public torch::nn::Module {
 public:
  struct Widths {
    std::int64_t visual = 256;
    std::int64_t verb = 1024, verb_layer = 512;  ///< layer 0 = none
    std::int64_t noun = 1024, noun_layer = 512;
    std::int64_t embedded = 50, joint = 50;
  };
  explicit JposeNet(const Widths& widths);

  /// What each network makes of clips or of classes, unit rows.
  struct Embedded {
    at::Tensor verb, noun, joint;
  };
  Embedded embed_visual(const at::Tensor& features) const;                      ///< @param features [B, n] unit rows
  Embedded embed_text(const at::Tensor& verbs, const at::Tensor& nouns) const;  ///< @param verbs, nouns [C, m]

  std::shared_ptr<PairNet> verb, noun, joint;
};

struct JposeWeights {
  double margin = 0.3;
  double triplet = 0.01;
  bool all_negatives = false;  ///< draw a triplet's negative from all samples, as the reference code, its own class too
};

/// Triplet loss over a batch of unit rows: each sample names its least similar row of the same word as positive and its
/// most similar row as negative; every row is compared with every named pair. @return the sum over B x B by B
at::Tensor triplet_loss(const at::Tensor& embedded, const at::Tensor& words, const JposeWeights& weights);

struct JposeLosses {
  at::Tensor verb, noun, joint, verb_triplet, noun_triplet;  ///< scalars
  at::Tensor total(double triplet) const { return verb + noun + triplet * (verb_triplet + noun_triplet) + joint; }
};

/// Words of the seen classes.
struct JposeTexts {
  at::Tensor verbs, nouns;          ///< [C, m]
  at::Tensor verb_word, noun_word;  ///< [C] number of each class's word
};

/// @param features [B, n] unit rows @param target [B] classes
JposeLosses jpose_losses(const JposeNet& net, const at::Tensor& features, const JposeTexts& texts,
                         const at::Tensor& target, const JposeWeights& weights);

/// JPoSE: verb, noun and joint embeddings of clips and labels, learned by hinge losses over the seen classes (whose
/// embeddings carry no gradient there, but for each clip's own) and by triplets within a word; clips and labels are
/// compared in the joint space. Source: Wray et al., "Fine-Grained Action Retrieval Through Multiple Parts-of-Speech
/// Embeddings" (ICCV 2019), with sizes and weights of Gupta et al. (ICIP 2021), whose code also draws a triplet's
/// negative from all samples.
///
/// Settings: Schedule (72,000 steps of 1,024 clips: 2,000 passes over NTU-60's 55 seen classes; rate 1e-4, speed_up
/// 40), `text_layer` 512 (0 = none), `embedded` 50, `joint` 50, `margin` 0.3, `triplet` 0.01, `triplet_negatives`
/// "other-words" or "all" (the reference code's), `joint_weight_decay` 1e-3, `visual_rms` 1.
std::unique_ptr<Baseline> make_jpose(Settings& settings);

}  // namespace purlscope::models::baselines
