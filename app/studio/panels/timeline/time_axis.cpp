#include "app/studio/panels/timeline/time_axis.h"

#include <QWheelEvent>

namespace purlscope::app {
namespace {

constexpr double kZoomStep = 1.25;
constexpr double kPanStep = 0.1;

}  // namespace

WheelMove wheel_move(const QWheelEvent& event) {
  const QPoint turned = event.angleDelta();
  const int delta = turned.y() != 0 ? turned.y() : turned.x();
  if (delta == 0) return {};
  if (event.modifiers() & Qt::ControlModifier) return {.factor = delta > 0 ? 1.0 / kZoomStep : kZoomStep};
  if (event.modifiers() & Qt::ShiftModifier) return {.pan = delta > 0 ? -kPanStep : kPanStep};
  return {.steps = delta > 0 ? 1 : -1};
}

}  // namespace purlscope::app
