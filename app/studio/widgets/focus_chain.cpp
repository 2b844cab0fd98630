#include "app/studio/widgets/focus_chain.h"

#include <QWidget>

namespace purlscope::app {
namespace {

bool takes_tab(const QWidget& widget) {
  return (widget.focusPolicy() & Qt::TabFocus) != 0 && widget.focusProxy() == nullptr;
}

}  // namespace

void chain_focus(const std::vector<QWidget*>& areas) {
  QWidget* last = nullptr;
  const auto append = [&last](QWidget* widget) {
    if (!takes_tab(*widget)) return;
    if (last != nullptr) QWidget::setTabOrder(last, widget);
    last = widget;
  };
  for (QWidget* area : areas) {
    append(area);
    for (QWidget* widget : area->findChildren<QWidget*>()) {
      if (widget->window() == area->window()) append(widget);  // not what a menu or a list that opens holds
    }
  }
}

}  // namespace purlscope::app
