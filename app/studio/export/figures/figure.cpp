#include "app/studio/export/figures/figure.h"

#include <QBuffer>
#include <QImage>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include "app/studio/export/figures/ink.h"
#include "core/base/error.h"

namespace purlscope::app {
namespace {

constexpr int kPointsPerInch = 72;
constexpr int kPdfDpi = 1200;
constexpr double kMetresPerInch = 0.0254;

QSizeF points(const Figure& figure) { return figure.size / kPoint; }

/// @param scale  device units in a unit of the figure
void paint(const Figure& figure, QPaintDevice& device, double scale) {
  QPainter painter(&device);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  painter.scale(scale, scale);
  figure.paint(painter);
}

}  // namespace

QByteArray figure_svg(const Figure& figure) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QSvgGenerator svg;
  svg.setOutputDevice(&buffer);
  svg.setTitle(figure.title);
  svg.setResolution(kPointsPerInch);
  svg.setSize(points(figure).toSize());
  svg.setViewBox(QRectF(QPointF(), figure.size));
  paint(figure, svg, 1.0);
  const QByteArray family = figure_family().toHtmlEscaped().toUtf8();
  return bytes.replace("font-family=\"" + family + '"', "font-family=\"" + family + ", sans-serif\"");
}

QByteArray figure_pdf(const Figure& figure) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter pdf(&buffer);
  pdf.setTitle(figure.title);
  pdf.setCreator(QStringLiteral("Purlscope"));
  pdf.setResolution(kPdfDpi);
  pdf.setPageLayout(QPageLayout(QPageSize(points(figure), QPageSize::Point, {}, QPageSize::ExactMatch),
                                QPageLayout::Portrait, QMarginsF()));
  paint(figure, pdf, kPdfDpi / (kPointsPerInch * kPoint));
  return bytes;
}

QByteArray figure_png(const Figure& figure) {
  const double scale = kFigureDpi / (kPointsPerInch * kPoint);
  QImage image((figure.size * scale).toSize(), QImage::Format_RGB32);
  if (image.isNull()) throw Error(Code::limit, "the figure is too large for a picture; write it as .svg or .pdf");
  image.fill(Qt::white);
  paint(figure, image, scale);
  const int per_metre = qRound(kFigureDpi / kMetresPerInch);
  image.setDotsPerMeterX(per_metre);  // after painting: it would scale fonts
  image.setDotsPerMeterY(per_metre);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  image.save(&buffer, "PNG");
  return bytes;
}

QByteArray figure_bytes(const Figure& figure, const QString& ending) {
  if (ending == QStringLiteral(".png")) return figure_png(figure);
  if (ending == QStringLiteral(".svg")) return figure_svg(figure);
  if (ending == QStringLiteral(".pdf")) return figure_pdf(figure);
  throw Error(Code::internal, "figures are not written as " + ending.toStdString());
}

}  // namespace purlscope::app
