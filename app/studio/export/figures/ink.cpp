#include "app/studio/export/figures/ink.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace purlscope::app {

const QColor kInk(0x1a, 0x1d, 0x24);
const QColor kPaleInk(0x53, 0x5b, 0x69);
const QColor kRule(0xb4, 0xba, 0xc4);
const QColor kEmpty(0xe8, 0xea, 0xee);

namespace {

constexpr int kTitleLines = 2;
constexpr double kLineGap = 2;        // points between title and facts
constexpr double kHeadingGap = 8;     // points beneath
constexpr double kHalfLetter = 0.36;  // of a font's size: from the base line to the middle of its letters

double content_width() { return (kFigureWidth - 2 * kFigureMargin) * kPoint; }

}  // namespace

QString figure_family() { return QApplication::font().family(); }

QFont figure_font(double size, QFont::Weight weight) {
  QFont font(figure_family());
  font.setPixelSize(qRound(size * kPoint));
  font.setWeight(weight);
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

double text_width(const QFont& font, const QString& text) { return QFontMetricsF(font).horizontalAdvance(text); }

double line_height(const QFont& font) { return QFontMetricsF(font).height(); }

double wrapped_height(const QFont& font, const QString& text, double width, int lines) {
  const QFontMetricsF metrics(font);
  const QRectF all = metrics.boundingRect(QRectF(0, 0, width, 1e6), Qt::TextWordWrap | Qt::TextWrapAnywhere, text);
  return std::min(all.height(), metrics.lineSpacing() * (lines - 1) + metrics.height());
}

void draw_line_of_text(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, int flags,
                       const QString& text) {
  painter.setFont(font);
  painter.setPen(colour);
  painter.drawText(rect, flags | Qt::TextSingleLine,
                   QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width() + 0.5));
}

void draw_wrapped(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, const QString& text) {
  const QFontMetricsF metrics(font);
  QTextLayout layout(text, font);
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(option);
  layout.beginLayout();
  double top = rect.top();
  while (true) {
    QTextLine line = layout.createLine();
    if (!line.isValid()) break;
    line.setLineWidth(rect.width());
    const bool last = top + metrics.lineSpacing() + metrics.height() > rect.bottom() + 1;
    const QString rest = text.mid(line.textStart());
    draw_line_of_text(painter, font, colour, QRectF(rect.left(), top, rect.width(), metrics.height()), Qt::AlignLeft,
                      last ? rest : rest.left(line.textLength()).trimmed());
    if (last) break;
    top += metrics.lineSpacing();
  }
  layout.endLayout();
}

void draw_turned(QPainter& painter, const QFont& font, const QColor& colour, const QPointF& anchor, double degrees,
                 TextAnchor place, const QString& text) {
  painter.save();
  painter.translate(anchor);
  painter.rotate(degrees);
  painter.setFont(font);
  painter.setPen(colour);
  const double width = text_width(font, text);
  const double left = place == TextAnchor::begin ? 0 : place == TextAnchor::middle ? -width / 2 : -width;
  painter.drawText(QPointF(left, kHalfLetter * font.pixelSize()), text);
  painter.restore();
}

double heading_height(const QString& title, const QString& facts) {
  return wrapped_height(figure_font(kTitleSize, QFont::DemiBold), title, content_width(), kTitleLines) +
         wrapped_height(figure_font(kTextSize), facts, content_width(), kTitleLines) +
         (kFigureMargin + kLineGap + kHeadingGap) * kPoint;
}

double draw_heading(QPainter& painter, const QString& title, const QString& facts) {
  const QFont head = figure_font(kTitleSize, QFont::DemiBold);
  const QFont body = figure_font(kTextSize);
  const double left = kFigureMargin * kPoint;
  const double title_height = wrapped_height(head, title, content_width(), kTitleLines);
  draw_wrapped(painter, head, kInk, QRectF(left, left, content_width(), title_height), title);
  draw_wrapped(painter, body, kPaleInk,
               QRectF(left, left + title_height + kLineGap * kPoint, content_width(),
                      wrapped_height(body, facts, content_width(), kTitleLines)),
               facts);
  return heading_height(title, facts);
}

std::vector<double> nice_ticks(double low, double high, int count) {
  const double rough = (high - low) / std::max(1, count);
  if (!(rough > 0)) return {low};
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    if (factor * power >= rough * 0.999) {
      step = factor * power;
      break;
    }
  }
  std::vector<double> ticks;
  const double slack = 1e-6 * step;
  for (double n = std::ceil((low - slack) / step); n * step <= high + slack; ++n) ticks.push_back(n * step);
  return ticks;
}

QString tick_text(double value, double step) {
  int decimals = 0;
  for (double s = step; decimals < 6 && std::abs(s - std::round(s)) > 1e-3 * s; ++decimals) s *= 10;
  const QString digits = QString::number(std::abs(value), 'f', decimals);
  return value < 0 && digits.toDouble() != 0 ? QStringLiteral("−") + digits : digits;
}

}  // namespace purlscope::app
