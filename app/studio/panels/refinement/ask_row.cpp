#include "app/studio/panels/refinement/ask_row.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "app/studio/theme/tokens.h"

namespace purlscope::app {

AskRow::AskRow(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("refinement_ask"));
  question_ = new QLabel;
  question_->setObjectName(QStringLiteral("warning"));
  question_->setWordWrap(true);
  auto* keep = new QPushButton(tr("Keep it"));
  keep->setObjectName(QStringLiteral("refinement_ask_keep"));
  keep->setToolTip(tr("Leave everything as it is"));
  go_ = new QPushButton;
  go_->setObjectName(QStringLiteral("refinement_ask_go"));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(kGrid);
  buttons->addStretch();
  for (QPushButton* button : {keep, go_}) {
    button->setAutoDefault(false);
    buttons->addWidget(button);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 4);
  column->setSpacing(4);
  column->addWidget(question_);
  column->addLayout(buttons);
  connect(keep, &QPushButton::clicked, this, [this] { answer(false); });
  connect(go_, &QPushButton::clicked, this, [this] { answer(true); });
  hide();
}

void AskRow::ask(const QString& question, const QString& go, std::function<void()> run) {
  question_->setText(question);
  go_->setText(go);
  go_->setToolTip(question);
  run_ = std::move(run);
  show();
  go_->setFocus(Qt::OtherFocusReason);
}

void AskRow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return answer(false);
  QFrame::keyPressEvent(event);
}

void AskRow::answer(bool yes) {
  hide();
  const auto run = std::exchange(run_, nullptr);
  if (yes && run) run();
}

}  // namespace purlscope::app
