#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/recognition.h"
#include "render/image.h"

namespace purlscope::app::cli {

/// Width and height in logical pixels.
struct PictureSize {
  int width = 1280;
  int height = 720;
};

/// Reads "1280x720". @throws Error{Code::bad_argument}
PictureSize parse_size(const std::string& text);

/// Lower-case extension with its dot: ".png".
std::string extension_of(const std::filesystem::path& file);

/// Score lines for the overlay: the best labels with their probabilities.
std::vector<std::string> score_lines(const core::Recognition& recognition);

/// Difference picture of two pictures of any size: the smaller one is padded with transparent black.
render::Image difference(const render::Image& a, const render::Image& b);

}  // namespace purlscope::app::cli
