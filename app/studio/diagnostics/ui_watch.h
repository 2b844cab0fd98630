#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <cstdint>

namespace purlscope::app {

/// Watches how long the window does not answer: a heartbeat of the event loop, and the longest time between two beats
/// beyond its own. Thread: UI.
class UiWatch : public QObject {
  Q_OBJECT

 public:
  static constexpr int kBeatMs = 8;       ///< shorter than a frame at 60 a second
  static constexpr double kFrameMs = 33;  ///< what nobody should have to wait for

  explicit UiWatch(QObject* parent = nullptr);

  /// What has been seen since the start, or since reset(). Milliseconds.
  struct Gaps {
    double longest = 0;
    double longest_at = 0;  ///< seconds after the start of the watch
    std::uint64_t beats = 0;
    std::uint64_t over_frame = 0;  ///< how many were longer than kFrameMs
  };
  const Gaps& gaps() const { return gaps_; }
  void reset();

 private:
  void beat();

  QTimer timer_;
  QElapsedTimer since_start_;
  QElapsedTimer since_beat_;
  Gaps gaps_;
};

}  // namespace purlscope::app
