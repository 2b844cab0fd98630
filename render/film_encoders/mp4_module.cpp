#include <fmt/format.h>

#include <array>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/videoio.hpp>

#include "core/base/error.h"
#include "render/film_encoders/encoder.h"

namespace purlscope::render {
namespace {

int even(int side) { return side + side % 2; }

class Mp4Encoder : public FilmEncoder {
 public:
  Mp4Encoder(const std::filesystem::path& file, int width, int height, double fps)
      : file_(file), frame_(even(height), even(width), CV_8UC3) {
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    const std::array<int, 2> codecs{cv::VideoWriter::fourcc('a', 'v', 'c', '1'),
                                    cv::VideoWriter::fourcc('m', 'p', '4', 'v')};
    for (const int codec : codecs) {
      if (writer_.open(file.string(), cv::CAP_FFMPEG, codec, fps, frame_.size())) return;
    }
    throw Error(Code::unsupported,
                fmt::format("{}: OpenCV cannot open the film; it has no H.264 or MPEG-4 encoder, or the "
                            "folder cannot be written. A GIF needs no encoder",
                            file.string()));
  }

  void add(const Image& picture) override {
    for (int y = 0; y < frame_.rows; ++y) {
      const std::size_t row =
          static_cast<std::size_t>(std::min(y, picture.height - 1)) * static_cast<std::size_t>(picture.width);
      auto* out = frame_.ptr<cv::Vec3b>(y);
      for (int x = 0; x < frame_.cols; ++x) {
        const std::uint8_t* in =
            picture.rgba.data() + 4 * (row + static_cast<std::size_t>(std::min(x, picture.width - 1)));
        const auto over_black = [&](int channel) {
          return static_cast<std::uint8_t>((in[channel] * in[3] + 127) / 255);
        };
        out[x] = {over_black(2), over_black(1), over_black(0)};
      }
    }
    writer_.write(frame_);
  }

  void finish() override {
    writer_.release();
    std::error_code error;
    if (std::filesystem::file_size(file_, error) == 0 || error) {
      throw Error(Code::io, fmt::format("{}: the film could not be written; check the free space", file_.string()));
    }
  }

 private:
  std::filesystem::path file_;
  cv::Mat frame_;
  cv::VideoWriter writer_;
};

}  // namespace
}  // namespace purlscope::render

extern "C" purlscope::render::FilmEncoder* purlscope_open_mp4(const char* file, int width, int height, double fps) {
  return new purlscope::render::Mp4Encoder(file, width, height, fps);
}
