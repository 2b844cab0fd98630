#pragma once

#include <ATen/ATen.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace purlscope::models {

/// Texts to unit-norm features (tokenizer + network). One instance belongs to one thread at a time.
class TextEncoder {
 public:
  virtual ~TextEncoder() = default;
  virtual std::string name() const = 0;  ///< "all-MiniLM-L6-v2"
  virtual std::string hash() const = 0;  ///< identifies weights and settings; key of caches
  virtual std::int64_t dim() const = 0;
  /// @return [N, dim] float32, unit norm, one row a text, in order; no gradient. Each text is encoded so that its
  ///         features do not depend on the others of the call.
  virtual at::Tensor encode(std::span<const std::string> texts) = 0;
};

/// Name of the default encoder, known without opening it.
inline constexpr const char* kMiniLmName = "all-MiniLM-L6-v2";

/// The default encoder, all-MiniLM-L6-v2 (6 layers, 384-d, mean pooling), from core::minilm_dir().
/// Encoded texts are cached in memory. @throws Error{Code::not_found} with the remedy
std::unique_ptr<TextEncoder> make_minilm_encoder();

/// CLIP's text encoder, of an installed pair of files; its name is the folder's. Encoded texts are cached in memory.
/// @param folder  holds `model.safetensors` and `merges.txt`
/// @throws Error{Code::not_found} with the remedy when either is missing, Error{Code::bad_format} for other weights
std::unique_ptr<TextEncoder> make_clip_encoder(const std::filesystem::path& folder);

}  // namespace purlscope::models
