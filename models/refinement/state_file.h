#pragma once

#include <filesystem>

#include "models/refinement/identity.h"
#include "models/refinement/refiner.h"

namespace purlscope::models::refinement {

/// Writes what a refiner has learned, with settings, bank and the identity of what it was learned for, as safetensors.
/// @throws Error{Code::io}
void save_state(const Refiner& refiner, const Identity& identity, const std::filesystem::path& file);

/// Reads it for labels in force. @throws Error{Code::not_found, Code::bad_format}, Error{Code::unsupported} for another
/// identity, all naming the file
Refiner load_state(const std::filesystem::path& path, const Identity& identity, std::shared_ptr<const Scorer> scorer);

}  // namespace purlscope::models::refinement
