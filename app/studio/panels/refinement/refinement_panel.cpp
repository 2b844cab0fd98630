#include "app/studio/panels/refinement/refinement_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/refinement/ask_row.h"
#include "app/studio/panels/refinement/bank_view.h"
#include "app/studio/panels/refinement/options_form.h"
#include "app/studio/panels/refinement/refinement_summary.h"
#include "app/studio/panels/refinement/score_bars.h"
#include "app/studio/panels/refinement/text_bars.h"
#include "app/studio/refinement/bank_rows.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/toggle_switch.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

QLabel* make_note(const char* role) {
  auto* note = new QLabel;
  note->setObjectName(QStringLiteral("note"));
  note->setProperty("role", QString::fromLatin1(role));
  note->setWordWrap(true);
  note->setTextFormat(Qt::PlainText);
  return note;
}

/// What does not fit is scrolled to.
QScrollArea* scrolled(QWidget* content) {
  auto* scroll = new QScrollArea;
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return scroll;
}

/// What is shown, and a note on it below.
QWidget* noted(QWidget* content, QLabel* note) {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(content);
  column->addWidget(note);
  column->addStretch();
  return page;
}

}  // namespace

RefinementPanel::RefinementPanel(Session* session, RefinementLink* link, QWidget* parent)
    : QWidget(parent), session_(session), link_(link) {
  setObjectName(QStringLiteral("refinement_panel"));
  switch_ = new ToggleSwitch;
  switch_->setObjectName(QStringLiteral("refinement_switch"));
  switch_->setAccessibleName(tr("Refinement"));
  connect(switch_, &ToggleSwitch::clicked, link, &RefinementLink::switch_on);
  summary_ = new RefinementSummary(session, link);
  options_ = new OptionsForm;
  pages_ = new QStackedWidget;
  pages_->addWidget(summary_);
  pages_->addWidget(make_bank_page());
  pages_->addWidget(make_scores_page());
  pages_->addWidget(make_texts_page());
  pages_->addWidget(scrolled(options_));
  ask_ = new AskRow;
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(make_tabs());
  column->addWidget(ask_);
  column->addWidget(pages_, 1);
  connect(options_, &OptionsForm::applied, this, &RefinementPanel::apply);
  connect(link, &RefinementLink::changed, this, &RefinementPanel::refresh);
  connect(session, &Session::labels_changed, this, &RefinementPanel::refresh_bank);
  connect(session, &Session::recognition_changed, this, &RefinementPanel::refresh_scores);
  refresh();
}

QAbstractButton* RefinementPanel::control() const { return switch_; }

void RefinementPanel::add_buttons(const CommandTable& commands) {
  switch_->setToolTip(commands.action(QStringLiteral("refinement.toggle"))->toolTip());
  summary_->add_buttons(commands);
}

QWidget* RefinementPanel::make_tabs() {
  struct Tab {
    Page page;
    const char* id;
    QString text;
    QString about;
  };
  tabs_ = new QButtonGroup(this);
  auto* strip = new QWidget;
  auto* row = new QHBoxLayout(strip);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(2);
  for (const Tab& tab : {Tab{kSummary, "summary", tr("Overview"), tr("Where refinement stands")},
                         Tab{kBank, "bank", tr("Bank"), tr("The windows that it remembers of each label")},
                         Tab{kScores, "scores", tr("Scores"), tr("Scores of what is shown, without and with it")},
                         Tab{kTexts, "texts", tr("Texts"), tr("How far the texts of each sentence have moved")},
                         Tab{kOptions, "options", tr("Options"), tr("How it learns")}}) {
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("refinement_tab_") + QString::fromLatin1(tab.id));
    button->setText(tab.text);
    button->setToolTip(tab.about);
    button->setCheckable(true);
    button->setChecked(tab.page == kSummary);
    button->setProperty("flat", true);
    button->setProperty("tab", true);
    button->setFocusPolicy(Qt::TabFocus);
    tabs_->addButton(button, tab.page);
    row->addWidget(button);
  }
  row->addStretch();
  connect(tabs_, &QButtonGroup::idClicked, pages_, &QStackedWidget::setCurrentIndex);
  return strip;
}

