#include "app/studio/export/figures/matrix_figure.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "app/studio/export/figures/ink.h"
#include "core/base/error.h"
#include "render/colormap.h"

namespace purlscope::app {
namespace {

// Points.
constexpr double kAxisTitle = 12;  // room for a title along an axis
constexpr double kCellHeight = 13;
constexpr double kWidestCell = 60;
constexpr double kCellGap = 0.6;
constexpr double kNameGap = 4;    // between names and the grid
constexpr double kGroupRow = 13;  // names of groups, with their line
constexpr double kBarGap = 10;
constexpr double kBarWidth = 8;
constexpr double kTick = 3;
constexpr double kTickGap = 2;  // between a tick and its number
constexpr double kUnitGap = 6;  // between the numbers and the unit
constexpr double kPartGap = 10;
constexpr double kHeadingRow = 14;
constexpr double kLongestName = 90;

constexpr double kSlant = -45;  // degrees
constexpr int kBarSteps = 96;
constexpr int kTicks = 5;

double units(double points) { return points * kPoint; }

QColor colour_at(const render::ColorMap* map, double share) {
  const auto at = static_cast<float>(share);
  if (map == nullptr) return QColor::fromRgbF(at, at, at);
  const glm::vec3 c = map->at(at);
  return QColor::fromRgbF(c.r, c.g, c.b);
}

const render::ColorMap* map_of(const std::string& id) {
  try {
    return &render::ColorMap::get(id);
  } catch (const Error&) {
    return nullptr;
  }
}

/// A part with its place in the figure. Units.
struct Placed {
  MatrixPart part;
  double top = 0;
  QRectF grid;
  bool slanted = false;  ///< names of columns
  double names_height = 0;
  double bottom = 0;
  std::vector<double> ticks;  ///< of the colour bar
  double step = 1;            ///< from one to the next
  double numbers_width = 0;

