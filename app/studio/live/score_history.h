#pragma once

#include <deque>

#include "core/engine/recognition.h"

namespace purlscope::app {

/// A window of a live source and what was recognised in it. Seconds of the stream.
struct ScoredWindow {
  double begin = 0.0;  ///< time 0 of what was recognised
  double end = 0.0;
  core::RecognitionPtr recognition;
};

/// The windows scored in the last seconds, so that scrolling back shows what was seen then. Plain values; one thread.
class ScoreHistory {
 public:
  /// Windows come in the order of their ends.
  void add(ScoredWindow window);
  /// Lets go of windows that ended before a time.
  void forget_before(double time);
  void clear() { windows_.clear(); }
  bool empty() const { return windows_.empty(); }
  /// By their ends.
  const std::deque<ScoredWindow>& windows() const { return windows_; }

  /// The first window that ended at or after a time and holds it; past the last one's end that one, for as long as
  /// `slack` seconds. Null when there is none.
  const ScoredWindow* at(double time, double slack) const;

 private:
  std::deque<ScoredWindow> windows_;
};

}  // namespace purlscope::app
