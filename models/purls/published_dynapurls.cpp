#include "models/purls/published_dynapurls.h"

#include <fmt/format.h>

#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include "core/base/shuffle.h"
#include "models/purls/official_refinement.h"

namespace purlscope::models::purls {
namespace {

constexpr std::int64_t kBatch = 64;

/// Places of the clips in the order in which they come.
at::Tensor arrival_order(std::int64_t clips, std::uint64_t seed) {
  std::vector<std::int64_t> places(static_cast<std::size_t>(clips));
  std::iota(places.begin(), places.end(), 0);
  std::mt19937 generator(static_cast<std::mt19937::result_type>(seed));
  core::shuffle(places, generator);
  return at::tensor(places, at::kLong);
}

}  // namespace

void PublishedDynaPurls::fit(const core::LabData& training, std::uint64_t seed, const core::ProgressFn& progress,
                             std::stop_token stop) {
  PurlsMethod::fit(training, seed, progress, std::move(stop));
  seed_ = seed;
}

at::Tensor PublishedDynaPurls::similarities(const at::Tensor& nodes, const at::Tensor& texts, const at::Tensor& truth,
                                            const std::stop_token& stop) const {
  const at::Device device = model().device();
  const std::int64_t batches = (nodes.size(0) + kBatch - 1) / kBatch;
  OfficialRefinement refinement(*model().head, texts.to(device), {.steps = batches}, make_generator(seed_, 0));
  const auto batch = [&](const at::Tensor& rows) { return nodes.index_select(0, rows).to(device); };
  for (const at::Tensor& rows : arrival_order(nodes.size(0), seed_).split(kBatch)) {
    core::throw_if_stopped(stop);
    refinement.step(batch(rows), truth.index_select(0, rows).to(device));
  }
  std::vector<at::Tensor> parts;
  for (const at::Tensor& rows : at::arange(nodes.size(0)).split(kBatch)) {
    core::throw_if_stopped(stop);
    parts.push_back(refinement.similarities(batch(rows), truth.index_select(0, rows).to(device)).cpu());
  }
  return at::cat(parts);
}

at::Tensor PublishedDynaPurls::published_scores(std::span<const core::ClipPtr> clips,
                                                std::span<const core::Label> candidates,
                                                std::span<const std::int64_t> truth, std::stop_token stop) {
  const at::Tensor labels = as_published(truth);
  return scores_by(
      clips, candidates,
      [&](const at::Tensor& nodes, const at::Tensor& texts, const at::Tensor& rows) {
        return similarities(nodes, texts, labels.index_select(0, rows), stop);
      },
      stop);
}

nlohmann::json PublishedDynaPurls::facts() const {
  nlohmann::json out = PurlsMethod::facts();
  out["method"] = "dynapurls";
  out["refinement"] = fmt::format("as published: one pass in batches of {}, then all clips scored again", kBatch);
  return out;
}

}  // namespace purlscope::models::purls
