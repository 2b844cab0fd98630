#pragma once

#include <ATen/ATen.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/engine/engine.h"

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

/// The default encoder, all-MiniLM-L6-v2 (6 layers, 384-d, mean pooling), from core::minilm_dir() or another folder.
/// Encoded texts are cached in memory. @throws Error{Code::not_found} with the remedy
std::unique_ptr<TextEncoder> make_minilm_encoder();
std::unique_ptr<TextEncoder> make_minilm_encoder(const std::filesystem::path& folder);

/// CLIP's text encoder, of an installed pair of files; its name is the folder's. Encoded texts are cached in memory.
/// @param folder  holds `model.safetensors` and `merges.txt`
/// @throws Error{Code::not_found} with the remedy when either is missing, Error{Code::bad_format} for other weights
std::unique_ptr<TextEncoder> make_clip_encoder(const std::filesystem::path& folder);

/// An encoder by its name: "minilm" (also when empty), or the name of installed weights of a text encoder.
/// @throws Error{Code::not_found} with the remedy, Error{Code::bad_argument} for weights of another kind
std::unique_ptr<TextEncoder> make_text_encoder(const std::string& name);

/// The encoder that the options ask for. @throws as make_text_encoder() and make_table_encoder()
std::unique_ptr<TextEncoder> open_encoder(const core::EngineOptions& options);

/// Features computed elsewhere, normalised. Its hash is that of the encoder's name and width, because two files of the
/// same encoder seldom hold the same texts. encode() throws Error{Code::not_found} naming a text without features.
/// @throws Error{Code::bad_format} naming file and text for features that are not finite or all zero
std::unique_ptr<TextEncoder> make_table_encoder(const core::TextFeatures& features);

}  // namespace purlscope::models
