#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "models/purls/model/config.h"
#include "models/purls/train/batches.h"
#include "models/purls/train/curve.h"

namespace purlscope::models::purls {

/// One network to be fitted: which samples make an epoch, and the loss of a batch. All randomness comes from the
/// generator that is handed in; indices and draws are made on the processor.
class Stage {
 public:
  virtual ~Stage() = default;
  virtual torch::nn::Module& module() = 0;
  virtual std::int64_t samples_per_epoch() const = 0;
  /// @return sample indices of one epoch, [samples_per_epoch()]
  virtual at::Tensor draw_epoch(at::Generator generator) = 0;
  virtual BatchResult loss(const at::Tensor& rows, at::Generator generator) = 0;
  /// On the seen clips kept out of training, the module being in evaluation mode; draws nothing. Empty without such
  /// clips.
  virtual std::optional<Measured> measure() = 0;
};

struct StageOptions {
  std::string name;   ///< of the stage in its curve: "backbone"
  std::string title;  ///< shown in progress: "Training the backbone"
  FitOptions fit;
  std::uint64_t seed = 0;
  double progress_begin = 0, progress_end = 1;
  std::filesystem::path checkpoint;  ///< written after every epoch; empty = none
  nlohmann::json fingerprint;        ///< everything the result depends on; a checkpoint of another one is refused
};

struct StageReport {
  std::int64_t epochs = 0;  ///< that were run
  std::int64_t kept = 0;    ///< the epoch whose weights were kept
  double loss = 0;          ///< mean over the kept epoch
  double accuracy = 0;      ///< on the batches of the kept epoch, 0 to 1
  double seconds = 0;       ///< of all runs that led here
  Curve curve;
};

/// Fits a network with AdamW and a clipped gradient, and keeps the weights of its best epoch as the options say. With a
/// checkpoint file it goes on where an earlier run stopped and ends with the same weights as one that was never stopped
/// (same machine, same threads, on the processor); the points of the earlier run are told again.
/// @throws Error{Code::cancelled} between batches; the last finished epoch stays in the checkpoint,
///         Error{Code::bad_argument} when the checkpoint belongs to other settings
StageReport run_stage(Stage& stage, const StageOptions& options, const core::ProgressFn& progress,
                      std::stop_token stop);

}  // namespace purlscope::models::purls
