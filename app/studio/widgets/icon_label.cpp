#include "app/studio/widgets/icon_label.h"

#include <QPainter>

#include "app/studio/theme/icons.h"

namespace purlscope::app {

IconLabel::IconLabel(const QString& icon, int size, QWidget* parent) : QWidget(parent), icon_(icon) {
  setFixedSize(size, size);
}

void IconLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  themed_icon(icon_).paint(&painter, rect());
}

}  // namespace purlscope::app
