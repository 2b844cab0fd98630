#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "models/nets/row_map.h"

namespace purlscope::models {

/// The network of all-MiniLM-L6-v2: BERT with 6 layers of 12 heads and 384 channels, mean pooling, unit norm.
///
/// The tokens of many texts lie one after another in one matrix, so that the linear maps see all of them at once and
/// no text is padded; attention runs over groups of texts of equal length.
/// Source: Devlin et al., "BERT", 2018, sections 3 and A.2; the model card of sentence-transformers/all-MiniLM-L6-v2.
/// Thread: any; immutable after loading.
class MiniLmNetwork {
 public:
  /// @param file model.safetensors with BERT's tensor names
  /// @throws Error{Code::not_found, Code::bad_format, Code::shape_mismatch}
  static MiniLmNetwork load(const std::filesystem::path& file);

  std::int64_t dim() const { return kWidth; }

  /// @param tokens ids of each text with [CLS] and [SEP], none empty
  /// @return [N, 384] float32, unit norm, one row a text, in order; no gradient
  /// @throws Error{Code::bad_argument} for an empty or too long text or an id outside the vocabulary
  at::Tensor encode(std::span<const std::vector<std::int64_t>> tokens) const;

 private:
  static constexpr std::int64_t kWidth = 384;
  static constexpr std::int64_t kHeads = 12;
  static constexpr std::int64_t kInner = 1536;
  static constexpr std::int64_t kLayers = 6;

  struct Norm {
    at::Tensor weight, bias;  ///< [kWidth]
    at::Tensor operator()(const at::Tensor& x) const;
  };
  struct Layer {
    RowMap qkv;  ///< queries (scaled by 1 / sqrt(head width)), keys and values side by side
    RowMap joined, inner, outer;
    Norm attention_norm, output_norm;
  };
  /// Texts of one length, side by side in the packed matrix.
  struct Group {
    std::int64_t first_row, texts, length;
  };

  void check(const std::vector<std::int64_t>& tokens) const;
  at::Tensor encode_packed(std::span<const std::vector<std::int64_t>> tokens, std::span<const std::size_t> order) const;
  at::Tensor attend(const at::Tensor& qkv, const std::vector<Group>& groups) const;

  at::Tensor words_;      // [vocabulary, kWidth]
  at::Tensor positions_;  // [longest, kWidth], the constant token type added
  Norm embedding_norm_;
  std::vector<Layer> layers_;
};

}  // namespace purlscope::models
