#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <unordered_set>

#include "core/base/paths.h"
#include "core/base/safetensors.h"
#include "core/text/wordpiece.h"
#include "models/text/encoder.h"
#include "models/text/feature_cache.h"
#include "models/text/fingerprint.h"
#include "models/text/minilm_network.h"

namespace purlscope::models {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxTokens = 256;  // of the sentence-transformers configuration
constexpr std::int64_t kDim = 384;
constexpr const char* kSettings = "wordpiece uncased, 256 tokens, mean pooling, unit norm, revision 1";

fs::path weights_file(const fs::path& dir) { return dir / "model.safetensors"; }
fs::path vocabulary_file(const fs::path& dir) { return dir / "vocab.txt"; }

void add_text(Fingerprint& fingerprint, std::string_view text) { fingerprint.add(std::as_bytes(std::span(text))); }

/// Identifies the weights' values, the vocabulary and what we do with them; the same on every machine.
std::string content_hash(const fs::path& dir) {
  Fingerprint fingerprint;
  add_text(fingerprint, kSettings);
  const core::SafeTensors file = core::SafeTensors::open(weights_file(dir));
  for (const auto& [name, tensor] : file.tensors()) {
    add_text(fingerprint, name);
    add_text(fingerprint, tensor.dtype);
    fingerprint.add(std::as_bytes(std::span(tensor.shape)));
    fingerprint.add(tensor.bytes);
  }
  std::ifstream in(vocabulary_file(dir), std::ios::binary);
  add_text(fingerprint, std::string{std::istreambuf_iterator<char>(in), {}});
  return fmt::format("{:016x}", fingerprint.value());
}

/// Opens vocabulary and network when the first text comes that the cache does not know.
class MiniLmEncoder final : public TextEncoder {
 public:
  explicit MiniLmEncoder(fs::path dir) : dir_(std::move(dir)) {}

  std::string name() const override { return kMiniLmName; }

  std::string hash() const override {
    if (hash_.empty()) hash_ = content_hash(dir_);
    return hash_;
  }

  std::int64_t dim() const override { return kDim; }

  at::Tensor encode(std::span<const std::string> texts) override {
    if (!cache_)
      cache_.emplace(core::user_cache_dir() / "texts" / (hash() + ".features"), static_cast<std::size_t>(kDim));
    encode_unknown(texts);
    at::Tensor features = at::empty({static_cast<std::int64_t>(texts.size()), kDim});
    float* row = features.mutable_data_ptr<float>();
    for (const std::string& text : texts) {
      const std::vector<float>& known = *cache_->find(text);
      row = std::copy(known.begin(), known.end(), row);
    }
    return features;
  }

 private:
  void encode_unknown(std::span<const std::string> texts) {
    std::vector<std::string> unknown;
    std::unordered_set<std::string_view> seen;
    for (const std::string& text : texts) {
      if (cache_->find(text) == nullptr && seen.insert(text).second) unknown.push_back(text);
    }
    if (unknown.empty()) return;
    if (!tokenizer_) tokenizer_.emplace(vocabulary_file(dir_), kMaxTokens);
    if (!network_) network_ = MiniLmNetwork::load(weights_file(dir_));
    std::vector<std::vector<std::int64_t>> tokens;
    for (const std::string& text : unknown) tokens.push_back(tokenizer_->encode(text));
    const at::Tensor features = network_->encode(tokens);
    cache_->add(unknown, {features.const_data_ptr<float>(), static_cast<std::size_t>(features.numel())});
  }

  fs::path dir_;
  mutable std::string hash_;
  std::optional<FeatureCache> cache_;
  std::optional<core::WordPiece> tokenizer_;
  std::optional<MiniLmNetwork> network_;
};

}  // namespace

std::unique_ptr<TextEncoder> make_minilm_encoder() { return std::make_unique<MiniLmEncoder>(core::minilm_dir()); }

}  // namespace purlscope::models