  double cell_width() const { return grid.width() / static_cast<double>(part.data.columns.size()); }
  double cell_height() const { return grid.height() / static_cast<double>(part.data.rows.size()); }
};

QString shortened(const QFont& font, const QString& name) {
  return QFontMetricsF(font).elidedText(name, Qt::ElideRight, units(kLongestName));
}

Placed placed(const MatrixPart& part, double top) {
  const QFont small = figure_font(kSmallSize);
  Placed place;
  place.part = part;
  place.top = top;
  double row_names = 0;
  for (const QString& name : part.data.rows) row_names = std::max(row_names, text_width(small, name));
  double longest = 0;
  for (const QString& name : part.data.columns) longest = std::max(longest, text_width(small, shortened(small, name)));
  const auto [low, high] = colour_range(part.data);
  place.ticks = nice_ticks(low, high, kTicks);
  if (place.ticks.size() > 1) place.step = place.ticks[1] - place.ticks[0];
  for (const double tick : place.ticks) {
    place.numbers_width = std::max(place.numbers_width, text_width(small, tick_text(tick, place.step)));
  }
  const double left = units(kFigureMargin + kAxisTitle + kNameGap) + row_names;
  const double bar = units(kBarGap + kBarWidth + kTick + kTickGap + kUnitGap + kSmallSize) + place.numbers_width;
  const double room = units(kFigureWidth - kFigureMargin) - bar - left;
  const auto columns = static_cast<double>(part.data.columns.size());
  const double cell = std::min(room / columns, units(kWidestCell));
  place.slanted = longest > cell - units(kNameGap);
  place.names_height =
      place.slanted ? (longest + small.pixelSize()) * std::numbers::sqrt2 / 2 : line_height(small) + units(2);
  const double head = units(kHeadingRow + (part.grouped ? kGroupRow : kNameGap));
  place.grid =
      QRectF(left, top + head, cell * columns, units(kCellHeight) * static_cast<double>(part.data.rows.size()));
  place.bottom = place.grid.bottom() + units(kNameGap) + place.names_height + units(kAxisTitle);
  return place;
}

void paint_cells(QPainter& painter, const Placed& place, const render::ColorMap* map) {
  const MatrixData& data = place.part.data;
  const auto [low, high] = colour_range(data);
  painter.setPen(Qt::NoPen);
  const double gap = units(kCellGap) / 2;
  for (std::size_t i = 0; i < data.values.size(); ++i) {
    const auto column = static_cast<double>(i % data.columns.size());
    const auto row = static_cast<double>(i / data.columns.size());
    const float value = data.values[i];
    painter.setBrush(std::isfinite(value) ? colour_at(map, std::clamp((value - low) / (high - low), 0.0F, 1.0F))
                                          : kEmpty);
    painter.drawRect(QRectF(place.grid.left() + column * place.cell_width(),
                            place.grid.top() + row * place.cell_height(), place.cell_width(), place.cell_height())
                         .adjusted(gap, gap, -gap, -gap));
  }
}

void paint_row_names(QPainter& painter, const Placed& place) {
  const QFont small = figure_font(kSmallSize);
  const QRectF& grid = place.grid;
  for (std::size_t row = 0; row < place.part.data.rows.size(); ++row) {
    const QRectF cell(0, grid.top() + static_cast<double>(row) * place.cell_height(), grid.left() - units(kNameGap),
                      place.cell_height());
    draw_line_of_text(painter, small, kInk, cell, Qt::AlignRight | Qt::AlignVCenter, place.part.data.rows[row]);
  }
  draw_turned(painter, figure_font(kTextSize), kInk, QPointF(units(kFigureMargin + kAxisTitle / 3), grid.center().y()),
              -90, TextAnchor::middle, QCoreApplication::translate("Figure", "Sentence"));
}

void paint_column_names(QPainter& painter, const Placed& place) {
  const QFont small = figure_font(kSmallSize);
  const QRectF& grid = place.grid;
  const double width = place.cell_width();
  const double top = grid.bottom() + units(kNameGap);
  for (std::size_t column = 0; column < place.part.data.columns.size(); ++column) {
    const QString name = shortened(small, place.part.data.columns[column]);
    const double middle = grid.left() + (static_cast<double>(column) + 0.5) * width;
    if (place.slanted) {
      draw_turned(painter, small, kInk, QPointF(middle + units(1), top), kSlant, TextAnchor::end, name);
    } else {
      draw_line_of_text(painter, small, kInk, QRectF(middle - width / 2, top, width, line_height(small)),
                        Qt::AlignHCenter | Qt::AlignTop, name);
    }
  }
  const QFont text = figure_font(kTextSize);
  draw_line_of_text(painter, text, kInk, QRectF(grid.left(), top + place.names_height, grid.width(), line_height(text)),
                    Qt::AlignHCenter | Qt::AlignTop, place.part.axis_title);
}

void paint_groups(QPainter& painter, const Placed& place) {
  const QFont small = figure_font(kSmallSize);
  double left = place.grid.left();
  const double line = place.grid.top() - units(2.5);
  for (const auto& [name, count] : place.part.data.groups) {
    const double width = place.cell_width() * count;
    painter.setPen(QPen(kPaleInk, units(0.6)));
    painter.drawLine(QPointF(left + units(1.5), line), QPointF(left + width - units(1.5), line));
    draw_line_of_text(painter, small, kPaleInk,
                      QRectF(left, line - units(kGroupRow) + units(2), width, units(kGroupRow - 3)), Qt::AlignCenter,
                      name);
    left += width;
  }
}

void paint_bar(QPainter& painter, const Placed& place, const render::ColorMap* map, const QString& unit) {
  const auto [low, high] = colour_range(place.part.data);
  const QRectF bar(place.grid.right() + units(kBarGap), place.grid.top(), units(kBarWidth), place.grid.height());
  painter.setPen(Qt::NoPen);
  for (int i = 0; i < kBarSteps; ++i) {  // each reaches to the lower end: no seams between them
    painter.setBrush(colour_at(map, 1.0 - (i + 0.5) / kBarSteps));
    QRectF rest = bar;
    rest.setTop(bar.top() + bar.height() * i / kBarSteps);
    painter.drawRect(rest);
  }
  const QFont small = figure_font(kSmallSize);
  for (const double tick : place.ticks) {
    const double y = bar.bottom() - bar.height() * (tick - low) / (high - low);
    painter.setPen(QPen(kInk, units(0.6)));
    painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + units(kTick), y));
    draw_line_of_text(painter, small, kInk,
                      QRectF(bar.right() + units(kTick + kTickGap), y - units(6), place.numbers_width + 1, units(12)),
                      Qt::AlignLeft | Qt::AlignVCenter, tick_text(tick, place.step));
  }
  draw_turned(painter, small, kInk,
              QPointF(bar.right() + units(kTick + kTickGap + kUnitGap + kSmallSize / 2) + place.numbers_width,
                      bar.center().y()),
              -90, TextAnchor::middle, unit);
}

void paint_part(QPainter& painter, const Placed& place, const QString& unit) {
  const render::ColorMap* map = map_of(place.part.data.colour_map);
  draw_line_of_text(
      painter, figure_font(kTextSize, QFont::DemiBold), kInk,
      QRectF(units(kFigureMargin), place.top, units(kFigureWidth - 2 * kFigureMargin), units(kHeadingRow)),
      Qt::AlignLeft | Qt::AlignTop, place.part.heading);
  paint_cells(painter, place, map);
  paint_row_names(painter, place);
  paint_column_names(painter, place);
  if (place.part.grouped) paint_groups(painter, place);
  paint_bar(painter, place, map, unit);
}

}  // namespace

Figure matrix_figure(const MatrixFigure& content) {
  double bottom = heading_height(content.title, content.facts);
  std::vector<Placed> places;
  for (const MatrixPart& part : content.parts) {
    places.push_back(placed(part, bottom + (places.empty() ? 0 : units(kPartGap))));
    bottom = places.back().bottom;
  }
  const QSizeF size(units(kFigureWidth), std::ceil((bottom + units(kFigureMargin)) / kPoint) * kPoint);
  return {content.title, size,
          [title = content.title, facts = content.facts, unit = content.unit, places](QPainter& painter) {
            draw_heading(painter, title, facts);
            for (const Placed& place : places) paint_part(painter, place, unit);
          }};
}

}  // namespace purlscope::app
