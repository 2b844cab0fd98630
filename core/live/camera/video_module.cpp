#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

#include "core/base/error.h"
#include "core/live/camera/video_capture.h"

namespace purlscope::core {
namespace {

constexpr double kUsualRate = 30.0;      // pictures a second
constexpr double kFastestRate = 1000.0;  // beyond it a stated rate is a mistake
constexpr int kLargestSide = 8192;       // pixels of the source

/// Turns a decoded picture into ours, made smaller where it is too large.
void take(const cv::Mat& decoded, const std::string& name, Picture& picture) {
  if (decoded.type() != CV_8UC3) {
    throw Error(Code::bad_format,
                fmt::format("{}: pictures of OpenCV type {}, expected 8 bits a colour", name, decoded.type()));
  }
  cv::Mat fitting = decoded;
  const double shrink = static_cast<double>(kLargestPicture) / std::max(decoded.cols, decoded.rows);
  if (shrink < 1.0) cv::resize(decoded, fitting, {}, shrink, shrink, cv::INTER_AREA);
  picture.width = std::min(fitting.cols, kLargestPicture);
  picture.height = std::min(fitting.rows, kLargestPicture);
  picture.rgb.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3);
  cv::Mat out(picture.height, picture.width, CV_8UC3, picture.rgb.data());
  cv::cvtColor(fitting({0, 0, picture.width, picture.height}), out, cv::COLOR_BGR2RGB);
}

class Capture final : public VideoCapture {
 public:
  Capture(const cv::VideoCapture& device, std::string name, bool is_file)
      : device_(device), name_(std::move(name)), is_file_(is_file) {
    const double stated = device_.get(cv::CAP_PROP_FPS);
    if (stated > 0.0 && stated <= kFastestRate) rate_ = stated;
    const double side = std::max(device_.get(cv::CAP_PROP_FRAME_WIDTH), device_.get(cv::CAP_PROP_FRAME_HEIGHT));
    if (side > kLargestSide) {
      throw Error(Code::limit, fmt::format("{}: pictures of {:.0f} pixels a side, at most {} are read; make the video "
                                           "smaller",
                                           name_, side, kLargestSide));
    }
  }

  bool read(Picture& picture) override {
    try {
      if (!device_.read(decoded_) || decoded_.empty()) return false;
      take(decoded_, name_, picture);
    } catch (const cv::Exception& error) {
      throw Error(Code::bad_format, fmt::format("{}: {}", name_, error.what()));
    }
    if (is_file_) picture.time = file_time();
    return true;
  }

 private:
  /// The picture's time stamp; one that is missing or does not rise is replaced by the rate.
  double file_time() {
    const double stamp = device_.get(cv::CAP_PROP_POS_MSEC) / 1000.0;
    if (!started_) {
      started_ = true;
      first_ = std::isfinite(stamp) ? stamp : 0.0;
      return last_ = 0.0;
    }
    const double time = stamp - first_;
    return last_ = std::isfinite(time) && time > last_ ? time : last_ + 1.0 / rate_;
  }

  cv::VideoCapture device_;
  std::string name_;
  bool is_file_;
  cv::Mat decoded_;
  double rate_ = kUsualRate;
  bool started_ = false;
  double first_ = 0.0;  ///< stamp of the first picture
  double last_ = 0.0;
};

}  // namespace
}  // namespace purlscope::core

extern "C" purlscope::core::VideoCapture* purlscope_open_video(const char* file) {
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  cv::VideoCapture device(file, cv::CAP_FFMPEG);
  if (!device.isOpened()) {
    throw purlscope::Error(purlscope::Code::bad_format,
                           fmt::format("{}: OpenCV cannot read it as a video; convert it to MP4 (H.264)", file));
  }
  return new purlscope::core::Capture(device, file, true);
}

extern "C" purlscope::core::VideoCapture* purlscope_open_camera(int number) {
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  const std::string name = fmt::format("camera {}", number);
  cv::VideoCapture device(number, cv::CAP_V4L2);
  if (!device.isOpened()) {
    throw purlscope::Error(purlscope::Code::not_found,
                           fmt::format("{} cannot be opened: check that it is plugged in (/dev/video{}), that no other "
                                       "program uses it, and that you are in the group video",
                                       name, number));
  }
  device.set(cv::CAP_PROP_BUFFERSIZE, 1);  // the newest picture, not those that waited
  return new purlscope::core::Capture(device, name, false);
}
