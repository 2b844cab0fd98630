#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "app/studio/session/playback_clock.h"
#include "core/base/clip.h"

namespace purlscope::app {

/// Drives the playback clock by wall time and tells the panels. While a 3-D view draws, a tick waits until the frame
/// before has been swapped, so that frames never pile up. Thread: UI.
class Player : public QObject {
  Q_OBJECT

 public:
  explicit Player(QObject* parent = nullptr);

  const PlaybackClock& clock() const { return clock_; }
  double time() const { return clock_.time(); }
  bool playing() const { return clock_.playing(); }

  /// Goes to the start of the clip, paused.
  void set_clip(const core::ClipPtr& clip);
  /// Takes a live source's clip, which has grown, and stands at its newest frame.
  void stand_at_end_of(const core::ClipPtr& clip);
  void play();
  void pause();
  void toggle();
  /// Pauses and moves by whole frames.
  void step(int frames);
  void seek(double seconds);
  /// While somebody drags the playhead, time stands still without the clip being paused.
  void hold(bool on);
  void to_start();
  void to_end();
  /// Clip seconds a second, signed; held within the clock's limits.
  void set_speed(double speed);
  void set_loop(bool loop);
  /// Ends of the repeated part, at the present time.
  void set_a();
  void set_b();
  void clear_ab();
  void set_part(std::optional<double> a, std::optional<double> b);
  /// Goes to a part of the clip and repeats it. Seconds.
  void repeat(double begin, double end);
  /// J and L: plays backwards or forwards; pressed again in the same direction it doubles the speed.
  void shuttle(int direction);

  /// The view reports that it has asked for a frame, and that the frame is on the screen.
  void frame_requested();
  void frame_swapped();

 Q_SIGNALS:
  void time_changed(double seconds);
  /// Playing, speed, loop or the A-B part changed.
  void state_changed();

 private:
  void tick();
  void restart_timer();

  PlaybackClock clock_;
  QTimer timer_;
  QElapsedTimer elapsed_;
  QElapsedTimer pending_since_;
  bool frame_pending_ = false;
  bool held_ = false;
};

}  // namespace purlscope::app
