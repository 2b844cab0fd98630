#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "core/base/progress.h"
#include "core/engine/lab.h"
#include "models/purls/model/config.h"
#include "models/text/encoder.h"

namespace purlscope::models {

/// Refuses settings that no data could serve. @throws Error{Code::bad_argument} for an unknown config key, protocol or
/// backbone, or a value out of range, Error{Code::unsupported} for a device that this machine does not have
void check_purls(const core::TrainOptions& options);
void check_purls(const core::EvaluateOptions& options);

/// Settings of an evaluation: those of the published code under protocol "published", under what the options say.
/// @throws as check_purls()
purls::Config evaluation_config(const core::EvaluateOptions& options);

/// Folder in the user's cache where evaluations keep trained backbones for each other, see purls::BackboneCache.
std::filesystem::path backbone_folder();

/// Trains backbone and PURLS head on the seen classes of a split and writes `model.safetensors`, `card.md` and
/// `train.json` into `options.out`. A checkpoint after every epoch: the same call goes on where an earlier one stopped
/// and ends with the same weights (bit by bit on the processor alone); a finished folder is returned as it is.
/// `options.config`: purls::Config.
///
/// @return `epochs, seen_loss, seconds, model` and more about the run
/// @throws Error{Code::bad_argument} for an unknown config key, too few seen classes, or a folder of another training,
///         Error{Code::cancelled, Code::io}
nlohmann::json train_purls(const core::LabData& data, const core::TrainOptions& options, TextEncoder& encoder,
                           const core::ProgressFn& progress, const std::stop_token& stop);

/// Accuracy on all clips of the unseen classes, with the model of `options.model` or one trained afresh per seed.
/// `protocol` "leak-free" scores every clip without its label; "published" asks with the true label's sentences, as the
/// published code does, and is marked as such: what the configuration leaves open is then purls::published_config(),
/// and `differs` in the report lists what is still not as published (backbone, text encoder, optimiser, settings).
///
/// Backbones trained here are kept in backbone_folder() and taken from there.
///
/// @return the JSON of `purlscope evaluate`; `confusion` counts are summed over the seeds
/// @throws Error{Code::bad_argument} for an unknown protocol or config key, or a model that was trained on an unseen
/// class
nlohmann::json evaluate_purls(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
                              const core::ProgressFn& progress, std::stop_token stop);

/// PURLS that refines itself on the test clips as a stream: evaluate_purls() with `orders` (5 where none are given) and
/// DynaPURLS' refinement, scale and shift of the text vectors, where no other is given. Protocol "published" learns and
/// measures as the published code does, see purls::PublishedDynaPurls.
void check_dynapurls(const core::EvaluateOptions& options);
nlohmann::json evaluate_dynapurls(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
                                  const core::ProgressFn& progress, std::stop_token stop);

}  // namespace purlscope::models
