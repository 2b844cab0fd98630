#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/text/labels.h"

namespace purlscope::models::refinement {

/// What a refinement was learned for.
struct Identity {
  struct Text {
    std::string label;
    std::string hash;  ///< of the label with its sentences
    bool operator==(const Text&) const = default;
  };
  std::string model;
  std::string encoder;       ///< name
  std::string encoder_hash;  ///< of its weights and settings
  std::vector<Text> labels;
};

/// @param labels in force
Identity identity_of(std::string model, std::string encoder, std::string encoder_hash, const core::LabelSet& labels);

/// Why what was learned for `saved` cannot serve `now`, with the remedy; empty when it can.
std::string difference(const Identity& saved, const Identity& now);

}  // namespace purlscope::models::refinement
