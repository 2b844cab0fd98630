#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <memory>

#include "models/baselines/baseline.h"
#include "models/baselines/learn/vae.h"

namespace purlscope::models::baselines {

/// Auto-encoders of clips and texts that share a latent space: `sequence_encoder`, `sequence_decoder`, `text_encoder`,
/// `text_decoder`.
class CadaVaeNet final : public torch::nn::Module {
 public:
  CadaVaeNet(std::int64_t visual, std::int64_t text, std::int64_t latent);

  std::shared_ptr<GaussianEncoder> visual_encoder, text_encoder;
  std::shared_ptr<LatentDecoder> visual_decoder, text_decoder;
};

/// Noise of a batch, [B, 1] each.
struct CadaVaeNoise {
  at::Tensor visual, text;
};

struct CadaVaeLosses {
  at::Tensor visual, text;                        ///< reconstruction of each side from its own latent
  at::Tensor visual_divergence, text_divergence;  ///< from the standard normal, not negative
  at::Tensor visual_from_text, text_from_visual;  ///< cross reconstruction

  struct Weights {
    double visual_divergence = 0, text_divergence = 0, cross = 0;
  };
  at::Tensor total(const Weights& weights) const;
};

/// @param features [B, n] @param texts [B, m] of each clip's class
CadaVaeLosses cada_vae_losses(const CadaVaeNet& net, const at::Tensor& features, const at::Tensor& texts,
                              const CadaVaeNoise& noise);

/// Weights at a place of the training: the text's divergence counts once cross reconstruction has set in.
CadaVaeLosses::Weights cada_vae_weights(const Cycles& cycles, const Cycles::Place& place);

/// CADA-VAE: both sides generate latents in one space; a classifier learned on latents generated from the candidates'
/// texts names a clip by the mean of its latent.
/// Source: Schoenfeld et al., "Generalized Zero- and Few-Shot Learning via Aligned Variational Autoencoders" (CVPR
/// 2019; its distribution alignment has weight 0 here), with sizes and cycles of Gupta et al. (ICIP 2021).
///
/// Settings: Cycles; Schedule without `steps` (batches of 64, rate 1e-4, speed_up 5); ClassifierOptions; `latent` 100
/// (200 was published for 120 classes), `visual_rms` 1.
std::unique_ptr<Baseline> make_cada_vae(Settings& settings);

}  // namespace purlscope::models::baselines
