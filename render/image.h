#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace purlscope::render {

/// RGBA picture, 8 bits a channel, rows from the top, straight (not premultiplied) alpha.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;
};

/// @throws Error{Code::io}
void write_png(const Image& image, const std::filesystem::path& file);
/// @throws Error{Code::not_found, Code::bad_format}
Image read_png(const std::filesystem::path& file);

/// Mean absolute difference over all channels, 0 to 1. Pictures of different size differ by 1.
double image_error(const Image& a, const Image& b);
/// |a - b| with full alpha, for looking at.
Image image_difference(const Image& a, const Image& b);

}  // namespace purlscope::render
