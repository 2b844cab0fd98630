#include "app/studio/widgets/dock.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"

namespace purlscope::app {

Dock::Dock(const QString& id, const QString& title, QWidget* body, QWidget* parent) : QDockWidget(title, parent) {
  setObjectName(id);
  setFeatures(DockWidgetClosable | DockWidgetMovable | DockWidgetFloatable);

  auto* bar = new QFrame;
  bar->setObjectName(QStringLiteral("dock_title"));
  bar_ = new QHBoxLayout(bar);
  bar_->setContentsMargins(12, 6, 6, 2);
  bar_->setSpacing(2);
  auto* head = new QLabel(title);
  head->setObjectName(QStringLiteral("head"));
  bar_->addWidget(head, 1);
  const auto add_button = [&](const QString& icon, const QString& about) {
    auto* button = new QToolButton;
    button->setIcon(themed_icon(icon));
    button->setIconSize({12, 12});
    button->setProperty("flat", true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(about);
    button->setToolTip(about);
    bar_->addWidget(button);
    return button;
  };
  connect(add_button(QStringLiteral("float"), tr("Float or dock the panel “%1”").arg(title)), &QToolButton::clicked,
          this, [this] { setFloating(!isFloating()); });
  connect(add_button(QStringLiteral("close"), tr("Hide the panel “%1” (View menu brings it back)").arg(title)),
          &QToolButton::clicked, this, &QWidget::close);
  setTitleBarWidget(bar);

  auto* frame = new QFrame;
  frame->setObjectName(QStringLiteral("dock_body"));
  auto* layout = new QVBoxLayout(frame);
  layout->setContentsMargins(12, 4, 12, 10);
  layout->addWidget(body);
  setWidget(frame);
  connect(this, &QDockWidget::topLevelChanged, this, [bar, frame](bool floating) {
    for (QWidget* part : {bar, frame}) {  // the style sheet draws a border around floating docks
      part->setProperty("floating", floating);
      part->style()->unpolish(part);
      part->style()->polish(part);
    }
  });
  setAccessibleName(title);
}

void Dock::add_control(QWidget* control) { bar_->insertWidget(bar_->count() - 2, control); }

bool Dock::in_sight() const { return !visibleRegion().isEmpty(); }

void Dock::reveal() {
  show();
  raise();
  if (isFloating()) activateWindow();
}

}  // namespace purlscope::app
