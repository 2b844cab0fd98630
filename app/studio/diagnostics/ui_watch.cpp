#include "app/studio/diagnostics/ui_watch.h"

#include <algorithm>

namespace purlscope::app {

UiWatch::UiWatch(QObject* parent) : QObject(parent) {
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setInterval(kBeatMs);
  connect(&timer_, &QTimer::timeout, this, &UiWatch::beat);
}

void UiWatch::start() {
  if (timer_.isActive()) return;
  since_start_.start();
  since_beat_.start();
  timer_.start();
}

void UiWatch::beat() {
  const Gap gap{static_cast<double>(since_beat_.nsecsElapsed()) * 1e-6 - kBeatMs,
                static_cast<double>(since_start_.nsecsElapsed()) * 1e-9};
  since_beat_.start();
  ++gaps_.beats;
  if (gap.ms > kFrameMs) ++gaps_.over_frame;
  auto& worst = gaps_.worst;
  if (gap.ms <= 0 || (worst.size() == kWorst && gap.ms <= worst.back().ms)) return;
  worst.insert(std::ranges::find_if(worst, [&](const Gap& other) { return other.ms < gap.ms; }), gap);
  if (worst.size() > kWorst) worst.pop_back();
  gaps_.longest = worst.front();
}

void UiWatch::reset() {
  gaps_ = {};
  since_beat_.start();
}

}  // namespace purlscope::app
