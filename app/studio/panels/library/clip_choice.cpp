#include "app/studio/panels/library/clip_choice.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {

ClipChoice::ClipChoice(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("clip_choice"));
  setProperty("notice", true);
  text_ = new QLabel;
  text_->setProperty("role", QStringLiteral("clip_choice"));
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  auto* all = new QToolButton;
  all->setObjectName(QStringLiteral("clip_choice_all"));
  all->setText(tr("All clips"));
  all->setIcon(themed_icon(QStringLiteral("close")));
  all->setIconSize({10, 10});
  all->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  all->setFocusPolicy(Qt::TabFocus);
  all->setToolTip(tr("List all clips of the folder again"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kGrid, 4, 4, 4);
  row->setSpacing(kGrid);
  row->addWidget(text_, 1);
  row->addWidget(all);
  connect(all, &QToolButton::clicked, this, &ClipChoice::left);
  hide();
}

void ClipChoice::show_choice(const QString& title, qsizetype clips) {
  text_->setText(QStringLiteral("%1 · %2").arg(title, counted(clips, tr("%1 clip"), tr("%1 clips"))));
  setAccessibleName(text_->text());
  show();
}

}  // namespace purlscope::app
