#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "models/text/encoder.h"
#include "models/text/feature_cache.h"
#include "models/text/fingerprint.h"

namespace purlscope::models {

/// A text encoder that asks its network only for texts that it has not seen, in this run or an earlier one.
class CachedEncoder : public TextEncoder {
 public:
  /// Computed at the first call. @throws Error when the files cannot be read
  std::string hash() const override;
  /// @throws Error as make_hash() and encode_new()
  at::Tensor encode(std::span<const std::string> texts) override;

 protected:
  /// Identifies weights, vocabulary and settings; the same on every machine.
  virtual std::string make_hash() const = 0;
  /// @param texts not empty, all different @return [N, dim()] float32, unit norm
  virtual at::Tensor encode_new(std::span<const std::string> texts) = 0;

 private:
  void encode_unknown(std::span<const std::string> texts);

  mutable std::string hash_;
  std::optional<FeatureCache> cache_;
};

/// Adds the bytes of a text. / The whole of a small file. / Names, shapes and values of all tensors of a file.
void add_text(Fingerprint& fingerprint, std::string_view text);
void add_file(Fingerprint& fingerprint, const std::filesystem::path& file);
void add_tensors(Fingerprint& fingerprint, const std::filesystem::path& weights);

}  // namespace purlscope::models
