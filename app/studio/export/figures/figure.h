#pragma once

#include <QByteArray>
#include <QSizeF>
#include <QString>
#include <functional>

class QPainter;

namespace purlscope::app {

/// Units of a figure in a point (1/72 inch): fine ones, so that letters keep their places at every resolution.
inline constexpr double kPoint = 10.0;

/// A drawing for paper: dark on white, of a fixed size. Knows nothing of the device; may be painted on any thread.
struct Figure {
  QString title;  ///< of the document
  QSizeF size;    ///< units
  std::function<void(QPainter&)> paint;
};

inline constexpr int kFigureDpi = 300;  ///< pixels an inch of a PNG

/// Vector drawing with its texts as texts. Transparent where nothing is drawn.
QByteArray figure_svg(const Figure& figure);
/// One page of the figure's size, fonts embedded.
QByteArray figure_pdf(const Figure& figure);
/// Picture of kFigureDpi on white. @throws Error{Code::limit} for a figure that is too large for memory
QByteArray figure_png(const Figure& figure);

/// By the ending of a file name: ".png", ".svg", ".pdf". @throws as figure_png, Error{Code::internal} for another
QByteArray figure_bytes(const Figure& figure, const QString& ending);

}  // namespace purlscope::app
