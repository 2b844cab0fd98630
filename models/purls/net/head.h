#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <memory>
#include <utility>

#include "models/nets/row_map.h"
#include "models/purls/net/partition.h"
#include "models/training/random.h"

namespace purlscope::models::purls {

/// What a set of queries sees: attention weights and the features pooled by them.
struct Attended {
  at::Tensor weights;  ///< [N, C, 8, S] or [N, 8, S], each row summing to 1
  at::Tensor pooled;   ///< [N, C, 8, n] or [N, 8, n]
};

inline constexpr double kLeastNorm = 1e-9;  ///< of a projected feature that is brought to unit norm

/// How pooled node features become text features.
enum class HeadForm {
  paper,    ///< one MLP of two layers shared by the eight sentences, compared by cosine (PURLS section 3.4)
  official  ///< one MLP over all eight pooled features at once, batch norm, tanh, compared by inner product (its code)
};

struct HeadOptions {
  HeadForm form = HeadForm::paper;
  std::int64_t text_dim = 384;  ///< m
  std::int64_t node_dim = 128;  ///< n
  std::int64_t key_dim = 150;   ///< h, PURLS section 4.2
  std::int64_t heads = 1;       ///< attention heads, averaged before the softmax (the official code has two)
  std::int64_t hidden = 256;    ///< width of f_skel's hidden layer (official: 1024)
  double dropout = 0.3;
  double input_gain = 4.0;     ///< factor on unit-norm inputs, whose entries are about 1/sqrt(width); official: 1
  double temperature = 0.1;    ///< tau at the start of training
  bool learn_weights = false;  ///< learn alpha of eq. 4 instead of equal shares; unconstrained, as the official code
  Partition partition = Partition::adaptive;
  bool body_parts = true;  ///< BP: head, hands, torso and legs take part
  bool intervals = true;   ///< TI: start, middle and end take part
};

/// The learned PURLS head: cross-attention of sentences over skeleton nodes (eq. 1 and 2) and the projection f_skel of
/// the pooled features into the text space (section 3.4).
///
/// Parameter names are those of the official state dict. Thread: one at a time; gradients flow where enabled.
class PurlsHead : public torch::nn::Module {
 public:
  /// @param places logits of a partition that is not learned, as partition_logits() gives them; unused by an adaptive
  /// one
  explicit PurlsHead(const HeadOptions& options, at::Tensor places = {});

  /// Draws all weights from the generator; on the processor.
  void initialise(at::Generator generator);
  /// One of its own with the same weights and statistics, on the same device.
  std::shared_ptr<PurlsHead> copy() const;

  /// Every candidate asks with its own sentences; no sample's label is involved.
  /// @param queries [C, 8, m] unit-norm text features
  /// @param nodes   [N, S, n] unit-norm node features, joint fastest
  /// @return weights [N, C, 8, S], pooled [N, C, 8, n]
  /// @throws Error{Code::shape_mismatch} when m or n is not what the projections have
  Attended attend_candidates(const at::Tensor& queries, const at::Tensor& nodes) const;

  /// Every sample is asked with sentences of its own (training on true labels, and the published protocol).
  /// @param queries [N, 8, m] @param nodes [N, S, n]
  /// @return weights [N, 8, S], pooled [N, 8, n]
  Attended attend_own(const at::Tensor& queries, const at::Tensor& nodes) const;

  /// f_skel. @param pooled [..., 8, n] @return [..., 8, m], unit norm in the paper's form
  at::Tensor project(const at::Tensor& pooled, const Noise& noise = {});

  /// The queries carried into the space of the nodes: the attention logit of a node is its inner product with this.
  /// @param queries [..., 8, m] @return Q W_K^T / sqrt(h), [..., 8, n]; zero under a partition that is not learned
  at::Tensor query_directions(const at::Tensor& queries) const;

  /// Attention of all candidates' sentences. @param logits [N, 8 or C * 8, S] without what the partition adds
  at::Tensor attention(const at::Tensor& logits) const;

  /// The two layers of f_skel in the paper's form, the factor on its inputs folded in; a rectifier lies between them.
  std::pair<RowMap::Weights, RowMap::Weights> projection_layers() const;

  /// Factor on similarities in the losses, [1] or [8].
  at::Tensor similarity_scale() const;
  /// alpha of eq. 4, [8]; zero for levels that take no part.
  at::Tensor level_weights() const { return level_weights_ * active(); }
  /// Equal shares of the levels that take part, summing to 1. [8]
  at::Tensor equal_shares() const { return active() / active().sum(); }
  const HeadOptions& options() const { return options_; }

 private:
  at::Tensor active() const { return active_.to(at::kFloat); }  ///< 1 for the levels that take part
  at::Tensor project_shared(const at::Tensor& pooled, const Noise& noise);
  at::Tensor project_joint(const at::Tensor& pooled, const Noise& noise);
  void build_shared();
  void build_joint();

  HeadOptions options_;
  std::shared_ptr<torch::nn::Module> attention_, projection_;
  torch::nn::Linear query_{nullptr}, key_{nullptr}, first_{nullptr}, second_{nullptr};
  torch::nn::BatchNorm1d input_norm_{nullptr}, hidden_norm_{nullptr};
  at::Tensor temperatures_, level_weights_;
  at::Tensor active_;  ///< [8] whether a level takes part
  at::Tensor places_;  ///< [8, S] on the processor, undefined for an adaptive partition
};

}  // namespace purlscope::models::purls
