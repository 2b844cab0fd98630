#include <fmt/format.h>

#include <optional>

#include "core/base/paths.h"
#include "core/text/wordpiece.h"
#include "models/text/cached_encoder.h"
#include "models/text/minilm_network.h"

namespace purlscope::models {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxTokens = 256;  // of the sentence-transformers configuration
constexpr std::int64_t kDim = 384;
constexpr const char* kSettings = "wordpiece uncased, 256 tokens, mean pooling, unit norm, revision 1";

/// Opens vocabulary and network when the first text comes that the cache does not know.
class MiniLmEncoder final : public CachedEncoder {
 public:
  explicit MiniLmEncoder(const fs::path& dir) : weights_(dir / "model.safetensors"), vocabulary_(dir / "vocab.txt") {}

  std::string name() const override { return kMiniLmName; }
  std::int64_t dim() const override { return kDim; }

 protected:
  std::string make_hash() const override {
    Fingerprint fingerprint;
    add_text(fingerprint, kSettings);
    add_tensors(fingerprint, weights_);
    add_file(fingerprint, vocabulary_);
    return fmt::format("{:016x}", fingerprint.value());
  }

  at::Tensor encode_new(std::span<const std::string> texts) override {
    if (!tokenizer_) tokenizer_.emplace(vocabulary_, kMaxTokens);
    if (!network_) network_ = MiniLmNetwork::load(weights_);
    std::vector<std::vector<std::int64_t>> tokens;
    for (const std::string& text : texts) tokens.push_back(tokenizer_->encode(text));
    return network_->encode(tokens);
  }

 private:
  fs::path weights_, vocabulary_;
  std::optional<core::WordPiece> tokenizer_;
  std::optional<MiniLmNetwork> network_;
};

}  // namespace

std::unique_ptr<TextEncoder> make_minilm_encoder() { return make_minilm_encoder(core::minilm_dir()); }

std::unique_ptr<TextEncoder> make_minilm_encoder(const fs::path& folder) {
  return std::make_unique<MiniLmEncoder>(folder);
}

}  // namespace purlscope::models
