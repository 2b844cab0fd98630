#include "models/text/cached_encoder.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <unordered_set>
#include <vector>

#include "core/base/paths.h"
#include "core/base/safetensors.h"

namespace purlscope::models {

std::string CachedEncoder::hash() const {
  if (hash_.empty()) hash_ = make_hash();
  return hash_;
}

at::Tensor CachedEncoder::encode(std::span<const std::string> texts) {
  if (!cache_)
    cache_.emplace(core::user_cache_dir() / "texts" / (hash() + ".features"), static_cast<std::size_t>(dim()));
  encode_unknown(texts);
  at::Tensor features = at::empty({static_cast<std::int64_t>(texts.size()), dim()});
  float* row = features.mutable_data_ptr<float>();
  for (const std::string& text : texts) {
    const std::vector<float>& known = *cache_->find(text);
    row = std::copy(known.begin(), known.end(), row);
  }
  return features;
}

void CachedEncoder::encode_unknown(std::span<const std::string> texts) {
  std::vector<std::string> unknown;
  std::unordered_set<std::string_view> seen;
  for (const std::string& text : texts) {
    if (cache_->find(text) == nullptr && seen.insert(text).second) unknown.push_back(text);
  }
  if (unknown.empty()) return;
  const at::Tensor features = encode_new(unknown).contiguous();
  cache_->add(unknown, {features.const_data_ptr<float>(), static_cast<std::size_t>(features.numel())});
}

void add_text(Fingerprint& fingerprint, std::string_view text) { fingerprint.add(std::as_bytes(std::span(text))); }

void add_file(Fingerprint& fingerprint, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  add_text(fingerprint, std::string{std::istreambuf_iterator<char>(in), {}});
}

void add_tensors(Fingerprint& fingerprint, const std::filesystem::path& weights) {
  const core::SafeTensors file = core::SafeTensors::open(weights);
  for (const auto& [name, tensor] : file.tensors()) {
    add_text(fingerprint, name);
    add_text(fingerprint, tensor.dtype);
    fingerprint.add(std::as_bytes(std::span(tensor.shape)));
    fingerprint.add(tensor.bytes);
  }
}

}  // namespace purlscope::models
