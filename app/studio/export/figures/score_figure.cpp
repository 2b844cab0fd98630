#include "app/studio/export/figures/score_figure.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>

#include "app/studio/export/figures/ink.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

// Points.
constexpr double kRow = 14;
constexpr double kBar = 8;
constexpr double kNamesShare = 0.36;  // of the figure's width, at most
constexpr double kNumbers = 62;
constexpr double kGap = 6;
constexpr double kAxis = 28;  // numbers and title beneath a plot
constexpr double kPlotHeight = 130;
constexpr double kPlotLeft = 38;
constexpr double kLegendRow = 12;
constexpr double kPartGap = 12;

/// Colours of Okabe and Ito, which people with any colour vision tell apart; the yellow darker, for white paper.
const std::array<QColor, kMostCurves> kCurveColours{
    QColor(0x00, 0x72, 0xb2), QColor(0xd5, 0x5e, 0x00), QColor(0x00, 0x9e, 0x73), QColor(0xcc, 0x79, 0xa7),
    QColor(0x56, 0xb4, 0xe9), QColor(0xe6, 0x9f, 0x00), QColor(0x1a, 0x1d, 0x24), QColor(0xa8, 0x9f, 0x10)};
const QColor kBarColour(0x00, 0x72, 0xb2);

double units(double points) { return points * kPoint; }

class FigureWords {
  Q_DECLARE_TR_FUNCTIONS(Figure)
};

QString percentage_axis() { return FigureWords::tr("Probability (%)"); }

QString value_text(const ScoreBar& bar) {
  const auto number = [](double share) { return QStringLiteral("%1 %").arg(100 * share, 0, 'f', 1); };
  return bar.plain ? QStringLiteral("%1 → %2").arg(number(*bar.plain), number(bar.probability))
                   : number(bar.probability);
}

double names_width(const std::vector<ScoreBar>& bars) {
  const QFont font = figure_font(kTextSize);
  double width = 0;
  for (const ScoreBar& bar : bars) width = std::max(width, text_width(font, bar.name));
  return std::min(width + units(1), units(kNamesShare * kFigureWidth));
}

/// Thin lines at round percentages with their numbers beneath.
void paint_scale(QPainter& painter, const QRectF& plot) {
  const QFont small = figure_font(kSmallSize);
  for (int per_cent = 0; per_cent <= 100; per_cent += 20) {
    const double x = plot.left() + plot.width() * per_cent / 100;
    painter.setPen(QPen(per_cent == 0 ? kPaleInk : kEmpty, units(0.6)));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    draw_line_of_text(painter, small, kInk, QRectF(x - units(20), plot.bottom() + units(2), units(40), units(10)),
                      Qt::AlignHCenter | Qt::AlignTop, QString::number(per_cent));
  }
  draw_line_of_text(painter, figure_font(kTextSize), kInk,
                    QRectF(plot.left(), plot.bottom() + units(13), plot.width(), units(12)),
                    Qt::AlignHCenter | Qt::AlignTop, percentage_axis());
}

double bars_height(const std::vector<ScoreBar>& bars) {
  return units(kRow) * static_cast<double>(bars.size()) + units(kAxis);
}

void paint_bars(QPainter& painter, const std::vector<ScoreBar>& bars, double top) {
  const QFont font = figure_font(kTextSize);
  const double names = names_width(bars);
  const double left = units(kFigureMargin) + names + units(kGap);
  const QRectF plot(left, top, units(kFigureWidth - kFigureMargin - kNumbers) - left,
                    units(kRow) * static_cast<double>(bars.size()));
  paint_scale(painter, plot);
  double y = top;
  for (const ScoreBar& bar : bars) {
    const QRectF row(plot.left(), y + units(kRow - kBar) / 2, plot.width() * std::clamp(bar.probability, 0.0, 1.0),
                     units(kBar));
    draw_line_of_text(painter, font, bar.none ? kPaleInk : kInk, QRectF(units(kFigureMargin), y, names, units(kRow)),
                      Qt::AlignRight | Qt::AlignVCenter, bar.name);
    painter.setPen(Qt::NoPen);
    painter.setBrush(bar.none ? kRule : kBarColour);
    painter.drawRect(row);
    if (bar.plain) {  // a mark where it stood without refinement
      const double x = plot.left() + plot.width() * std::clamp(*bar.plain, 0.0, 1.0);
      painter.setPen(QPen(kInk, units(1)));
      painter.drawLine(QPointF(x, row.top() - units(1.5)), QPointF(x, row.bottom() + units(1.5)));
    }
    draw_line_of_text(painter, figure_font(kSmallSize), kInk,
                      QRectF(plot.right() + units(kGap), y, units(kNumbers - kGap), units(kRow)),
                      Qt::AlignLeft | Qt::AlignVCenter, value_text(bar));
    y += units(kRow);
  }
}

/// Rows of the legend: as many names in one as fit.
struct LegendPlace {
  QPointF at;
  std::size_t curve = 0;
  double width = 0;
};

constexpr double kSample = 14;  // length of a line's sample, points

