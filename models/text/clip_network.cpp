#include "models/text/clip_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/text/clip/bpe.h"
#include "models/weights/load.h"

namespace purlscope::models {
namespace {

constexpr double kNormEpsilon = 1e-5;  // CLIP's configuration
constexpr double kQuickGelu = 1.702;
constexpr std::int64_t kHeadWidth = 64;       // of all published CLIP models
constexpr std::size_t kTokensPerPass = 2048;  // keeps what lies between two layers within the cache of a core
constexpr const char* kHeadsKey = "heads";
constexpr const char* kWords = "text_model.embeddings.token_embedding.weight";
constexpr const char* kPositions = "text_model.embeddings.position_embedding.weight";
constexpr const char* kProjection = "text_projection.weight";

std::int64_t heads_of(const core::SafeTensors& file, std::int64_t width) {
  const auto stated = file.metadata().find(kHeadsKey);
  const std::string text = stated == file.metadata().end() ? std::string() : stated->second;
  std::int64_t heads = width / kHeadWidth;
  const bool read = text.empty() || std::from_chars(text.data(), text.data() + text.size(), heads).ec == std::errc();
  if (!read || heads < 1 || width % heads != 0) {
    throw Error(Code::bad_format,
                fmt::format("{}: {} channels cannot be shared by {} heads; state their number as "
                            "'{}' in the file's metadata",
                            file.path().string(), width, text.empty() ? "64-channel" : text, kHeadsKey));
  }
  return heads;
}

}  // namespace

at::Tensor ClipNetwork::Norm::operator()(const at::Tensor& x) const {
  return at::layer_norm(x, {x.size(1)}, weight, bias, kNormEpsilon);
}

bool ClipNetwork::is_clip(const core::SafeTensors& file) {
  return file.contains(kWords) && file.contains(kPositions) && file.contains(kProjection);
}

ClipNetwork::Layer ClipNetwork::load_layer(const core::SafeTensors& file, const std::string& name, std::int64_t width,
                                           std::int64_t heads) {
  const auto linear = [&](const std::string& part, std::int64_t in, std::int64_t out) {
    return RowMap::Weights{load_tensor(file, name + part + ".weight", {out, in}).t().contiguous(),
                           load_tensor(file, name + part + ".bias", {out})};
  };
  const auto norm = [&](const std::string& part) {
    return Norm{load_tensor(file, name + part + ".weight", {width}), load_tensor(file, name + part + ".bias", {width})};
  };
  const double scale = 1.0 / std::sqrt(static_cast<double>(width / heads));
  const RowMap::Weights query = linear("self_attn.q_proj", width, width);
  const RowMap::Weights key = linear("self_attn.k_proj", width, width);
  const RowMap::Weights value = linear("self_attn.v_proj", width, width);
  const std::vector<std::int64_t>& inner = file.at(name + "mlp.fc1.bias").shape;
  const std::int64_t inner_width = inner.empty() ? 0 : inner.front();
  return {.attention_norm = norm("layer_norm1"),
          .inner_norm = norm("layer_norm2"),
          .qkv = RowMap({at::cat({query.weight * scale, key.weight, value.weight}, 1),
                         at::cat({query.bias * scale, key.bias, value.bias})}),
          .joined = RowMap(linear("self_attn.out_proj", width, width)),
          .inner = RowMap(linear("mlp.fc1", width, inner_width)),
          .outer = RowMap(linear("mlp.fc2", inner_width, width))};
}

ClipNetwork ClipNetwork::load(const std::filesystem::path& path) {
  const core::SafeTensors file = core::SafeTensors::open(path);
  ClipNetwork network;
  network.words_ = load_tensor(file, kWords, {-1, -1});
  const std::int64_t width = network.words_.size(1);
  network.heads_ = heads_of(file, width);
  network.positions_ = load_tensor(file, kPositions, {-1, width});
  network.projection_ = load_tensor(file, kProjection, {-1, width}).t().contiguous();
  network.final_norm_ = {load_tensor(file, "text_model.final_layer_norm.weight", {width}),
                         load_tensor(file, "text_model.final_layer_norm.bias", {width})};
  for (int i = 0;; ++i) {
    const std::string name = fmt::format("text_model.encoder.layers.{}.", i);
    if (i > 0 && !file.contains(name + "layer_norm1.weight")) return network;
    network.layers_.push_back(load_layer(file, name, width, network.heads_));
  }
}

at::Tensor ClipNetwork::encode(std::span<const std::vector<std::int64_t>> tokens) const {
  const at::Tensor rows = project(tokens);
  return rows / rows.norm(2, {1}, true);
}

at::Tensor ClipNetwork::project(std::span<const std::vector<std::int64_t>> tokens) const {
  const at::NoGradGuard no_grad;
  std::vector<std::size_t> lengths;
  for (const auto& text : tokens) lengths.push_back(used_length(text));
  std::vector<std::size_t> order(tokens.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return lengths[a] < lengths[b]; });

