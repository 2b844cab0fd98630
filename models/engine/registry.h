#pragma once

#include <filesystem>
#include <memory>

#include "models/recogniser/recogniser.h"

namespace purlscope::models {

/// Opens a model file by the `architecture` in its safetensors metadata.
/// @throws Error{Code::not_found, Code::bad_format, Code::unsupported} naming file, found and known architectures
std::unique_ptr<Recogniser> load_recogniser(const std::filesystem::path& model);

}  // namespace purlscope::models
