#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>

#include "core/live/camera/video_capture.h"

namespace purlscope::core {

/// Pictures on their way from a camera's thread to the pose helper's. Bounded. Thread: one that puts, one that takes.
class PictureQueue {
 public:
  PictureQueue();
  ~PictureQueue();
  PictureQueue(const PictureQueue&) = delete;
  PictureQueue& operator=(const PictureQueue&) = delete;

  /// Puts a picture in place of those that wait. @return how many it replaced
  std::uint64_t put_newest(Picture picture);
  /// Puts a picture behind the others, once there is room. @return false when asked to stop
  bool put(Picture picture, const std::stop_token& stop);
  /// No picture will follow. @param fault  why, when it is no regular end
  void close(std::exception_ptr fault = nullptr);

  /// The oldest picture, if there is one.
  std::optional<Picture> take();
  /// True when closed and empty. @throws what the queue was closed with
  bool finished() const;
  /// For poll(): readable when there may be news.
  int news() const { return news_; }

  /// The taker is ready for pictures.
  void open();
  /// Waits for open(). @return false when asked to stop
  bool wait_until_open(const std::stop_token& stop);

 private:
  static constexpr std::size_t kMost = 2;
  void ring() const;

  int news_ = -1;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Picture> pictures_;
  bool open_ = false;
  bool closed_ = false;
  std::exception_ptr fault_;
};

}  // namespace purlscope::core
