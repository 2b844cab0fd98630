#pragma once

#include <torch/nn/module.h>
#include <torch/optim/adamw.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "models/purls/train/snapshot.h"

namespace purlscope::models::purls {

/// What a fit consists of between two epochs.
struct Fitted {
  torch::nn::Module& module;
  torch::optim::AdamW& optimiser;
  Snapshot& best;  ///< the module as it was after its best epoch; empty before one is known
};

/// Writes weights, the best ones so far, optimiser state and a JSON state into one file, atomically.
/// @throws Error{Code::io}
void save_checkpoint(const std::filesystem::path& file, const Fitted& fitted, const nlohmann::json& fingerprint,
                     const nlohmann::json& state);

/// Restores what save_checkpoint() wrote, on the module's device, whichever it was written on. @return the JSON state;
/// empty when there is no file
/// @throws Error{Code::bad_argument} when the fingerprints differ (naming where), Error{Code::bad_format} for a damaged
///         file (naming the remedy), Error{Code::io}
std::optional<nlohmann::json> load_checkpoint(const std::filesystem::path& path, const Fitted& fitted,
                                              const nlohmann::json& fingerprint);

/// Where two JSON values differ first: "config.head.epochs: 8 in the checkpoint, 12 now". Empty when they are equal.
std::string first_difference(const nlohmann::json& saved, const nlohmann::json& wanted, const std::string& path = "");

}  // namespace purlscope::models::purls
