#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "models/baselines/baseline.h"
#include "models/baselines/learn/layers.h"

namespace purlscope::models::baselines {

/// What an auto-encoder makes of a batch.
struct Encoded {
  at::Tensor hidden;  ///< [B, h]
  at::Tensor output;  ///< [B, d] the input again, not negative
  at::Tensor mapped;  ///< [B, c] in the space common to both sides, -1 to 1
};

/// Auto-encoder of one side of ReViSE with its map to the common space. Parameters: `encoder`, `decoder`,
/// `transformation`, as in the reference code.
class AutoEncoder final : public torch::nn::Module {
 public:
  /// @param widths of the input and of the encoder's layers; the decoder goes back through them @param common its map's
  AutoEncoder(const std::vector<std::int64_t>& widths, std::int64_t common);
  Encoded forward(const at::Tensor& x) const;
  /// Norm of the derivative of the sum of a one-layer encoder's hidden units by the batch, [1]; no gradient.
  at::Tensor contraction(const at::Tensor& hidden) const;

 private:
  std::shared_ptr<Layers> encoder_, decoder_, transformation_;
};

/// Both sides: `visae` and `attae`.
class ReviseNet final : public torch::nn::Module {
 public:
  struct Widths {
    std::int64_t visual = 256, text = 1024;
    std::int64_t visual_hidden = 100;
    std::int64_t text_layer = 512, text_hidden = 100;
    std::int64_t common = 50;
  };
  explicit ReviseNet(const Widths& widths);

  std::shared_ptr<AutoEncoder> visual, text;
};

struct ReviseWeights {
  double contraction = 1e-4;
  double kernel = 32;  ///< k of the discrepancy
  double margin = 0.3;
};

struct ReviseLosses {
  at::Tensor visual, text, discrepancy, prediction;  ///< scalars
  at::Tensor total() const { return visual + text + discrepancy + prediction; }
};

/// @param features [B, n] log(1 + x) of the pooled features @param texts [C, m] of the seen classes @param target [B]
ReviseLosses revise_losses(const ReviseNet& net, const at::Tensor& features, const at::Tensor& texts,
                           const at::Tensor& target, const ReviseWeights& weights);

/// ReViSE: two auto-encoders whose hidden layers are brought together by maximum mean discrepancy, and whose maps to a
/// common space are compared by inner product. In the hinge loss only a clip's own class carries a gradient and the
/// contractive term is a constant for learning, as in the reference code.
/// Source: Tsai, Huang, Salakhutdinov, "Learning Robust Visual-Semantic Embeddings" (ICCV 2017), with sizes and weights
/// of Gupta et al., "Syntactically Guided Generative Embeddings for Zero-Shot Skeleton Action Recognition" (ICIP 2021).
///
/// Settings: Schedule (10,800 steps of 1,024 clips: 300 passes over NTU-60's 55 seen classes; rate 1e-4, speed_up 10),
/// `visual_hidden` 100, `text_layer` 512, `text_hidden` 100, `common` 50, `contraction` 1e-4, `kernel` 32, `margin`
/// 0.3, `text_weight_decay` 1e-3, `visual_rms` 1. The published runs stop where unseen classes are recognised best;
/// these make all their steps.
std::unique_ptr<Baseline> make_revise(Settings& settings);

}  // namespace purlscope::models::baselines