std::vector<LegendPlace> legend_places(const std::vector<ScoreCurve>& curves) {
  const QFont font = figure_font(kSmallSize);
  const double right = units(kFigureWidth - kFigureMargin);
  const double left = units(kPlotLeft);
  std::vector<LegendPlace> places;
  QPointF at(left, 0);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const double width = std::min(units(kSample + 4) + text_width(font, curves[i].name), right - left);
    if (at.x() > left && at.x() + width > right) at = QPointF(left, at.y() + units(kLegendRow));
    places.push_back({at, i, width});
    at.rx() += width + units(14);
  }
  return places;
}

double curves_height(const std::vector<ScoreCurve>& curves) {
  return legend_places(curves).back().at.y() + units(kLegendRow + kGap + kPlotHeight + kAxis);
}

std::pair<double, double> time_range(const std::vector<ScoreCurve>& curves) {
  double low = 1e300, high = -1e300;
  for (const ScoreCurve& curve : curves) {
    for (const QPointF& point : curve.points) {
      low = std::min(low, point.x());
      high = std::max(high, point.x());
    }
  }
  return high > low ? std::pair(low, high) : std::pair(low - 0.5, low + 0.5);
}

void paint_frame(QPainter& painter, const QRectF& plot, double begin, double end) {
  const QFont small = figure_font(kSmallSize);
  for (int per_cent = 0; per_cent <= 100; per_cent += 20) {
    const double y = plot.bottom() - plot.height() * per_cent / 100;
    painter.setPen(QPen(per_cent == 0 ? kPaleInk : kEmpty, units(0.6)));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    draw_line_of_text(painter, small, kInk, QRectF(0, y - units(6), plot.left() - units(4), units(12)),
                      Qt::AlignRight | Qt::AlignVCenter, QString::number(per_cent));
  }
  const std::vector<double> ticks = nice_ticks(begin, end, 7);
  const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1.0;
  for (const double tick : ticks) {
    const double x = plot.left() + plot.width() * (tick - begin) / (end - begin);
    painter.setPen(QPen(kPaleInk, units(0.6)));
    painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + units(2.5)));
    draw_line_of_text(painter, small, kInk, QRectF(x - units(20), plot.bottom() + units(3), units(40), units(10)),
                      Qt::AlignHCenter | Qt::AlignTop, tick_text(tick, step));
  }
  const QFont text = figure_font(kTextSize);
  draw_line_of_text(painter, text, kInk, QRectF(plot.left(), plot.bottom() + units(14), plot.width(), units(12)),
                    Qt::AlignHCenter | Qt::AlignTop, FigureWords::tr("Middle of the window (s)"));
  draw_turned(painter, text, kInk, QPointF(units(kFigureMargin + 3), plot.center().y()), -90, TextAnchor::middle,
              percentage_axis());
}

void paint_curves(QPainter& painter, const std::vector<ScoreCurve>& curves, double top) {
  const QFont small = figure_font(kSmallSize);
  const std::vector<LegendPlace> legend = legend_places(curves);
  for (const LegendPlace& place : legend) {
    const QPointF at = place.at + QPointF(0, top + units(kLegendRow) / 2);
    painter.setPen(QPen(kCurveColours[place.curve % kMostCurves], units(1.4)));
    painter.drawLine(at, at + QPointF(units(kSample), 0));
    draw_line_of_text(
        painter, small, kInk,
        QRectF(at.x() + units(kSample + 4), at.y() - units(6), place.width - units(kSample + 4) + 1, units(12)),
        Qt::AlignLeft | Qt::AlignVCenter, curves[place.curve].name);
  }
  const double plot_top = top + legend.back().at.y() + units(kLegendRow + kGap);
  const QRectF plot(units(kPlotLeft), plot_top, units(kFigureWidth - kFigureMargin - kPlotLeft), units(kPlotHeight));
  const auto [begin, end] = time_range(curves);
  paint_frame(painter, plot, begin, end);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    QPainterPath path;
    for (const QPointF& point : curves[i].points) {
      const QPointF at(plot.left() + plot.width() * (point.x() - begin) / (end - begin),
                       plot.bottom() - plot.height() * std::clamp(point.y(), 0.0, 1.0));
      path.elementCount() == 0 ? path.moveTo(at) : path.lineTo(at);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(kCurveColours[i % kMostCurves], units(1.4), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
  }
}

}  // namespace

Figure score_figure(const ScoreFigure& content) {
  const double bars_top = heading_height(content.title, content.facts);
  const double curves_top = bars_top + bars_height(content.bars) + units(kPartGap);
  const double bottom =
      content.curves.empty() ? curves_top - units(kPartGap) : curves_top + curves_height(content.curves);
  const QSizeF size(units(kFigureWidth), std::ceil((bottom + units(kFigureMargin)) / kPoint) * kPoint);
  return {content.title, size, [content, bars_top, curves_top](QPainter& painter) {
            draw_heading(painter, content.title, content.facts);
            paint_bars(painter, content.bars, bars_top);
            if (!content.curves.empty()) paint_curves(painter, content.curves, curves_top);
          }};
}

}  // namespace purlscope::app
