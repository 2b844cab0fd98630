#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <memory>

#include "models/baselines/baseline.h"
#include "models/baselines/learn/vae.h"

namespace purlscope::models::baselines {

/// Auto-encoders of clips, nouns and verbs; the latents of a noun and a verb lie side by side in that of a clip, the
/// noun first. Parameters: `sequence_`, `n_text_`, `v_text_`, each with `encoder` and `decoder`.
class SynseNet final : public torch::nn::Module {
 public:
  /// @param latent of a clip, even; half of it for each text
  SynseNet(std::int64_t visual, std::int64_t text, std::int64_t latent);

  std::shared_ptr<GaussianEncoder> visual_encoder, noun_encoder, verb_encoder;
  std::shared_ptr<LatentDecoder> visual_decoder, noun_decoder, verb_decoder;
};

/// Noise of a batch, [B, 1] each.
struct SynseNoise {
  at::Tensor visual, noun, verb;
};

struct SynseLosses {
  at::Tensor visual, noun, verb;                                   ///< reconstruction from the own latent
  at::Tensor visual_divergence, noun_divergence, verb_divergence;  ///< from the standard normal, not negative
  at::Tensor visual_from_texts, noun_from_visual, verb_from_visual;

  struct Weights {
    double visual_divergence = 0, text_divergence = 0, cross = 0;
  };
  at::Tensor total(const Weights& weights) const;
};

/// @param features [B, n] @param nouns, verbs [B, m] of each clip's class
SynseLosses synse_losses(const SynseNet& net, const at::Tensor& features, const at::Tensor& nouns,
                         const at::Tensor& verbs, const SynseNoise& noise);

/// Weights at a place of the training: the texts' divergence climbs from where cross reconstruction sets in, from the
/// third cycle on.
SynseLosses::Weights synse_weights(const Cycles& cycles, const Cycles::Place& place);

/// SynSE: CADA-VAE with one text auto-encoder for the noun and one for the verb of a label, half of the latent each.
/// For generalised zero-shot recognition see learn/seen_gate.h.
/// Source: Gupta et al., "Syntactically Guided Generative Embeddings for Zero-Shot Skeleton Action Recognition" (ICIP
/// 2021).
///
/// Settings: as make_cada_vae(); `latent` is even.
std::unique_ptr<Baseline> make_synse(Settings& settings);

}  // namespace purlscope::models::baselines
