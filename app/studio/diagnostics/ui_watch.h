#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <cstdint>
#include <vector>

namespace purlscope::app {

/// Watches how long the window does not answer: a heartbeat of the event loop, and the longest time between two beats
/// beyond its own, from the first picture on: nobody can be kept waiting by a window that is not there. Thread: UI.
class UiWatch : public QObject {
  Q_OBJECT

 public:
  static constexpr int kBeatMs = 8;       ///< shorter than a frame at 60 a second
  static constexpr double kFrameMs = 33;  ///< what nobody should have to wait for

  explicit UiWatch(QObject* parent = nullptr);

  struct Gap {
    double ms = 0;
    double at = 0;  ///< seconds after the start of the watch
  };
  /// What has been seen since the start, or since reset().
  struct Gaps {
    Gap longest;
    std::vector<Gap> worst;  ///< the longest ones, at most kWorst, in falling order
    std::uint64_t beats = 0;
    std::uint64_t over_frame = 0;  ///< how many were longer than kFrameMs
  };
  static constexpr std::size_t kWorst = 5;

  /// Begins to watch; later calls do nothing.
  void start();
  bool started() const { return timer_.isActive(); }
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
