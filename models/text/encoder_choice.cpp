#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "core/base/error.h"
#include "core/weights/store.h"
#include "models/text/cached_encoder.h"
#include "models/text/encoder.h"

namespace purlscope::models {
namespace {

constexpr std::string_view kDefault = "minilm";
constexpr std::string_view kClip = "clip";

/// Looks texts up instead of encoding them.
class TableEncoder final : public TextEncoder {
 public:
  explicit TableEncoder(const core::TextFeatures& table) : place_(table.place), name_(table.encoder) {
    const auto rows = static_cast<std::int64_t>(table.texts.size());
    if (table.features.shape.size() != 2 || table.features.shape[0] != table.texts.size()) {
      throw Error(Code::bad_format, fmt::format("{}: no row of features for each of its {} texts", place_, rows));
    }
    const auto dim = static_cast<std::int64_t>(table.features.shape[1]);
    features_ = at::empty({rows, dim});
    std::copy(table.features.data.begin(), table.features.data.end(), features_.mutable_data_ptr<float>());
    const at::Tensor norms = features_.norm(2, {1}, true);
    for (std::int64_t i = 0; i < rows; ++i) {
      const std::string& text = table.texts[static_cast<std::size_t>(i)];
      const float norm = norms[i].item<float>();
      if (!(norm > 0.0F) || !std::isfinite(norm)) {
        throw Error(Code::bad_format, fmt::format("{}: the features of \"{}\" are all zero or not finite; compute them "
                                                  "again",
                                                  place_, text));
      }
      row_of_.emplace(text, i);
    }
    features_ /= norms;
  }

  std::string name() const override { return name_; }
  std::int64_t dim() const override { return features_.size(1); }
  std::string hash() const override {
    Fingerprint fingerprint;
    add_text(fingerprint, fmt::format("precomputed by {}, {} numbers a text", name_, dim()));
    return fmt::format("{:016x}", fingerprint.value());
  }

  at::Tensor encode(std::span<const std::string> texts) override {
    std::vector<std::int64_t> rows;
    for (const std::string& text : texts) {
      const auto found = row_of_.find(text);
      if (found == row_of_.end()) {
        throw Error(Code::not_found,
                    fmt::format("{}: no features for the text \"{}\" among its {}; compute them for all "
                                "labels and sentences that are used",
                                place_, text, row_of_.size()));
      }
      rows.push_back(found->second);
    }
    return features_.index_select(0, at::tensor(rows, at::kLong));
  }

 private:
  std::string place_, name_;
  at::Tensor features_;  // [texts, dim], unit norm
  std::unordered_map<std::string, std::int64_t> row_of_;
};

}  // namespace

std::unique_ptr<TextEncoder> make_table_encoder(const core::TextFeatures& features) {
  return std::make_unique<TableEncoder>(features);
}

std::unique_ptr<TextEncoder> make_text_encoder(const std::string& name) {
  const std::vector<core::InstalledWeights> installed = core::installed_weights();
  const auto found = std::find_if(installed.begin(), installed.end(), [&](const auto& w) { return w.name == name; });
  if (found == installed.end()) {
    if (name.empty() || name == kDefault) return make_minilm_encoder();
    if (name == kClip) return make_clip_encoder(core::weights_dir() / kClip);  // says how to install it
    throw Error(Code::not_found,
                fmt::format("no text encoder '{}': expected minilm, clip, the name of an installed one "
                            "(`purlscope weights list`), or a file of features (.npz, .npy)",
                            name));
  }
  if (found->kind == "clip-text") return make_clip_encoder(found->folder);
  if (found->kind == "minilm") return make_minilm_encoder(found->folder);
  throw Error(Code::bad_argument,
              fmt::format("the weights '{}' are of the kind {}, no text encoder", name, found->kind));
}

std::unique_ptr<TextEncoder> open_encoder(const core::EngineOptions& options) {
  return options.features ? make_table_encoder(*options.features) : make_text_encoder(options.encoder);
}

}  // namespace purlscope::models
