#include "app/studio/panels/labels/labels_panel.h"

#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/studio/panels/labels/label_model.h"
#include "app/studio/panels/labels/label_table.h"
#include "app/studio/panels/labels/sentence_editor.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"
#include "core/base/error.h"
#include "core/engine/refined.h"

namespace purlscope::app {
namespace {

constexpr int kProblemLength = 200;  // characters shown; an error may quote a huge label

}  // namespace

LabelsPanel::LabelsPanel(Session* session, EngineLink* engine, QWidget* parent)
    : QWidget(parent), session_(session), engine_(engine) {
  setObjectName(QStringLiteral("labels_panel"));
  line_ = new QLineEdit;
  line_->setObjectName(QStringLiteral("label_line"));
  line_->setPlaceholderText(tr("Type an action..."));
  line_->setAccessibleName(tr("New label"));
  line_->setToolTip(tr("Type what the person might be doing; Enter adds and scores it  (N)"));
  line_->setAcceptDrops(false);  // a file dropped here is to be opened, not typed
  line_->installEventFilter(this);
  problem_ = new QLabel;
  problem_->setObjectName(QStringLiteral("inline_error"));
  problem_->setProperty("role", QStringLiteral("label_problem"));
  problem_->setTextFormat(Qt::PlainText);
  problem_->setWordWrap(true);
  problem_->hide();
  model_ = new LabelModel(session, this);
  table_ = new LabelTable(model_);
  empty_ = new QLabel(tr("Type the actions to choose from. Each is scored against the clip at once."));
  empty_->setObjectName(QStringLiteral("muted"));
  empty_->setWordWrap(true);
  none_ = new QLabel;
  none_->setObjectName(QStringLiteral("note"));
  none_->setProperty("role", QStringLiteral("none_of_these"));
  timing_ = new QLabel;
  timing_->setObjectName(QStringLiteral("note"));
  timing_->setProperty("role", QStringLiteral("answer_time"));
  auto* foot = new QHBoxLayout;
  foot->addWidget(none_);
  foot->addStretch();
  foot->addWidget(timing_);

  table_page_ = new QWidget;
  auto* column = new QVBoxLayout(table_page_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addWidget(line_);
  column->addWidget(problem_);
  column->addWidget(empty_);
  column->addWidget(table_, 1);
  column->addLayout(foot);
  editor_ = new SentenceEditor(session);
  pages_ = new QStackedWidget;
  pages_->addWidget(table_page_);
  pages_->addWidget(editor_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(pages_);

  connect(line_, &QLineEdit::returnPressed, this, &LabelsPanel::add_typed);
  connect(line_, &QLineEdit::textEdited, this, [this] { show_problem({}); });
  new QShortcut(QKeySequence(Qt::Key_Escape), line_, this, &LabelsPanel::left, Qt::WidgetShortcut);
  connect(table_, &LabelTable::label_chosen, session, [session](std::size_t label) { session->choose_label(label); });
  connect(table_, &LabelTable::removal_wanted, session, &Session::remove_label);
  connect(table_, &LabelTable::sentences_wanted, this, [this](std::size_t label) {
    session_->choose_label(label);
    open_sentences();
  });
  connect(editor_, &SentenceEditor::closed, this, &LabelsPanel::close_sentences);
  connect(editor_, &SentenceEditor::left, this, [this] {
    close_sentences();
    Q_EMIT left();
  });
  for (const auto signal : {&Session::labels_changed, &Session::recognition_changed}) {
    connect(session, signal, this, &LabelsPanel::update_selection);
    connect(session, signal, this, &LabelsPanel::update_foot);
  }
  connect(session, &Session::recognition_changed, this, &LabelsPanel::show_best);
  connect(session, &Session::selection_changed, this, &LabelsPanel::update_selection);
  connect(engine, &EngineLink::waiting_changed, this, &LabelsPanel::update_foot);
  update_foot();
}

QSize LabelsPanel::sizeHint() const { return table_page_->sizeHint(); }

void LabelsPanel::set_rank_order(bool on) {
  model_->set_rank_order(on);
  update_selection();
}

void LabelsPanel::focus_line() {
  close_sentences();
  line_->setFocus(Qt::ShortcutFocusReason);
  line_->selectAll();
}

void LabelsPanel::open_sentences() {
  if (!session_->label()) return;
  editor_->show_label(*session_->label());
  pages_->setCurrentWidget(editor_);
}

void LabelsPanel::close_sentences() {
  if (pages_->currentWidget() == table_page_) return;
  pages_->setCurrentWidget(table_page_);
  table_->setFocus();
}

void LabelsPanel::add_typed() {
  try {
    session_->add_label(line_->text().toStdString());
    line_->setText({});  // unlike clear() it forgets what was typed: undo now means the label
    show_problem({});
  } catch (const Error& error) {
    show_problem(QString::fromUtf8(error.what()));
  }
}

void LabelsPanel::show_problem(const QString& text) {
  problem_->setText(text.size() > kProblemLength ? text.left(kProblemLength) + QStringLiteral("...") : text);
  problem_->setVisible(!text.isEmpty());
  line_->setAccessibleDescription(problem_->text());
}

void LabelsPanel::update_selection() {
  const auto label = session_->label();
  const int row = label ? model_->row_of(*label) : -1;
  if (row < 0) {
    table_->clearSelection();
    return;
  }
  const QModelIndex index = model_->index(row, 0);
  if (table_->currentIndex().row() == row && table_->selectionModel()->isRowSelected(row, {})) return;
  table_->setCurrentIndex(index);
}

void LabelsPanel::show_best() {
  if (!model_->rank_order() || !session_->recognition()) return;
  table_->scrollToTop();
  if (table_->currentIndex().isValid()) table_->scrollTo(table_->currentIndex());
}

bool LabelsPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool nothing_to_undo = key->matches(QKeySequence::Undo) && !line_->isUndoAvailable();
    const bool nothing_to_redo = key->matches(QKeySequence::Redo) && !line_->isRedoAvailable();
    if (nothing_to_undo || nothing_to_redo) {
      event->ignore();
      return true;
    }
  }
  if (event->type() == QEvent::FocusOut) {
    const auto reason = static_cast<QFocusEvent*>(event)->reason();
    if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) show_problem({});
  }
  return QWidget::eventFilter(watched, event);
}

void LabelsPanel::update_foot() {
  const bool any = !session_->labels().labels.empty();
  empty_->setVisible(!any);
  const core::RecognitionPtr result = any ? session_->recognition() : nullptr;
  none_->setVisible(result != nullptr);
  if (result) {
    const QString none = tr("none of these: %1").arg(per_cent(result->none_of_these));
    const bool refined = core::refinement_acts(*result);
    none_->setText(refined ? none + tr(" · refined") : none);
    none_->setToolTip(refined ? tr("Refinement has changed these scores: see the panel “Refinement”") : QString());
  }
  if (engine_->waiting() && !session_->live()) {  // a live source is scored all the time
    timing_->setText(tr("scoring..."));
  } else {
    timing_->setText(result && engine_->answer_ms() >= 0 ? tr("scored in %1").arg(milliseconds(engine_->answer_ms()))
                                                         : QString());
  }
}

}  // namespace purlscope::app
