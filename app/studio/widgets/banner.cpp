#include "app/studio/widgets/banner.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <ranges>

#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/icon_label.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

QString prefixed(Banner::Source source, const QString& text) {
  switch (source) {
    case Banner::Source::clip:
      return Banner::tr("Not opened: %1").arg(text);
    case Banner::Source::folder:
      return Banner::tr("Folder not listed: %1").arg(text);
    case Banner::Source::scores:
      return Banner::tr("No scores: %1").arg(text);
    case Banner::Source::view:
      return Banner::tr("Not drawn as wished: %1").arg(text);
    case Banner::Source::live:
      return Banner::tr("Live source: %1").arg(text);
    case Banner::Source::refinement:
      return Banner::tr("Refinement: %1").arg(text);
    case Banner::Source::session:
      return Banner::tr("Session: %1").arg(text);
    case Banner::Source::evaluation:
      return Banner::tr("Evaluation: %1").arg(text);
    case Banner::Source::exporting:
      return Banner::tr("Not exported: %1").arg(text);
  }
  return text;
}

}  // namespace

Banner::Banner(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("banner"));
  setAccessibleName(tr("Message"));
  auto* icon = new IconLabel(QStringLiteral("warning"), 16);
  head_ = new QLabel;
  head_->setObjectName(QStringLiteral("banner_text"));
  head_->setTextFormat(Qt::PlainText);
  head_->setWordWrap(true);
  head_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  details_button_ = new QToolButton;
  details_button_->setText(tr("Details"));
  details_button_->setCheckable(true);
  details_button_->setProperty("flat", true);
  details_button_->setProperty("text_button", true);
  details_button_->setFocusPolicy(Qt::TabFocus);
  details_button_->setToolTip(tr("Show the full text of the messages"));
  auto* close = new QToolButton;
  close->setObjectName(QStringLiteral("banner_close"));
  close->setIcon(themed_icon(QStringLiteral("close")));
  close->setProperty("flat", true);
  close->setFocusPolicy(Qt::TabFocus);
  close->setAccessibleName(tr("Dismiss message"));
  close->setToolTip(tr("Dismiss the message"));
  details_ = new QPlainTextEdit;
  details_->setObjectName(QStringLiteral("banner_details"));
  details_->setReadOnly(true);
  details_->setAccessibleName(tr("Full text of the messages"));
  details_->setMaximumHeight(140);
  details_->setAcceptDrops(false);
  details_->hide();

  auto* row = new QHBoxLayout;
  row->setSpacing(kGrid);
  row->addWidget(icon, 0, Qt::AlignTop);
  row->addWidget(head_, 1);
  row->addWidget(details_button_, 0, Qt::AlignTop);
  row->addWidget(close, 0, Qt::AlignTop);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, kGrid, kGrid, kGrid);
  layout->addLayout(row);
  layout->addWidget(details_);
  connect(details_button_, &QToolButton::toggled, this, &Banner::show_details);
  connect(close, &QToolButton::clicked, this, [this] { dismiss(); });
  hide();
}

void Banner::show_error(Source source, const QString& text) {
  forget(source);
  messages_.push_back({source, prefixed(source, text)});
  update_text();
  show();
  QAccessibleEvent event(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
}

void Banner::dismiss() {
  messages_.clear();
  details_button_->setChecked(false);
  hide();
}

void Banner::dismiss(Source source) {
  forget(source);
  messages_.empty() ? dismiss() : update_text();
}

void Banner::forget(Source source) {
  std::erase_if(messages_, [source](const Message& message) { return message.source == source; });
}

void Banner::update_text() {
  QString head = text().section(QLatin1Char('\n'), 0, 0);
  if (head.size() > kHeadLength) head = head.left(kHeadLength) + QStringLiteral("...");
  if (messages_.size() > 1)
    head += QLatin1Char(' ') +
            counted(qsizetype(messages_.size()) - 1, tr("(and %1 more message)"), tr("(and %1 more messages)"));
  head_->setText(head);
  QStringList newest_first;
  for (const auto& message : std::views::reverse(messages_)) newest_first.append(message.text);
  details_->setPlainText(newest_first.join(QStringLiteral("\n\n")));
  setAccessibleDescription(text());
}

void Banner::show_details(bool on) { details_->setVisible(on); }

}  // namespace purlscope::app
