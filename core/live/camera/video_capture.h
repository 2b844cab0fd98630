#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/live/live_frame.h"

namespace purlscope::core {

/// One picture of a camera or a video file.
struct Picture {
  int width = 0;                  ///< pixels, at most kLargestPicture
  int height = 0;                 ///< pixels, at most kLargestPicture
  std::vector<std::uint8_t> rgb;  ///< [height, width, 3]
  double time = 0.0;              ///< seconds since the first picture, rising
  LiveTime taken;                 ///< when it was taken, or is due
};

/// Larger pictures are made smaller: the networks look at far fewer pixels.
inline constexpr int kLargestPicture = 1920;

/// A camera or a video file that is open. Thread: one.
class VideoCapture {
 public:
  virtual ~VideoCapture() = default;
  /// Waits for the next picture. Its `taken` is left to the caller, as is the `time` of a camera's. @return false at
  /// the end of a file, or when the camera is lost
  /// @throws Error{Code::bad_format, Code::limit} for pictures that cannot be used
  virtual bool read(Picture& picture) = 0;
};

/// Times are the file's time stamps, else its rate, else 30 pictures a second.
/// @throws Error{Code::not_found, Code::bad_format} naming the file; Error{Code::unsupported} without OpenCV
std::unique_ptr<VideoCapture> open_video(const std::filesystem::path& file);

/// @param device  0 for the first camera
/// @throws Error{Code::not_found} when there is none, or another program has it; Error{Code::unsupported} as above
std::unique_ptr<VideoCapture> open_camera(int device);

/// Entry points of the library that holds OpenCV's part. They throw what open_video and open_camera throw.
using OpenVideoFile = VideoCapture* (*)(const char* file);
using OpenCameraDevice = VideoCapture* (*)(int device);
inline constexpr const char* kOpenVideoSymbol = "purlscope_open_video";
inline constexpr const char* kOpenCameraSymbol = "purlscope_open_camera";

}  // namespace purlscope::core