  at::Tensor features = at::empty({static_cast<std::int64_t>(tokens.size()), dim()});
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin, count = 0;
    while (end < order.size() && (end == begin || count + lengths[order[end]] <= kTokensPerPass)) {
      count += lengths[order[end++]];
    }
    const std::span<const std::size_t> pass = std::span(order).subspan(begin, end - begin);
    const at::Tensor rows = project_packed(tokens, pass);
    for (std::size_t i = 0; i < pass.size(); ++i) {
      features[static_cast<std::int64_t>(pass[i])].copy_(rows[static_cast<std::int64_t>(i)]);
    }
    begin = end;
  }
  return features;
}

std::size_t ClipNetwork::used_length(const std::vector<std::int64_t>& tokens) const {
  const auto end = std::find(tokens.begin(), tokens.end(), core::kClipEnd);
  if (end == tokens.end()) {
    throw Error(Code::bad_argument,
                fmt::format("a text of {} tokens has no end token {}", tokens.size(), core::kClipEnd));
  }
  const std::int64_t length = end - tokens.begin() + 1;
  if (length > positions_.size(0)) {
    throw Error(Code::bad_argument,
                fmt::format("a text has {} tokens, expected at most {}", length, positions_.size(0)));
  }
  const auto outside = std::find_if(tokens.begin(), end + 1, [&](auto id) { return id < 0 || id >= words_.size(0); });
  if (outside != end + 1) {
    throw Error(Code::bad_argument, fmt::format("token {} is outside the network's vocabulary of {}: vocabulary and "
                                                "weights do not belong together",
                                                *outside, words_.size(0)));
  }
  return static_cast<std::size_t>(length);
}

at::Tensor ClipNetwork::project_packed(std::span<const std::vector<std::int64_t>> tokens,
                                       std::span<const std::size_t> order) const {
  std::vector<std::int64_t> ids, places, ends;
  std::vector<Group> groups;
  for (const std::size_t text : order) {
    const auto length = static_cast<std::int64_t>(used_length(tokens[text]));
    if (groups.empty() || groups.back().length != length) {
      groups.push_back({static_cast<std::int64_t>(ids.size()), 0, length});
    }
    ++groups.back().texts;
    ids.insert(ids.end(), tokens[text].begin(), tokens[text].begin() + length);
    for (std::int64_t place = 0; place < length; ++place) places.push_back(place);
    ends.push_back(static_cast<std::int64_t>(ids.size()) - 1);
  }
  at::Tensor x = words_.index_select(0, at::tensor(ids)) + positions_.index_select(0, at::tensor(places));
  for (const Layer& layer : layers_) {
    x = x + layer.joined(attend(layer.qkv(layer.attention_norm(x)), groups));
    const at::Tensor inner = layer.inner(layer.inner_norm(x));
    x = x + layer.outer(inner * (inner * kQuickGelu).sigmoid());
  }
  return at::mm(final_norm_(x.index_select(0, at::tensor(ends))), projection_);
}

at::Tensor ClipNetwork::attend(const at::Tensor& qkv, const std::vector<Group>& groups) const {
  const std::int64_t width = qkv.size(1) / 3;
  at::Tensor mixed = at::empty({qkv.size(0), width});
  for (const Group& group : groups) {
    const std::int64_t rows = group.texts * group.length;
    const at::Tensor heads = qkv.narrow(0, group.first_row, rows)
                                 .view({group.texts, group.length, 3, heads_, width / heads_})
                                 .permute({2, 0, 3, 1, 4});
    const at::Tensor ahead = at::ones({group.length, group.length}, at::kBool).triu(1);
    const at::Tensor scores = at::matmul(heads[0], heads[1].transpose(-1, -2));
    const at::Tensor weights = scores.masked_fill(ahead, -std::numeric_limits<float>::infinity()).softmax(-1);
    mixed.narrow(0, group.first_row, rows)
        .view({group.texts, group.length, heads_, width / heads_})
        .copy_(at::matmul(weights, heads[2]).transpose(1, 2));
  }
  return mixed;
}

}  // namespace purlscope::models
