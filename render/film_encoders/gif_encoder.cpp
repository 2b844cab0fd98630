#include <fmt/format.h>
#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>

#include "core/base/error.h"
#include "render/film_encoders/encoder.h"
#include "render/film_encoders/palette.h"

namespace purlscope::render {
namespace {

constexpr int kUnchanged = 255;  ///< index of "as before"
constexpr int kColorBits = 8;
constexpr int kTableSize = 256;
constexpr double kWorstFit = 4.0;  ///< mean colour error (of 255) above which a new palette is made
constexpr double kCentisecondsPerSecond = 100.0;

struct Rectangle {
  int left = 0, top = 0, right = 0, bottom = 0;
};

std::vector<Rgb> over_black(const Image& picture) {
  std::vector<Rgb> pixels(picture.rgba.size() / 4);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const std::uint8_t* in = picture.rgba.data() + 4 * i;
    for (std::size_t c = 0; c < 3; ++c) pixels[i][c] = static_cast<std::uint8_t>((in[c] * in[3] + 127) / 255);
  }
  return pixels;
}

struct FreeMap {
  void operator()(ColorMapObject* map) const { GifFreeMapObject(map); }
};
using ColorTable = std::unique_ptr<ColorMapObject, FreeMap>;

ColorTable make_table(const Palette& palette) {
  std::array<GifColorType, kTableSize> colors{};
  for (std::size_t i = 0; i < palette.colors().size(); ++i) {
    const Rgb& c = palette.colors()[i];
    colors[i] = {c[0], c[1], c[2]};
  }
  return ColorTable(GifMakeMapObject(kTableSize, colors.data()));
}

class GifEncoder : public FilmEncoder {
 public:
  GifEncoder(const std::filesystem::path& file, int width, int height, double fps)
      : file_(file), width_(width), height_(height), fps_(fps) {
    int error = 0;
    gif_ = EGifOpenFileName(file.c_str(), false, &error);
    if (gif_ == nullptr) throw failure(error);
    EGifSetGifVersion(gif_, true);
  }

  ~GifEncoder() override {
    if (gif_ != nullptr) EGifCloseFile(gif_, nullptr);
  }

  void add(const Image& picture) override {
    std::vector<Rgb> pixels = over_black(picture);
    const bool first = !palette_;
    bool own_table = false;
    if (first) {
      palette_.emplace(pixels);
      start();
    } else if (palette_->error(pixels) > kWorstFit) {
      palette_.emplace(pixels);
      global_table_ = false;
    }
    own_table = !global_table_;
    const Rectangle area = first ? Rectangle{0, 0, width_, height_} : changed(pixels);
    put_control();
    put_area(pixels, area, own_table ? make_table(*palette_) : nullptr);
    previous_ = std::move(pixels);
    ++count_;
  }

  void finish() override {
    int error = 0;
    const int result = EGifCloseFile(gif_, &error);
    gif_ = nullptr;
    if (result == GIF_ERROR) throw failure(error);
  }

 private:
  Error failure(int error) const {
    const char* reason = GifErrorString(error);
    return {Code::io, fmt::format("{}: the film cannot be written ({}); check the folder and the free space",
                                  file_.string(), reason != nullptr ? reason : "unknown error")};
  }

  void check(int result) const {
    if (result == GIF_ERROR) throw failure(gif_->Error);
  }

  /// Screen, first palette for all frames that keep it, and the mark of Netscape that makes the film loop.
  void start() {
    const ColorTable table = make_table(*palette_);
    check(EGifPutScreenDesc(gif_, width_, height_, kColorBits, 0, table.get()));
    const std::array<std::uint8_t, 3> endless{1, 0, 0};
    check(EGifPutExtensionLeader(gif_, APPLICATION_EXT_FUNC_CODE));
    check(EGifPutExtensionBlock(gif_, 11, "NETSCAPE2.0"));
    check(EGifPutExtensionBlock(gif_, static_cast<int>(endless.size()), endless.data()));
    check(EGifPutExtensionTrailer(gif_));
  }

  /// Delays are hundredths of a second: the rounding is shared out so that the whole film keeps its length.
  int delay() const {
    const auto at = [&](std::size_t frame) {
      return std::lround(static_cast<double>(frame) * kCentisecondsPerSecond / fps_);
    };
    return static_cast<int>(at(count_ + 1) - at(count_));
  }

  void put_control() {
    GraphicsControlBlock control{};
    control.DisposalMode = DISPOSE_DO_NOT;
    control.DelayTime = delay();
    control.TransparentColor = kUnchanged;
    std::array<GifByteType, 4> bytes{};
    EGifGCBToExtension(&control, bytes.data());
    check(EGifPutExtension(gif_, GRAPHICS_EXT_FUNC_CODE, static_cast<int>(bytes.size()), bytes.data()));
  }

  /// Smallest rectangle that holds every changed pixel; one pixel when none has changed.
  Rectangle changed(const std::vector<Rgb>& pixels) const {
    Rectangle area{width_, height_, 0, 0};
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) {
        const std::size_t i = at(x, y);
        if (pixels[i] == previous_[i]) continue;
        area = {std::min(area.left, x), std::min(area.top, y), std::max(area.right, x + 1),
                std::max(area.bottom, y + 1)};
      }
    }
    return area.right == 0 ? Rectangle{0, 0, 1, 1} : area;
  }

  void put_area(const std::vector<Rgb>& pixels, const Rectangle& area, const ColorTable& table) {
    const int width = area.right - area.left;
    check(EGifPutImageDesc(gif_, area.left, area.top, width, area.bottom - area.top, false, table.get()));
    std::vector<GifPixelType> line(static_cast<std::size_t>(width));
    for (int y = area.top; y < area.bottom; ++y) {
      for (int x = area.left; x < area.right; ++x) {
        const std::size_t i = at(x, y);
        const bool same = !previous_.empty() && pixels[i] == previous_[i];
        line[static_cast<std::size_t>(x - area.left)] = same ? GifPixelType{kUnchanged} : palette_->index(pixels[i]);
      }
      check(EGifPutLine(gif_, line.data(), width));
    }
  }

  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x);
  }

  std::filesystem::path file_;
  int width_;
  int height_;
  double fps_;
  GifFileType* gif_ = nullptr;
  std::optional<Palette> palette_;
  bool global_table_ = true;  ///< the palette is still the first picture's, stored once for all
  std::vector<Rgb> previous_;
  std::size_t count_ = 0;
};

}  // namespace

std::unique_ptr<FilmEncoder> open_gif(const std::filesystem::path& file, int width, int height, double fps) {
  return std::make_unique<GifEncoder>(file, width, height, fps);
}

}  // namespace purlscope::render
