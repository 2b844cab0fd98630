#pragma once

#include <cstdint>
#include <filesystem>

#include "core/engine/lab.h"
#include "models/purls/model/model.h"
#include "models/purls/train/stage.h"
#include "models/purls/train/training_set.h"

namespace purlscope::models::purls {

struct TrainedModel {
  PurlsModel model;
  StageReport backbone, head;
  double held_accuracy = 0;  ///< against all seen classes, on seen clips kept out of training; NaN without such clips
  std::int64_t held_clips = 0;
};

/// What the trainer needs to know beside the data.
struct TrainingPlan {
  Config config;
  std::uint64_t seed = 0;
  std::filesystem::path checkpoints;  ///< folder for checkpoints; empty = none
  std::filesystem::path backbones;    ///< folder of trained backbones shared by runs (BackboneCache); empty = none
  at::Device device = at::kCPU;       ///< what `config.device` means on this machine
};

/// Trains backbone, then head, then the calibration, on seen classes alone. Deterministic on the processor for a
/// machine and thread count; on other devices the draws are the same, and the results nearly. The model stays on the
/// device.
/// @param data as loaded, for the model's provenance @param seen collect_seen(data)
/// @throws Error{Code::cancelled}, Error{Code::bad_argument} for a checkpoint of other settings, Error{Code::limit}
/// when the device's memory is full
TrainedModel train_model(const core::LabData& data, const TrainingSet& seen, const TrainingPlan& plan,
                         TextEncoder& encoder, const core::ProgressFn& progress, std::stop_token stop);

/// The first stage of train_model() alone: the same backbone, bit by bit, with a head that has learned nothing. What
/// methods need that work on its features.
/// @throws Error{Code::bad_argument} also for a pretrained backbone, which such methods do not take
TrainedModel train_backbone(const core::LabData& data, const TrainingSet& seen, const TrainingPlan& plan,
                            TextEncoder& encoder, const core::ProgressFn& progress, std::stop_token stop);

/// Everything that the weights depend on: config, seed, data, classes, texts. Not the device: a training may go on on
/// another one.
nlohmann::json training_fingerprint(const core::LabData& data, const TrainingSet& seen, const TrainingPlan& plan,
                                    const TextEncoder& encoder);

/// Checkpoint files of a plan, in the order in which they are written.
std::vector<std::filesystem::path> checkpoint_files(const std::filesystem::path& folder);

}  // namespace purlscope::models::purls
