#include <fmt/format.h>

#include <optional>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/text/clip/bpe.h"
#include "models/text/cached_encoder.h"
#include "models/text/clip_network.h"

namespace purlscope::models {
namespace fs = std::filesystem;
namespace {

constexpr const char* kSettings = "byte-level BPE, 77 tokens, pooling at the end token, unit norm, revision 1";

/// As MiniLmEncoder; only the width is read from the weights at once.
class ClipEncoder final : public CachedEncoder {
 public:
  explicit ClipEncoder(const fs::path& dir)
      : weights_(dir / "model.safetensors"), merges_(dir / "merges.txt"), name_(dir.filename().string()) {
    const core::SafeTensors file = core::SafeTensors::open(weights_);
    if (!ClipNetwork::is_clip(file)) {
      throw Error(Code::bad_format, fmt::format("{}: not the text network of CLIP: it lacks text_model.* or "
                                                "text_projection.weight; import the file again",
                                                weights_.string()));
    }
    const std::vector<std::int64_t>& shape = file.at("text_projection.weight").shape;
    dim_ = shape.empty() ? 0 : shape.front();
  }

  std::string name() const override { return name_; }
  std::int64_t dim() const override { return dim_; }

 protected:
  std::string make_hash() const override {
    Fingerprint fingerprint;
    add_text(fingerprint, kSettings);
    add_tensors(fingerprint, weights_);
    add_file(fingerprint, merges_);
    return fmt::format("{:016x}", fingerprint.value());
  }

  at::Tensor encode_new(std::span<const std::string> texts) override {
    if (!tokenizer_) tokenizer_.emplace(merges_);
    if (!network_) network_ = ClipNetwork::load(weights_);
    std::vector<std::vector<std::int64_t>> tokens;
    for (const std::string& text : texts) tokens.push_back(tokenizer_->encode(text));
    return network_->encode(tokens);
  }

 private:
  fs::path weights_, merges_;
  std::string name_;
  std::int64_t dim_ = 0;
  std::optional<core::ClipBpe> tokenizer_;
  std::optional<ClipNetwork> network_;
};

}  // namespace

std::unique_ptr<TextEncoder> make_clip_encoder(const fs::path& folder) {
  if (!fs::is_regular_file(folder / "model.safetensors") || !fs::is_regular_file(folder / "merges.txt")) {
    throw Error(Code::not_found,
                fmt::format("the text encoder CLIP is not installed: {} lacks model.safetensors or merges.txt; install "
                            "weights and vocabulary with `purlscope weights import FILE --vocab "
                            "bpe_simple_vocab_16e6.txt.gz`, or use the encoder minilm",
                            folder.string()));
  }
  return std::make_unique<ClipEncoder>(folder);
}

}  // namespace purlscope::models