QWidget* RefinementPanel::make_bank_page() {
  bank_ = new BankView;
  bank_note_ = make_note("refinement_bank_note");
  QScrollArea* page = scrolled(noted(bank_, bank_note_));
  connect(bank_, &BankView::chosen, this, &RefinementPanel::chosen);
  connect(bank_, &BankView::walked, page, [this, page](const QRect& rect) {
    const QPoint centre = bank_->mapTo(page->widget(), rect.center());
    page->ensureVisible(centre.x(), centre.y(), rect.width(), rect.height());
  });
  return page;
}

QWidget* RefinementPanel::make_scores_page() {
  scores_note_ = make_note("refinement_scores_note");
  scores_ = new ScoreBars(session_);
  return scrolled(noted(scores_, scores_note_));
}

QWidget* RefinementPanel::make_texts_page() {
  texts_ = new TextBars;
  QLabel* note = make_note("refinement_texts_note");
  note->setText(tr("Blue: scale, distance from 1. Orange: shift, distance from 0. Norms, mean over the labels."));
  return scrolled(noted(texts_, note));
}

void RefinementPanel::show_page(Page page) {
  tabs_->button(page)->setChecked(true);
  pages_->setCurrentIndex(page);
  if (page == kOptions) options_->focus_first();
  if (page == kBank) bank_->setFocus(Qt::OtherFocusReason);
}

void RefinementPanel::ask(const QString& question, const QString& go, std::function<void()> run) {
  ask_->ask(question, go, std::move(run));
}

QString RefinementPanel::loss() const {
  return counted(qsizetype(link_->state().windows), tr("What was learned from %1 window will be lost."),
                 tr("What was learned from %1 windows will be lost."));
}

void RefinementPanel::apply(const nlohmann::json& settings) {
  const auto start = [this, settings] { link_->configure(settings); };
  link_->has_learned() ? ask(loss(), tr("Start over"), start) : start();
}

void RefinementPanel::refresh() {
  switch_->setEnabled(link_->available());
  switch_->setChecked(link_->on());
  if (!link_->methods().empty() && !options_->isEnabled()) options_->set_methods(link_->methods());
  if (!link_->state().settings.is_null()) options_->show_in_force(link_->state().settings);
  refresh_bank();
  refresh_scores();
  refresh_texts();
}

/// The page is for methods that move the texts alone.
void RefinementPanel::refresh_texts() {
  const std::vector<core::TextChange>& change = link_->state().texts;
  texts_->show_change(change);
  tabs_->button(kTexts)->setVisible(!change.empty());
  if (change.empty() && pages_->currentIndex() == kTexts) show_page(kSummary);
}

void RefinementPanel::refresh_bank() {
  std::vector<std::string> labels;
  for (const core::Label& label : session_->labels().labels) labels.push_back(label.text);
  const core::RefinementState& state = link_->state();
  bank_->set_rows(bank_rows(state, labels, link_->record()), bank_places(state));
  const bool any = !state.bank.empty();
  bank_->setVisible(any);
  bank_note_->setText(any ? tr("Fuller colour: surer when it came. Click a window to see it.")
                          : tr("Empty. While refinement is on, windows that it is sure of are kept here, by label."));
}

void RefinementPanel::refresh_scores() {
  const core::RecognitionPtr& result = session_->recognition();
  scores_->setVisible(result && result->refined);
  if (!result) {
    scores_note_->setText(tr("No scores yet. Open a clip and type labels."));
  } else if (!result->refined) {
    scores_note_->setText(tr("These scores are not refined: switch refinement on to compare."));
  } else {
    scores_note_->setText(tr("Grey: without refinement. Blue: with it."));
  }
}

}  // namespace purlscope::app
