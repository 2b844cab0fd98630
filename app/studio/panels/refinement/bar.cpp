#include "app/studio/panels/refinement/bar.h"

#include <QPainter>
#include <algorithm>

#include "app/studio/theme/tokens.h"

namespace purlscope::app {

void paint_bar(QPainter& painter, const QRectF& track, double share, const QColor& colour) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(current_tokens().raised);
  painter.drawRoundedRect(track, kBarHeight / 2, kBarHeight / 2);
  QRectF bar = track;
  bar.setWidth(std::max(kBarHeight, track.width() * std::clamp(share, 0.0, 1.0)));
  painter.setBrush(colour);
  painter.drawRoundedRect(bar, kBarHeight / 2, kBarHeight / 2);
}

}  // namespace purlscope::app
