#include "app/studio/panels/refinement/refinement_summary.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/refinement/refinement_curve.h"
#include "app/studio/refinement/bank_rows.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

QLabel* make_label(const char* name, const char* role) {
  auto* label = new QLabel;
  label->setObjectName(QString::fromLatin1(name));
  label->setProperty("role", QString::fromLatin1(role));
  label->setTextFormat(Qt::PlainText);
  return label;
}

QToolButton* make_button(QAction* action) {
  auto* button = new QToolButton;
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setProperty("link", true);
  button->setProperty("tight", true);
  button->setFocusPolicy(Qt::TabFocus);
  button->setObjectName(action->objectName() + QStringLiteral("_button"));
  return button;
}

}  // namespace

RefinementSummary::RefinementSummary(Session* session, RefinementLink* link, QWidget* parent)
    : QWidget(parent), session_(session), link_(link) {
  empty_ = make_label("muted", "refinement_empty");
  empty_->setWordWrap(true);
  empty_->setAlignment(Qt::AlignCenter);
  facts_ = make_facts();
  auto* content = new QWidget;
  pages_ = new QStackedLayout(content);
  pages_->addWidget(empty_);
  pages_->addWidget(facts_);
  buttons_ = new QHBoxLayout;
  buttons_->setSpacing(0);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(content, 1);
  column->addWidget(make_notice());
  column->addLayout(buttons_);
  connect(link, &RefinementLink::changed, this, &RefinementSummary::refresh);
  connect(session, &Session::labels_changed, this, &RefinementSummary::refresh);
  refresh();
}

QWidget* RefinementSummary::make_facts() {
  counts_ = make_label("muted", "refinement_counts");
  counts_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // on a narrow window its end gives way
  arrival_head_ = make_label("note", "refinement_arrival_head");
  arrival_ = make_label("refinement_arrival", "refinement_arrival");
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  words->addStretch();
  words->addWidget(arrival_head_);
  words->addWidget(arrival_);
  words->addStretch();
  auto* row = new QHBoxLayout;
  row->setSpacing(12);
  row->addLayout(words);
  row->addWidget(new RefinementCurve(link_), 1);
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(1);
  column->addWidget(counts_);
  column->addLayout(row, 1);
  return page;
}

QWidget* RefinementSummary::make_notice() {
  notice_ = make_label("inline_error", "refinement_notice");
  notice_->setWordWrap(true);
  auto* hide = new QToolButton;
  hide->setObjectName(QStringLiteral("refinement_notice_close"));
  hide->setIcon(themed_icon(QStringLiteral("close")));
  hide->setIconSize({10, 10});
  hide->setProperty("flat", true);
  hide->setFocusPolicy(Qt::TabFocus);
  hide->setAccessibleName(tr("Hide the message of the guard"));
  hide->setToolTip(tr("Hide the message of the guard"));
  connect(hide, &QToolButton::clicked, this, [this] {
    messages_hidden_ = link_->state().messages.size();
    refresh_notice();
  });
  notice_row_ = new QWidget;
  auto* row = new QHBoxLayout(notice_row_);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(notice_, 1);
  row->addWidget(hide, 0, Qt::AlignTop);
  return notice_row_;
}

void RefinementSummary::add_buttons(const CommandTable& commands) {
  for (const char* id : {"refinement.undo", "refinement.accept", "refinement.reset", "refinement.save"}) {
    buttons_->addWidget(make_button(commands.action(QString::fromLatin1(id))));
  }
  buttons_->addStretch();
  auto* more = new QToolButton;
  more->setObjectName(QStringLiteral("refinement_more"));
  more->setText(QStringLiteral("⋯"));
  more->setProperty("link", true);
  more->setFocusPolicy(Qt::TabFocus);
  more->setAccessibleName(tr("More of refinement"));
  more->setToolTip(tr("Pause, learn from this clip, undo several steps, load"));
  more->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(more);
  menu->setToolTipsVisible(true);
  for (const char* id : {"refinement.pause", "refinement.learn", "", "refinement.undo_5", "refinement.undo_10",
                         "refinement.undo_all", "", "refinement.load"}) {
    *id == '\0' ? menu->addSeparator() : (menu->addAction(commands.action(QString::fromLatin1(id))), nullptr);
  }
  more->setMenu(menu);
  buttons_->addWidget(more);
}

QString RefinementSummary::empty_text() const {
  if (!link_->available()) return tr("Comes with the engine.");
  if (!link_->on()) {
    return tr("Off. Switch on to let the scores learn from the clips you open, without labels.");
  }
  if (session_->labels().labels.empty()) return tr("On. Type labels: it learns what each looks like here.");
  if (!link_->learning()) return tr("On, and learning is paused. Nothing has been learned from yet.");
  return tr("On. Open clips or follow a live source: each is scored first, then learned from.");
}

void RefinementSummary::refresh() {
  const core::RefinementState& state = link_->state();
  const bool something = state.windows > 0 || link_->has_learned();
  pages_->setCurrentWidget(something ? facts_ : empty_);
  empty_->setText(empty_text());
  refresh_counts();
  refresh_arrival();
  refresh_notice();
}

void RefinementSummary::refresh_counts() {
  const core::RefinementState& state = link_->state();
  const std::size_t room = bank_places(state) * session_->labels().labels.size();
  QStringList facts{counted(qsizetype(state.windows), tr("%1 window seen"), tr("%1 windows seen")),
                    tr("bank %1 of %2").arg(state.bank.size()).arg(room), tr("step %1").arg(state.steps)};
  if (!link_->on()) {
    facts.prepend(tr("off"));
  } else if (!link_->learning()) {
    facts.append(tr("learning paused"));
  }
  if (state.waiting > 1) facts.append(tr("%1 waiting").arg(state.waiting));
  counts_->setText(facts.join(QStringLiteral(" · ")));
  counts_->setToolTip(
      tr("Method %1, %2 a step").arg(QString::fromStdString(state.method), milliseconds(state.step_ms)));
}

void RefinementSummary::refresh_arrival() {
  const auto& curve = link_->record().curve();
  if (!curve.empty()) {
    arrival_head_->setText(tr("right on arrival"));
    arrival_->setText(tr("%1 → %2 %").arg(qRound(100 * curve.back().plain)).arg(qRound(100 * curve.back().refined)));
    arrival_->setToolTip(
        tr("Of %1 whose true label is known: without refinement → with it, each counted before it was learned from")
            .arg(counted(qsizetype(link_->record().known()), tr("%1 recording"), tr("%1 recordings"))));
    return;
  }
  const auto& seen = link_->state().curve;
  arrival_head_->setText(seen.empty() ? QString() : tr("same answer as without"));
  arrival_->setText(seen.empty() ? QString() : per_cent(seen.back().agreement));
  arrival_->setToolTip(
      tr("No true labels are known, so nobody can count what was right: the share of the last windows "
         "that got the label which they would get without refinement"));
}

void RefinementSummary::refresh_notice() {
  const auto& messages = link_->state().messages;
  messages_hidden_ = std::min(messages_hidden_, messages.size());  // a new start has none
  const bool news = messages_hidden_ < messages.size();
  notice_row_->setVisible(news);
  if (!news) return;
  QStringList all;
  for (const std::string& message : messages) all.append(QString::fromStdString(message));
  notice_->setText(tr("Guard, %1").arg(all.back()));
  notice_->setToolTip(plain_tooltip(all.join(QStringLiteral("; "))));
}

}  // namespace purlscope::app
