#include "app/studio/widgets/page_head.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"

namespace purlscope::app {

PageHead::PageHead(const QString& id, const QString& where, const QString& title, const QString& about, QWidget* parent)
    : QWidget(parent) {
  auto* button = new QToolButton;
  button->setObjectName(id);
  button->setIcon(themed_icon(QStringLiteral("chevron-left")));
  button->setText(where);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setProperty("flat", true);
  button->setFocusPolicy(Qt::TabFocus);
  button->setAccessibleName(about);
  button->setToolTip(about);
  auto* head = new QLabel(title);
  head->setObjectName(QStringLiteral("head"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGrid);
  row->addWidget(button);
  row->addWidget(head, 1);
  connect(button, &QToolButton::clicked, this, &PageHead::back);
}

}  // namespace purlscope::app
