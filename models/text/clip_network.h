#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "core/base/safetensors.h"
#include "models/nets/row_map.h"

namespace purlscope::models {

/// The text network of CLIP: a causal transformer with the norms before attention and MLP, quick GELU (x sigmoid(1.702
/// x)), pooling at the first end token, and a linear projection. All sizes are read from the file; the heads are 64
/// channels wide unless its metadata state `heads`.
///
/// The tokens of many texts lie one after another in one matrix, as in MiniLmNetwork. What stands behind the end token
/// has no influence, because attention never looks ahead; it is not computed.
/// Source: Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", 2021, section 2.4.
/// Thread: any; immutable after loading.
class ClipNetwork {
 public:
  /// @param file safetensors with the names of transformers (`text_model.*`, `text_projection.weight`); a whole CLIP
  ///        model will do
  /// @throws Error{Code::not_found, Code::bad_format, Code::shape_mismatch} naming file and tensor
  static ClipNetwork load(const std::filesystem::path& file);

  /// Whether the file holds such a network, whole or as a part. Reads no values.
  static bool is_clip(const core::SafeTensors& file);

  std::int64_t dim() const { return projection_.size(1); }

  /// @param tokens ids of each text with start and end
  /// @return [N, dim()] float32, as projected, not normalised; no gradient
  /// @throws Error{Code::bad_argument} for a text without end token, a too long one or an id outside the vocabulary
  at::Tensor project(std::span<const std::vector<std::int64_t>> tokens) const;

  /// project(), each row of unit norm.
  at::Tensor encode(std::span<const std::vector<std::int64_t>> tokens) const;

 private:
  struct Norm {
    at::Tensor weight, bias;
    at::Tensor operator()(const at::Tensor& x) const;
  };
  struct Layer {
    Norm attention_norm, inner_norm;
    RowMap qkv;  ///< queries (scaled by 1 / sqrt(head width)), keys and values side by side
    RowMap joined, inner, outer;
  };
  /// Texts of one length, side by side in the packed matrix.
  struct Group {
    std::int64_t first_row, texts, length;
  };

  static Layer load_layer(const core::SafeTensors& file, const std::string& name, std::int64_t width,
                          std::int64_t heads);
  std::size_t used_length(const std::vector<std::int64_t>& tokens) const;
  at::Tensor project_packed(std::span<const std::vector<std::int64_t>> tokens,
                            std::span<const std::size_t> order) const;
  at::Tensor attend(const at::Tensor& qkv, const std::vector<Group>& groups) const;

  std::int64_t heads_ = 1;
  at::Tensor words_;       // [vocabulary, width]
  at::Tensor positions_;   // [longest, width]
  at::Tensor projection_;  // [width, dim]
  Norm final_norm_;
  std::vector<Layer> layers_;
};

}  // namespace purlscope::models
