#include "app/studio/widgets/drop_frame.h"

#include <QPainter>

#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

constexpr int kFrameWidth = 2;
constexpr int kVeilAlpha = 28;

}  // namespace

DropFrame::DropFrame(QWidget* window) : QWidget(window) {
  setObjectName(QStringLiteral("drop_frame"));
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setAccessibleName(tr("Drop to open"));
  hide();
}

void DropFrame::appear() {
  setGeometry(parentWidget()->rect());
  show();
  raise();
}

void DropFrame::paintEvent(QPaintEvent*) {
  const Tokens& t = current_tokens();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor veil = t.accent;
  veil.setAlpha(kVeilAlpha);
  painter.setBrush(veil);
  painter.setPen(QPen(t.accent, kFrameWidth));
  painter.drawRoundedRect(QRectF(rect()).adjusted(3, 3, -3, -3), kRadius, kRadius);

  const QString words = tr("Drop to open");
  QRectF plate(painter.fontMetrics().boundingRect(words).adjusted(-20, -12, 20, 12));
  plate.moveCenter(QRectF(rect()).center());
  painter.setBrush(t.panel);
  painter.drawRoundedRect(plate, kRadius, kRadius);
  painter.setPen(t.text);
  painter.drawText(plate, Qt::AlignCenter, words);
}

}  // namespace purlscope::app
