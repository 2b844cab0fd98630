#include "render/image.h"

#include <fmt/format.h>
#include <png.h>

#include <cstdlib>
#include <cstring>

#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace purlscope::render {
namespace {

constexpr std::size_t kChannels = 4;
constexpr std::uint32_t kMaxSide = 32768;  ///< refuses pictures whose header alone would ask for gigabytes

/// Frees libpng's own buffers on every way out.
struct PngImage : png_image {
  PngImage() : png_image{} { version = PNG_IMAGE_VERSION; }
  ~PngImage() { png_image_free(this); }
  PngImage(const PngImage&) = delete;
  PngImage& operator=(const PngImage&) = delete;
};

bool same_size(const Image& a, const Image& b) {
  return a.width == b.width && a.height == b.height && a.rgba.size() == b.rgba.size();
}

}  // namespace

std::string encode_png(const Image& image) {
  if (image.width <= 0 || image.height <= 0) {
    throw Error(Code::bad_argument, fmt::format("a picture of {} x {} pixels cannot be written; give it a size",
                                                image.width, image.height));
  }
  PngImage png;
  png.width = static_cast<png_uint_32>(image.width);
  png.height = static_cast<png_uint_32>(image.height);
  png.format = PNG_FORMAT_RGBA;
  png.flags = PNG_IMAGE_FLAG_FAST;
  const auto refused = [&] {
    return Error(Code::limit, fmt::format("a picture of {} x {} pixels cannot be written ({})", image.width,
                                          image.height, png.message));
  };
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(png), '\0');
  png_alloc_size_t size = bytes.size();
  if (png_image_write_to_memory(&png, bytes.data(), &size, 0, image.rgba.data(), 0, nullptr) == 0) throw refused();
  bytes.resize(size);
  return bytes;
}

void write_png(const Image& image, const std::filesystem::path& file) {
  const std::string bytes = encode_png(image);
  core::AtomicFile out(file);
  out.write(bytes.data(), bytes.size());
  out.commit();
}

Image read_png(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw Error(Code::not_found, fmt::format("{}: no such picture", file.string()));
  }
  PngImage png;
  const auto damaged = [&] {
    return Error(Code::bad_format, fmt::format("{}: not a readable PNG picture ({})", file.string(), png.message));
  };
  if (png_image_begin_read_from_file(&png, file.c_str()) == 0) throw damaged();
  if (png.width > kMaxSide || png.height > kMaxSide) {
    throw Error(Code::bad_format, fmt::format("{}: {} x {} pixels, at most {} a side are read", file.string(),
                                              png.width, png.height, kMaxSide));
  }
  png.format = PNG_FORMAT_RGBA;
  Image image{static_cast<int>(png.width), static_cast<int>(png.height), {}};
  image.rgba.resize(std::size_t{png.width} * png.height * kChannels);
  if (png_image_finish_read(&png, nullptr, image.rgba.data(), 0, nullptr) == 0) throw damaged();
  return image;
}

double image_error(const Image& a, const Image& b) {
  if (!same_size(a, b)) return 1.0;
  if (a.rgba.empty()) return 0.0;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < a.rgba.size(); ++i) {
    sum += static_cast<std::uint64_t>(std::abs(int{a.rgba[i]} - int{b.rgba[i]}));
  }
  return static_cast<double>(sum) / (255.0 * static_cast<double>(a.rgba.size()));
}

Image image_difference(const Image& a, const Image& b) {
  if (!same_size(a, b)) {
    throw Error(Code::bad_argument, fmt::format("pictures of {} x {} and {} x {} pixels cannot be compared", a.width,
                                                a.height, b.width, b.height));
  }
  Image result = a;
  for (std::size_t i = 0; i < a.rgba.size(); ++i) {
    const bool alpha = i % kChannels == kChannels - 1;
    result.rgba[i] = alpha ? std::uint8_t{255} : static_cast<std::uint8_t>(std::abs(int{a.rgba[i]} - int{b.rgba[i]}));
  }
  return result;
}

}  // namespace purlscope::render
