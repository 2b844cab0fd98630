#include "app/studio/diagnostics/ui_watch.h"

#include <algorithm>

namespace purlscope::app {

UiWatch::UiWatch(QObject* parent) : QObject(parent) {
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setInterval(kBeatMs);
  connect(&timer_, &QTimer::timeout, this, &UiWatch::beat);
  since_start_.start();
  since_beat_.start();
  timer_.start();
}

void UiWatch::beat() {
  const double waited = static_cast<double>(since_beat_.nsecsElapsed()) * 1e-6 - kBeatMs;
  since_beat_.start();
  ++gaps_.beats;
  if (waited > kFrameMs) ++gaps_.over_frame;
  if (waited <= gaps_.longest) return;
  gaps_.longest = waited;
  gaps_.longest_at = static_cast<double>(since_start_.nsecsElapsed()) * 1e-9;
}

void UiWatch::reset() {
  gaps_ = {};
  since_beat_.start();
}

}  // namespace purlscope::app
