#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace purlscope::app {

/// Position in a clip, by time stamps. Knows nothing of wall time: somebody calls `advance` with the time that passed.
/// Plain values; any thread, one at a time.
class PlaybackClock {
 public:
  /// Takes the frames' time stamps (seconds from the first, ascending) and goes to the start, paused, A-B cleared.
  /// @param duration last stamp - first + one frame, seconds
  void set_clip(std::vector<double> times, double duration);

  double time() const { return time_; }
  double duration() const { return duration_; }
  /// Frame shown: the last whose stamp is not after `time()`. 0 without a clip.
  std::size_t frame() const;
  std::size_t frame_count() const { return times_.size(); }
  bool empty() const { return times_.empty(); }

  bool playing() const { return playing_; }
  /// Starts; from the end it starts over (from the start when going backwards).
  void play();
  void pause() { playing_ = false; }

  /// Signed rate, clip seconds a second; magnitude within [kSlowest, kFastest].
  double speed() const { return speed_; }
  void set_speed(double speed);

  /// Held within the clip.
  void seek(double seconds);
  /// Pauses and moves by whole frames, to their exact stamps.
  void step(int frames);

  bool loop() const { return loop_; }
  void set_loop(bool loop) { loop_ = loop; }

  /// The A-B part. Setting one beyond the other drops the other. Playing stays inside and repeats it.
  void set_a(double seconds);
  void set_b(double seconds);
  void clear_ab();
  std::optional<double> a() const { return a_; }
  std::optional<double> b() const { return b_; }

  /// Lets `seconds` of wall time pass. Without a loop playing stops at the end. @return whether the time changed
  bool advance(double seconds);

  static constexpr double kSlowest = 0.25;
  static constexpr double kFastest = 4.0;

 private:
  double low() const { return a_.value_or(0.0); }
  double high() const { return b_.value_or(duration_); }
  double last_stamp() const { return times_.empty() ? 0.0 : times_.back(); }
  void wrap_forward();
  void wrap_backward();

  std::vector<double> times_;
  double duration_ = 0.0;
  double time_ = 0.0;
  double speed_ = 1.0;
  bool playing_ = false;
  bool loop_ = true;
  std::optional<double> a_;
  std::optional<double> b_;
};

}  // namespace purlscope::app
