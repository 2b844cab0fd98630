#include "app/studio/panels/timeline/lane_curve.h"

#include <algorithm>
#include <cmath>

namespace purlscope::app {
namespace {

constexpr double kBeyond = 2.0;  // widths of the area at each side, beyond which nothing is drawn
constexpr double kPixel = 1.0;

/// Two windows that do not overlap leave time between them of which nothing is known.
bool apart(const core::ScoreTrack& track, std::size_t before, std::size_t after) {
  return track.windows[after].begin > track.windows[before].end;
}

}  // namespace

std::vector<QPolygonF> lane_curves(const core::ScoreTrack& track, std::size_t label, float scale, const QRectF& area,
                                   const std::function<double(double)>& x_of) {
  std::vector<QPolygonF> lines;
  std::optional<std::size_t> before;
  const auto close = [&] {
    if (before)
      lines.back().append(
          {std::max(lines.back().back().x(), x_of(track.windows[*before].end)), lines.back().back().y()});
  };
  for (std::size_t window = 0; window < track.size(); ++window) {
    const float value = track.at(window, label);
    if (!std::isfinite(value)) continue;
    const double x = x_of(track.times[window]);
    if (x < area.left() - kBeyond * area.width() || x > area.right() + kBeyond * area.width()) continue;
    const double share = std::clamp(static_cast<double>(value / scale), 0.0, 1.0);
    const QPointF point(x, area.bottom() - share * area.height());
    if (!before || apart(track, *before, window)) {
      close();
      lines.push_back({QPointF(std::min(x, x_of(track.windows[window].begin)), point.y()), point});
    } else if (QPolygonF& line = lines.back(); line.size() > 1 && x - line.back().x() < kPixel) {
      line.back().setY(std::min(line.back().y(), point.y()));
    } else {
      line.append(point);
    }
    before = window;
  }
  close();
  return lines;
}

}  // namespace purlscope::app
