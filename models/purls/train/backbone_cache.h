#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "models/purls/model/config.h"
#include "models/purls/train/stage.h"
#include "models/purls/train/training_set.h"

namespace purlscope::models::purls {

/// Everything that a trained backbone depends on: its settings, the seed, the clips themselves with their classes, and
/// what may round otherwise (version of the program, number of threads, kind of device).
/// @param trained the clips that it learns from @param held those that choose its best epoch
nlohmann::json backbone_fingerprint(const Config& config, std::uint64_t seed, const TrainingSet& trained,
                                    const TrainingSet& held, at::DeviceType device = at::kCPU);

/// A trained backbone kept for other methods and later runs: a file of its own for each fingerprint. A damaged file is
/// removed and the backbone trained anew; a folder that cannot be written costs nothing but the reuse. The oldest files
/// go when a folder grows beyond 1 GB. Thread: one at a time; several programs may share a folder.
class BackboneCache {
 public:
  BackboneCache(const std::filesystem::path& folder, nlohmann::json fingerprint);

  /// Overwrites the backbone's weights and sets it to evaluation mode. @return how it was trained; empty, with the
  /// weights as they were, when no run left one
  std::optional<StageReport> load(torch::nn::Module& backbone) const;

  void store(const torch::nn::Module& backbone, const StageReport& report) const;

 private:
  std::filesystem::path file_;
  nlohmann::json fingerprint_;
};

}  // namespace purlscope::models::purls
