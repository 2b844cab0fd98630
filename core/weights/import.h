#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/weights/store.h"

namespace purlscope::core {

/// What is to be installed.
struct WeightsImport {
  std::filesystem::path file;        ///< safetensors
  std::filesystem::path vocabulary;  ///< of a text encoder: CLIP's list of merges (gzip or plain), MiniLM's vocab.txt
  std::string name;                  ///< empty = `clip` or `minilm` for text encoders, else the file's own name
  std::string licence;               ///< empty = as the file's metadata state it
};

/// Checks a weight file (known kind, nothing but finite numbers, a vocabulary that fits) and copies it with its
/// vocabulary into weights_dir(), complete or not at all. Weights of the same name are replaced. Thread: any.
/// @throws Error{Code::not_found, Code::bad_format} naming file and tensor, Error{Code::unsupported} for weights of
///         another kind, with what was found and which are known; Error{Code::bad_argument} for a bad name or a missing
///         vocabulary; Error{Code::io, Code::cancelled}
InstalledWeights import_weights(const WeightsImport& wish, const std::stop_token& stop = {});

}  // namespace purlscope::core
