#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <memory>

#include "models/baselines/baseline.h"

namespace purlscope::models::baselines {

/// Critic of SMIE: three layers over a clip's feature beside a text. Parameters: `l0`, `l1`, `l2`.
class Critic final : public torch::nn::Module {
 public:
  struct Widths {
    std::int64_t visual = 256, text = 768;
    std::int64_t first = 1024, second = 512;
  };
  explicit Critic(const Widths& widths);
  /// @param visual [B, n] @param text [B, m] @return [B]
  at::Tensor forward(const at::Tensor& visual, const at::Tensor& text) const;

 private:
  torch::nn::Linear first_{nullptr}, second_{nullptr}, last_{nullptr};
};

struct SmieWeights {
  double margin = 0.1;
  double temporal = 0.5;  ///< weight of the temporal constraint
};

struct SmieLosses {
  at::Tensor whole;     ///< estimate of the mutual information of clips and texts, scalar
  at::Tensor masked;    ///< the same of the clips without their key frames
  at::Tensor temporal;  ///< what the first lacks of being `margin` above the second
  at::Tensor total(double weight) const { return weight * temporal - whole; }
};

/// Jensen-Shannon estimate of mutual information; a clip's false partner is the next one of the batch. Features are
/// normalised over their channels here.
/// @param features [B, n] @param masked [B, n] @param texts [B, m] of each clip's class
SmieLosses smie_losses(const Critic& critic, const at::Tensor& features, const at::Tensor& masked,
                       const at::Tensor& texts, double margin);

/// Scores as the reference code gives them: -softplus(-critic). @param features [B, n], as the critic is to see them
/// @param texts [L, m] @return [B, L]
at::Tensor smie_scores(const Critic& critic, const at::Tensor& features, const at::Tensor& texts);

/// Zero mean and unit variance over the channels. @param features [B, n]
at::Tensor normalise_channels(const at::Tensor& features);

/// SMIE: a critic that tells a clip's own text from another's by maximising mutual information, and ranks the clip
/// above itself without its key frames. Source: Zhou et al., "Zero-shot Skeleton-based Action Recognition via Mutual
/// Information Estimation and Maximization" (ACM MM 2023). Its code leaves the normalisation out when it scores
/// (`normalised_scores` false).
///
/// Settings: Schedule (28,200 steps of 128 clips: 100 passes over NTU-60's 55 seen classes; rate 1e-5, speed_up 20),
/// `warm_up` 0.15 of the steps, then a cosine, `first` 1024 and `second` 512 (widths), `margin` 0.1, `temporal` 0.5,
/// `normalised_scores` true, `visual_rms` 1.
std::unique_ptr<Baseline> make_smie(Settings& settings);

}  // namespace purlscope::models::baselines
