#include "models/text/minilm_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/safetensors.h"
#include "models/weights/load.h"

namespace purlscope::models {
namespace {

constexpr double kNormEpsilon = 1e-12;        // BERT's configuration
constexpr std::size_t kTokensPerPass = 2048;  // keeps what lies between two layers within the cache of a core

}  // namespace

at::Tensor MiniLmNetwork::Norm::operator()(const at::Tensor& x) const {
  return at::layer_norm(x, {kWidth}, weight, bias, kNormEpsilon);
}

MiniLmNetwork MiniLmNetwork::load(const std::filesystem::path& path) {
  const core::SafeTensors file = core::SafeTensors::open(path);
  const auto linear = [&](const std::string& name, std::int64_t in, std::int64_t out) {
    return RowMap::Weights{load_tensor(file, name + ".weight", {out, in}).t().contiguous(),
                           load_tensor(file, name + ".bias", {out})};
  };
  const auto norm = [&](const std::string& name) {
    return Norm{load_tensor(file, name + ".weight", {kWidth}), load_tensor(file, name + ".bias", {kWidth})};
  };
  MiniLmNetwork network;
  network.words_ = load_tensor(file, "embeddings.word_embeddings.weight", {-1, kWidth});
  network.positions_ = load_tensor(file, "embeddings.position_embeddings.weight", {-1, kWidth}) +
                       load_tensor(file, "embeddings.token_type_embeddings.weight", {-1, kWidth})[0];
  network.embedding_norm_ = norm("embeddings.LayerNorm");
  const double scale = 1.0 / std::sqrt(static_cast<double>(kWidth / kHeads));
  for (std::int64_t i = 0; i < kLayers; ++i) {
    const std::string name = fmt::format("encoder.layer.{}.", i);
    const RowMap::Weights query = linear(name + "attention.self.query", kWidth, kWidth);
    const RowMap::Weights key = linear(name + "attention.self.key", kWidth, kWidth);
    const RowMap::Weights value = linear(name + "attention.self.value", kWidth, kWidth);
    Layer layer;
    layer.qkv = RowMap({at::cat({query.weight * scale, key.weight, value.weight}, 1),
                        at::cat({query.bias * scale, key.bias, value.bias})});
    layer.joined = RowMap(linear(name + "attention.output.dense", kWidth, kWidth));
    layer.inner = RowMap(linear(name + "intermediate.dense", kWidth, kInner));
    layer.outer = RowMap(linear(name + "output.dense", kInner, kWidth));
    layer.attention_norm = norm(name + "attention.output.LayerNorm");
    layer.output_norm = norm(name + "output.LayerNorm");
    network.layers_.push_back(std::move(layer));
  }
  return network;
}

at::Tensor MiniLmNetwork::encode(std::span<const std::vector<std::int64_t>> tokens) const {
  const at::NoGradGuard no_grad;
  for (const auto& text : tokens) check(text);
  std::vector<std::size_t> order(tokens.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return tokens[a].size() < tokens[b].size(); });

  at::Tensor features = at::empty({static_cast<std::int64_t>(tokens.size()), kWidth});
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin, count = 0;
    while (end < order.size() && (end == begin || count + tokens[order[end]].size() <= kTokensPerPass)) {
      count += tokens[order[end++]].size();
    }
    const std::span<const std::size_t> pass = std::span(order).subspan(begin, end - begin);
    const at::Tensor rows = encode_packed(tokens, pass);
    for (std::size_t i = 0; i < pass.size(); ++i) {
      features[static_cast<std::int64_t>(pass[i])].copy_(rows[static_cast<std::int64_t>(i)]);
    }
    begin = end;
  }
  return features;
}

void MiniLmNetwork::check(const std::vector<std::int64_t>& tokens) const {
  const auto length = static_cast<std::int64_t>(tokens.size());
  if (length == 0 || length > positions_.size(0)) {
    throw Error(Code::bad_argument, fmt::format("a text has {} tokens, expected 1 to {}", length, positions_.size(0)));
  }
  for (const std::int64_t id : tokens) {
    if (id < 0 || id >= words_.size(0)) {
      throw Error(Code::bad_argument, fmt::format("token {} is outside the network's vocabulary of {}: vocab.txt and "
                                                  "model.safetensors do not belong together",
                                                  id, words_.size(0)));
    }
  }
}

at::Tensor MiniLmNetwork::encode_packed(std::span<const std::vector<std::int64_t>> tokens,
                                        std::span<const std::size_t> order) const {
  std::vector<std::int64_t> ids, places;
  std::vector<Group> groups;
  for (const std::size_t text : order) {
    const auto length = static_cast<std::int64_t>(tokens[text].size());
    if (groups.empty() || groups.back().length != length) {
      groups.push_back({static_cast<std::int64_t>(ids.size()), 0, length});
    }
    ++groups.back().texts;
    ids.insert(ids.end(), tokens[text].begin(), tokens[text].end());
    for (std::int64_t place = 0; place < length; ++place) places.push_back(place);
  }
  at::Tensor x =
      embedding_norm_(words_.index_select(0, at::tensor(ids)) + positions_.index_select(0, at::tensor(places)));
  for (const Layer& layer : layers_) {
    x = layer.attention_norm(x + layer.joined(attend(layer.qkv(x), groups)));
    x = layer.output_norm(x + layer.outer(at::gelu(layer.inner(x))));
  }
  std::vector<at::Tensor> pooled;
  for (const Group& group : groups) {
    pooled.push_back(
        x.narrow(0, group.first_row, group.texts * group.length).view({group.texts, group.length, kWidth}).mean(1));
  }
  const at::Tensor rows = at::cat(pooled);
  return rows / rows.norm(2, {1}, true);
}

at::Tensor MiniLmNetwork::attend(const at::Tensor& qkv, const std::vector<Group>& groups) const {
  at::Tensor mixed = at::empty({qkv.size(0), kWidth});
  for (const Group& group : groups) {
    const std::int64_t rows = group.texts * group.length;
    const at::Tensor heads = qkv.narrow(0, group.first_row, rows)
                                 .view({group.texts, group.length, 3, kHeads, kWidth / kHeads})
                                 .permute({2, 0, 3, 1, 4});
    const at::Tensor weights = at::matmul(heads[0], heads[1].transpose(-1, -2)).softmax(-1);
    mixed.narrow(0, group.first_row, rows)
        .view({group.texts, group.length, kHeads, kWidth / kHeads})
        .copy_(at::matmul(weights, heads[2]).transpose(1, 2));
  }
  return mixed;
}

}  // namespace purlscope::models
