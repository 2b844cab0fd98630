#include "app/studio/widgets/narrow_button.h"

#include <QStyleOptionToolButton>

namespace purlscope::app {
namespace {

constexpr int kAround = 18;  // logical pixels: borders, paddings and the gap behind the icon

}  // namespace

NarrowButton::NarrowButton(QWidget* parent) : QToolButton(parent) {
  setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize NarrowButton::minimumSizeHint() const {
  const int height = sizeHint().height();
  return {height, height};
}

void NarrowButton::initStyleOption(QStyleOptionToolButton* option) const {
  QToolButton::initStyleOption(option);
  const int words = fontMetrics().horizontalAdvance(text());
  if (width() < iconSize().width() + words + kAround) option->toolButtonStyle = Qt::ToolButtonIconOnly;
}

}  // namespace purlscope::app
