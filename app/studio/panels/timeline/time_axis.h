#pragma once

class QWheelEvent;

namespace purlscope::app {

inline constexpr int kAxisMargin = 10;   ///< at both ends: room for half a playhead and half a number
inline constexpr int kSideColumn = 212;  ///< of the timeline, before the axis: four buttons and "−0.25×"
inline constexpr int kSideGap = 12;      ///< between that column and the axis

/// Which stretch of time lies between which pixels. Seconds of the clip, logical pixels.
struct TimeAxis {
  double begin = 0.0;
  double span = 0.0;
  double width = 0.0;  ///< with the margins

  double x_of(double seconds) const {
    return span > 0.0 ? kAxisMargin + room() * (seconds - begin) / span : kAxisMargin;
  }
  double time_at(double x) const { return begin + (x - kAxisMargin) / room() * span; }

 private:
  double room() const { return width > 2 * kAxisMargin + 1 ? width - 2 * kAxisMargin : 1.0; }
};

/// What a turn of the wheel asks of a time axis: plain it steps, with Ctrl it zooms, with Shift it moves along.
struct WheelMove {
  int steps = 0;        ///< frames
  double factor = 1.0;  ///< of the length that is shown
  double pan = 0.0;     ///< share of the length that is shown
};
WheelMove wheel_move(const QWheelEvent& event);

}  // namespace purlscope::app
