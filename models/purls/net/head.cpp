#include "models/purls/net/head.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/text/labels.h"
#include "models/purls/net/fused_attention.h"

namespace purlscope::models::purls {
namespace {

constexpr auto kLevels = static_cast<std::int64_t>(core::kSentenceCount);
constexpr double kLargestScale = 50.0;  // keeps the paper form's cosine / tau from running away on small sets
constexpr double kProjectionSpread = 0.15;

void expect_width(const char* what, const at::Tensor& x, std::int64_t width) {
  if (x.size(-1) == width) return;
  throw Error(Code::shape_mismatch, fmt::format("{} have {} channels, but this head was trained for {}: use the text "
                                                "encoder and backbone named in its model card",
                                                what, x.size(-1), width));
}

/// Which levels take part. [8]
at::Tensor active_levels(const HeadOptions& options) {
  constexpr std::int64_t kParts = 4;
  at::Tensor active = at::ones({kLevels}, at::kBool);
  if (!options.body_parts) active.slice(0, 0, kParts).zero_();
  if (!options.intervals) active.slice(0, kParts, kLevels - 1).zero_();
  return active;
}

torch::nn::Linear unbiased(std::int64_t in, std::int64_t out) {
  return torch::nn::Linear(torch::nn::LinearOptions(in, out).bias(false));
}

}  // namespace

PurlsHead::PurlsHead(const HeadOptions& options, at::Tensor places) : options_(options) {
  const c10::InferenceMode normal_tensors(false);
  active_ = register_buffer("active", active_levels(options_));
  if (options_.partition != Partition::adaptive) places_ = std::move(places);
  const bool official = options_.form == HeadForm::official;
  attention_ = register_module("attention", std::make_shared<torch::nn::Module>("attention"));
  query_ = attention_->register_module("linear_q", unbiased(options_.text_dim, options_.key_dim * options_.heads));
  key_ = attention_->register_module("linear_k", unbiased(options_.node_dim, options_.key_dim * options_.heads));
  projection_ = register_module("skel_encoder", std::make_shared<torch::nn::Module>("skel_encoder"));
  if (official) {
    build_joint();
  } else {
    build_shared();
  }
  // The official code initialises to log(1 / tau) and multiplies by that; the paper's form takes its exponential.
  const double start = std::log(1.0 / options_.temperature);
  temperatures_ = register_parameter("tmps", at::full({official ? kLevels : 1}, start));
  level_weights_ =
      register_parameter("d", at::full({kLevels}, 1.0 / active().sum().item<double>()), options_.learn_weights);
}

void PurlsHead::build_shared() {
  first_ = projection_->register_module("0", torch::nn::Linear(options_.node_dim, options_.hidden));
  second_ = projection_->register_module("2", torch::nn::Linear(options_.hidden, options_.text_dim));
}

void PurlsHead::build_joint() {
  input_norm_ = projection_->register_module("0", torch::nn::BatchNorm1d(kLevels * options_.node_dim));
  first_ = projection_->register_module("2", torch::nn::Linear(kLevels * options_.node_dim, options_.hidden));
  hidden_norm_ = projection_->register_module("5", torch::nn::BatchNorm1d(options_.hidden));
  second_ = projection_->register_module("7", torch::nn::Linear(options_.hidden, kLevels * options_.text_dim));
}

void PurlsHead::initialise(at::Generator generator) {
  initialise_linears(*this, generator);
  at::NoGradGuard no_grad;
  query_->weight.normal_(0, kProjectionSpread, generator);
  key_->weight.normal_(0, kProjectionSpread, generator);
}

std::shared_ptr<PurlsHead> PurlsHead::copy() const {
  const at::NoGradGuard no_grad;
  auto out = std::make_shared<PurlsHead>(options_, places_);
  const auto assign = [](const auto& from, auto to) {
    for (const auto& item : from) {
      at::Tensor& place = to[item.key()];
      place.set_data(item.value().detach().clone());
    }
  };
  assign(named_parameters(), out->named_parameters());
  assign(named_buffers(), out->named_buffers());
  out->train(is_training());
  return out;
}

at::Tensor PurlsHead::query_directions(const at::Tensor& queries) const {
  expect_width("Sentences", queries, options_.text_dim);
  if (places_.defined()) {
    auto shape = queries.sizes().vec();
    shape.back() = options_.node_dim;
    return at::zeros(shape, queries.options());
  }
  const double scale = options_.input_gain * options_.input_gain /
                       (static_cast<double>(options_.heads) * std::sqrt(static_cast<double>(options_.key_dim)));
  return at::matmul(at::matmul(queries, query_->weight.t()), key_->weight) * scale;
}

std::pair<RowMap::Weights, RowMap::Weights> PurlsHead::projection_layers() const {
  return {{first_->weight.t() * options_.input_gain, first_->bias}, {second_->weight.t(), second_->bias}};
}

at::Tensor PurlsHead::attention(const at::Tensor& logits) const {
  if (!places_.defined()) return logits.softmax(-1);
  const at::Tensor places = places_.to(logits.device());
  return (logits + places.repeat({logits.size(1) / kLevels, 1})).softmax(-1);
}

Attended PurlsHead::attend_candidates(const at::Tensor& queries, const at::Tensor& nodes) const {
  expect_width("Skeleton nodes", nodes, options_.node_dim);
  const std::int64_t candidates = queries.size(0), count = nodes.size(0);
  const at::Tensor directions = query_directions(queries).view({candidates * kLevels, options_.node_dim});
  const at::Tensor places = places_.defined() ? places_.to(nodes.device()) : places_;
  if (const auto fused = fused_attention(directions, nodes, places)) {
    return {fused->weights.view({count, candidates, kLevels, nodes.size(1)}),
            fused->pooled.view({count, candidates, kLevels, options_.node_dim})};
  }
  const at::Tensor weights = attention(at::matmul(directions, nodes.transpose(1, 2)));  // [N, C * 8, S]
  const at::Tensor pooled = at::matmul(weights, nodes);
  return {weights.view({count, candidates, kLevels, nodes.size(1)}),
          pooled.view({count, candidates, kLevels, options_.node_dim})};
}

Attended PurlsHead::attend_own(const at::Tensor& queries, const at::Tensor& nodes) const {
  expect_width("Skeleton nodes", nodes, options_.node_dim);
  const at::Tensor weights = attention(at::bmm(query_directions(queries), nodes.transpose(1, 2)));
  return {weights, at::bmm(weights, nodes)};
}

at::Tensor PurlsHead::project(const at::Tensor& pooled, const Noise& noise) {
  return options_.form == HeadForm::official ? project_joint(pooled, noise) : project_shared(pooled, noise);
}

at::Tensor PurlsHead::project_shared(const at::Tensor& pooled, const Noise& noise) {
  const at::Tensor hidden = at::relu(first_->forward(pooled * options_.input_gain));
  const at::Tensor projected = second_->forward(dropout(hidden, options_.dropout, noise));
  return projected / projected.norm(2, -1, true).clamp_min(kLeastNorm);
}

at::Tensor PurlsHead::project_joint(const at::Tensor& pooled, const Noise& noise) {
  const at::Tensor taken = pooled * active().unsqueeze(1);
  at::Tensor x = taken.reshape({-1, kLevels * options_.node_dim}) * options_.input_gain;
  x = dropout(input_norm_->forward(x), options_.dropout, noise);
  x = hidden_norm_->forward(at::silu(first_->forward(x)));
  x = at::tanh(second_->forward(dropout(x, options_.dropout, noise)));
  auto shape = pooled.sizes().vec();
  shape.back() = options_.text_dim;
  return x.view(shape);
}

at::Tensor PurlsHead::similarity_scale() const {
  if (options_.form == HeadForm::official) return temperatures_;
  return temperatures_.exp().clamp_max(kLargestScale);
}

}  // namespace purlscope::models::purls
