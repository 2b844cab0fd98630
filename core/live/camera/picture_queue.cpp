#include "core/live/camera/picture_queue.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

#include "core/base/error.h"

namespace purlscope::core {

PictureQueue::PictureQueue() : news_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (news_ < 0) throw Error(Code::io, "no more open files are allowed; close some programs");
}

PictureQueue::~PictureQueue() { ::close(news_); }

void PictureQueue::ring() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(news_, &one, sizeof(one));  // full = it rings already
}

std::uint64_t PictureQueue::put_newest(Picture picture) {
  std::deque<Picture> gone;  // freed after the lock
  {
    const std::lock_guard lock(mutex_);
    gone.swap(pictures_);
    pictures_.push_back(std::move(picture));
  }
  ring();
  return gone.size();
}

bool PictureQueue::put(Picture picture, const std::stop_token& stop) {
  {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [&] { return pictures_.size() < kMost; })) return false;
    pictures_.push_back(std::move(picture));
  }
  ring();
  return true;
}

void PictureQueue::close(std::exception_ptr fault) {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    fault_ = std::move(fault);
  }
  ring();
}

std::optional<Picture> PictureQueue::take() {
  std::optional<Picture> picture;
  {
    const std::lock_guard lock(mutex_);
    if (pictures_.empty()) {
      std::uint64_t rings = 0;
      [[maybe_unused]] const ssize_t count = ::read(news_, &rings, sizeof(rings));
      return picture;
    }
    picture = std::move(pictures_.front());
    pictures_.pop_front();
  }
  changed_.notify_all();
  return picture;
}

bool PictureQueue::finished() const {
  const std::lock_guard lock(mutex_);
  if (!closed_ || !pictures_.empty()) return false;
  if (fault_) std::rethrow_exception(fault_);
  return true;
}

void PictureQueue::open() {
  {
    const std::lock_guard lock(mutex_);
    open_ = true;
  }
  changed_.notify_all();
}

bool PictureQueue::wait_until_open(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  return changed_.wait(lock, stop, [&] { return open_; });
}

}  // namespace purlscope::core
