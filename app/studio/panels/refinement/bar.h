#pragma once

class QColor;
class QPainter;
class QRectF;

namespace purlscope::app {

inline constexpr double kBarHeight = 5;

/// A bar in its track. @param share of the track's width, 0 to 1; others are brought there
void paint_bar(QPainter& painter, const QRectF& track, double share, const QColor& colour);

}  // namespace purlscope::app
