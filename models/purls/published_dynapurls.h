#pragma once

#include <cstdint>

#include "models/purls/method.h"

namespace purlscope::models::purls {

/// PURLS refined on the test clips as the published code of DynaPURLS does it, true labels and all: for protocol
/// "published" alone. The clips come in batches, in an order of the seed; each batch is learned from once; then all are
/// scored with what was learned.
class PublishedDynaPurls final : public PurlsMethod {
 public:
  using PurlsMethod::PurlsMethod;

  void fit(const core::LabData& training, std::uint64_t seed, const core::ProgressFn& progress,
           std::stop_token stop) override;
  at::Tensor published_scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                              std::span<const std::int64_t> truth, std::stop_token stop) override;
  nlohmann::json facts() const override;

 private:
  at::Tensor similarities(const at::Tensor& nodes, const at::Tensor& texts, const at::Tensor& truth,
                          const std::stop_token& stop) const;

  std::uint64_t seed_ = 0;
};

}  // namespace purlscope::models::purls
