#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "render/gl/objects.h"

namespace purlscope::render::gl {

/// Compiles and links `<name>.vert` and `<name>.frag` of a folder, each after `common.glsl` and the named parts
/// (files of the same folder). The uniform block `Frame` is bound to point 0.
/// @throws Error{Code::not_found} for a missing file, Error{Code::unsupported} with the driver's log
Program load_program(const std::filesystem::path& folder, const std::string& name,
                     const std::vector<std::string>& fragment_parts = {});

}  // namespace purlscope::render::gl
