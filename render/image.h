#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace purlscope::render {

/// RGBA picture, 8 bits a channel, rows from the top, straight (not premultiplied) alpha.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;
};

/// The bytes of a PNG file. @throws Error{Code::bad_argument} for a picture without pixels
std::string encode_png(const Image& image);
/// Replaces the file, complete or not at all. @throws Error{Code::io}, Error{Code::bad_argument} as encode_png
void write_png(const Image& image, const std::filesystem::path& file);
/// Any PNG, brought to RGBA. @throws Error{Code::not_found}, Error{Code::bad_format}
Image read_png(const std::filesystem::path& file);

/// Mean absolute difference over all channels, 0 to 1. Pictures of different size differ by 1.
double image_error(const Image& a, const Image& b);
/// |a - b| with full alpha, for looking at. @throws Error{Code::bad_argument} for pictures of different size
Image image_difference(const Image& a, const Image& b);

}  // namespace purlscope::render
