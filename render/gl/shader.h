#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "render/gl/objects.h"

namespace purlscope::render::gl {

/// Compiles and links `<vertex>.vert` and `<fragment>.frag` of a folder, each after `common.glsl`, the latter also
/// after the named parts (files of the same folder). The uniform block `Frame` is bound to point 0.
/// @throws Error{Code::not_found} for a missing file, Error{Code::unsupported} with the driver's log
Program load_program(const std::filesystem::path& folder, const std::string& vertex, const std::string& fragment,
                     const std::vector<std::string>& fragment_parts);
/// The same for two stages of one name. @throws as the other
Program load_program(const std::filesystem::path& folder, const std::string& name);

}  // namespace purlscope::render::gl
