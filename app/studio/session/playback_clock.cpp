#include "app/studio/session/playback_clock.h"

#include <algorithm>
#include <cmath>

namespace purlscope::app {

void PlaybackClock::set_clip(std::vector<double> times, double duration) {
  times_ = std::move(times);
  duration_ = std::max(duration, 0.0);
  time_ = 0.0;
  playing_ = false;
  clear_ab();
}

std::size_t PlaybackClock::frame() const {
  const auto after = std::upper_bound(times_.begin(), times_.end(), time_);
  return after == times_.begin() ? 0 : static_cast<std::size_t>(after - times_.begin()) - 1;
}

void PlaybackClock::play() {
  if (times_.empty() || duration_ <= 0.0) return;
  if (speed_ > 0 && time_ >= std::min(high(), last_stamp())) time_ = low();
  if (speed_ < 0 && time_ <= low()) time_ = std::min(high(), last_stamp());
  playing_ = true;
}

void PlaybackClock::set_speed(double speed) {
  const double magnitude = std::clamp(std::abs(speed), kSlowest, kFastest);
  speed_ = speed < 0 ? -magnitude : magnitude;
}

void PlaybackClock::seek(double seconds) { time_ = std::clamp(seconds, 0.0, last_stamp()); }

void PlaybackClock::step(int frames) {
  pause();
  if (times_.empty()) return;
  const auto now = static_cast<std::ptrdiff_t>(frame());
  const auto last = static_cast<std::ptrdiff_t>(times_.size()) - 1;
  time_ = times_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(now + frames, 0, last))];
}

void PlaybackClock::set_a(double seconds) {
  a_ = std::clamp(seconds, 0.0, last_stamp());
  if (b_ && *b_ <= *a_) b_.reset();
}

void PlaybackClock::set_b(double seconds) {
  b_ = std::clamp(seconds, 0.0, duration_);
  if (a_ && *a_ >= *b_) a_.reset();
  if (*b_ <= 0.0) b_.reset();
}

void PlaybackClock::clear_ab() {
  a_.reset();
  b_.reset();
}

bool PlaybackClock::advance(double seconds) {
  if (!playing_ || seconds <= 0.0) return false;
  const double before = time_;
  time_ += seconds * speed_;
  if (speed_ > 0 && time_ >= high()) wrap_forward();
  if (speed_ < 0 && time_ < low()) wrap_backward();
  return time_ != before;
}

void PlaybackClock::wrap_forward() {
  if (loop_ || a_ || b_) {
    const double span = high() - low();
    time_ = span > 0.0 ? low() + std::fmod(time_ - high(), span) : low();
    return;
  }
  time_ = last_stamp();
  pause();
}

void PlaybackClock::wrap_backward() {
  if (loop_ || a_ || b_) {
    const double span = high() - low();
    time_ = span > 0.0 ? high() - std::fmod(low() - time_, span) : low();
    return;
  }
  time_ = 0.0;
  pause();
}

}  // namespace purlscope::app
