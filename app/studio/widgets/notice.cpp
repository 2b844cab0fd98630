#include "app/studio/widgets/notice.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/icon_label.h"
#include "app/studio/words.h"

namespace purlscope::app {

Notice::Notice(const QString& id, QWidget* parent) : QFrame(parent) {
  setObjectName(id);
  setProperty("notice", true);
  setAccessibleName(tr("Question"));
  text_ = new QLabel;
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  row_ = new QHBoxLayout(this);
  row_->setContentsMargins(12, kGrid, kGrid, kGrid);
  row_->setSpacing(kGrid);
  row_->addWidget(new IconLabel(QStringLiteral("info"), 16));
  row_->addWidget(text_, 1);
  yes_ = add_button("notice_yes");
  no_ = add_button("notice_no");
  connect(yes_, &QToolButton::clicked, this, [this] {
    hide();
    Q_EMIT accepted();
  });
  connect(no_, &QToolButton::clicked, this, [this] {
    hide();
    Q_EMIT refused();
  });
  hide();
}

QToolButton* Notice::add_button(const char* name) {
  auto* button = new QToolButton;
  button->setObjectName(QString::fromLatin1(name));
  button->setProperty("text_button", true);
  button->setFocusPolicy(Qt::TabFocus);
  row_->addWidget(button);
  return button;
}

void Notice::ask(const QString& text, const QString& yes, const QString& no) {
  text_->setText(text);
  for (const auto& [button, word] : {std::pair(yes_, yes), std::pair(no_, no)}) {
    button->setText(word);
    button->setToolTip(plain_tooltip(text));
  }
  setAccessibleDescription(text);
  show();
  QAccessibleEvent event(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
}

QString Notice::text() const { return text_->text(); }

}  // namespace purlscope::app
