#pragma once

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>
#include <vector>

#include "app/studio/export/figures/figure.h"

class QPainter;

namespace purlscope::app {

/// Looks that all figures share. Sizes in points.
inline constexpr double kFigureWidth = 504;  ///< two columns of a paper, 7 inches
inline constexpr double kFigureMargin = 10;
inline constexpr double kTitleSize = 10;
inline constexpr double kTextSize = 8;
inline constexpr double kSmallSize = 7;

extern const QColor kInk, kPaleInk, kRule, kEmpty;

/// Name of the product's typeface.
QString figure_family();
/// The product's typeface. @param size  points
QFont figure_font(double size, QFont::Weight weight = QFont::Normal);
/// Units.
double text_width(const QFont& font, const QString& text);
double line_height(const QFont& font);
/// Height of a text that is wrapped at a width, at most `lines` lines of it. Units.
double wrapped_height(const QFont& font, const QString& text, double width, int lines);

/// A text on one line, shortened by an ellipsis where it is too long. @param flags  Qt::Alignment
void draw_line_of_text(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, int flags,
                       const QString& text);
/// A wrapped text at the top of a rectangle; what does not fit is cut with an ellipsis.
void draw_wrapped(QPainter& painter, const QFont& font, const QColor& colour, const QRectF& rect, const QString& text);
/// A text on one line turned about its anchor. @param degrees  clockwise. @param end  the text ends at the anchor
/// instead of beginning there; @param middle  its middle is at the anchor
enum class TextAnchor { begin, middle, end };
void draw_turned(QPainter& painter, const QFont& font, const QColor& colour, const QPointF& anchor, double degrees,
                 TextAnchor place, const QString& text);

/// A title with a line of facts beneath. @return lower edge, units from the top
double draw_heading(QPainter& painter, const QString& title, const QString& facts);
double heading_height(const QString& title, const QString& facts);

/// Round numbers within a range, about `count` of them, ascending.
std::vector<double> nice_ticks(double low, double high, int count);
/// A tick's number with the decimals that the distance of ticks asks for: "0.05", "−0.1".
QString tick_text(double value, double step);

}  // namespace purlscope::app
