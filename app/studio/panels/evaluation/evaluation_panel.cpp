#include "app/studio/panels/evaluation/evaluation_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/evaluation/evaluation_words.h"
#include "app/studio/panels/evaluation/job_row.h"
#include "app/studio/panels/evaluation/result/result_view.h"
#include "app/studio/panels/evaluation/result/run_list.h"
#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

QVBoxLayout* make_column(QWidget* parent) {
  auto* column = new QVBoxLayout(parent);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kGrid);
  return column;
}

void add_button(QHBoxLayout* row, const CommandTable& commands, const char* id) {
  auto* button = new QToolButton;
  button->setDefaultAction(commands.action(QString::fromLatin1(id)));
  button->setObjectName(QString::fromLatin1(id).replace(QLatin1Char('.'), QLatin1Char('_')));
  button->setProperty("text_button", true);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setFocusPolicy(Qt::TabFocus);
  row->addWidget(button);
}

}  // namespace

EvaluationPanel::EvaluationPanel(EvaluationJob* job, QWidget* parent) : QWidget(parent), job_(job) {
  setObjectName(QStringLiteral("evaluation_panel"));
  form_ = new EvaluationForm;
  start_ = new QPushButton;
  start_->setObjectName(QStringLiteral("evaluation_start"));
  start_->setAutoDefault(false);
  start_->setProperty("primary", true);
  progress_ = new JobRow;
  message_ = new QLabel;
  message_->setObjectName(QStringLiteral("muted"));
  message_->setProperty("role", QStringLiteral("evaluation_message"));
  message_->setTextFormat(Qt::PlainText);
  message_->setWordWrap(true);
  message_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  message_->setAccessibleName(tr("State of the evaluation"));
  runs_ = new RunList;
  result_ = new ResultView;
  exports_ = new QWidget;
  export_row_ = new QHBoxLayout(exports_);
  export_row_->setContentsMargins(0, 0, 0, 0);
  export_row_->setSpacing(kGrid);
  empty_ = make_empty();
  main_ = new QWidget;
  QVBoxLayout* column = make_column(main_);
  for (QWidget* part :
       {static_cast<QWidget*>(form_), static_cast<QWidget*>(start_), static_cast<QWidget*>(progress_),
        static_cast<QWidget*>(message_), static_cast<QWidget*>(runs_), exports_, static_cast<QWidget*>(result_)}) {
    column->addWidget(part);
  }
  column->addStretch(1);
  auto* content = new QWidget;
  QVBoxLayout* both = make_column(content);
  both->addWidget(empty_, 1);
  both->addWidget(main_, 1);
  scroll_ = new QScrollArea;
  scroll_->setWidget(content);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setFocusPolicy(Qt::NoFocus);
  make_column(this)->addWidget(scroll_);
  connect_parts();
  update_state();
}

QWidget* EvaluationPanel::make_empty() {
  auto* empty = new QWidget;
  auto* column = make_column(empty);
  auto* text =
      new QLabel(tr("Open the folder of a data set, and its unseen classes can be recognised clip by clip: "
                    "accuracy, who is taken for whom, and the published figures beside."));
  text->setObjectName(QStringLiteral("muted"));
  text->setWordWrap(true);
  text->setAlignment(Qt::AlignCenter);
  empty_row_ = new QHBoxLayout;
  column->addStretch(1);
  column->addWidget(text);
  column->addLayout(empty_row_);
  column->addStretch(2);
  return empty;
}

void EvaluationPanel::connect_parts() {
  connect(form_, &EvaluationForm::changed, this, &EvaluationPanel::update_state);
  connect(start_, &QPushButton::clicked, this, [this] { job_->busy() ? job_->stop() : start(); });
  connect(job_, &EvaluationJob::busy_changed, this, [this] {
    progress_->set_busy(job_->busy());
    update_state();
  });
  connect(job_, &EvaluationJob::progressed, this, [this](const EvaluationProgress& progress) {
    if (job_->busy()) progress_->show_progress(progress);
  });
  connect(job_, &EvaluationJob::finished, this, [this](const EvaluationRunPtr& run) {
    say({}, false);
    runs_->add(run);
  });
  connect(job_, &EvaluationJob::stopped, this, [this] { say(tr("Cancelled. Nothing was kept."), false); });
  connect(job_, &EvaluationJob::failed, this, [this](const QString& text) { say(text, true); });
  connect(runs_, &RunList::changed, this, &EvaluationPanel::show_result);
  connect(result_, &ResultView::cell_chosen, this, &EvaluationPanel::choose_cell);
  connect(result_, &ResultView::class_chosen, this, &EvaluationPanel::choose_class);
}

void EvaluationPanel::add_buttons(const CommandTable& commands) {
  add_button(export_row_, commands, "evaluation.save_report");
  add_button(export_row_, commands, "evaluation.save_predictions");
  export_row_->addStretch(1);
  empty_row_->addStretch(1);
  add_button(empty_row_, commands, "file.open_folder");
  empty_->setFocusProxy(empty_row_->itemAt(1)->widget());
  empty_row_->addStretch(1);
}

void EvaluationPanel::set_data(const std::vector<EvaluationData>& folders, int shown) {
  form_->set_data(folders, shown);
  update_state();
}

bool EvaluationPanel::ready() const { return !job_->busy() && form_->ready(); }

void EvaluationPanel::start() {
  if (!ready()) return;
  say({}, false);
  job_->start(form_->wish());
}

void EvaluationPanel::focus_form() {
  if (job_->busy()) return start_->setFocus();
  main_->isVisible() ? form_->focus_first() : empty_->setFocus();
}

EvaluationRunPtr EvaluationPanel::run() const { return runs_->chosen(); }

void EvaluationPanel::update_state() {
  const bool busy = job_->busy();
  const bool something = form_->ready() || busy || run() != nullptr;
  empty_->setVisible(!something);
  main_->setVisible(something);
  start_->setText(busy ? tr("Cancel") : tr("Evaluate"));
  start_->setToolTip(busy ? tr("Cancel the evaluation")
                          : tr("Learn from the seen classes and recognise every clip of the unseen ones"));
  start_->setEnabled(busy || form_->ready());
  form_->setEnabled(!busy);
  result_->setVisible(run() != nullptr);
  exports_->setVisible(run() != nullptr);
  Q_EMIT changed();
}

void EvaluationPanel::show_result() {
  const EvaluationRunPtr shown = runs_->chosen(), other = runs_->compared();
  if (shown) result_->show_run(shown, other, other ? runs_->title_of(other) : QString());
  update_state();
}

void EvaluationPanel::choose_cell(std::size_t truth, std::size_t said) {
  const core::Evaluation& evaluation = run()->evaluation;
  const auto name = [&](std::size_t c) { return QString::fromStdString(evaluation.confusion.classes[c]); };
  want_clips(evaluation.clips_of(truth, said), tr("true %1, said %2").arg(name(truth), name(said)));
}

void EvaluationPanel::choose_class(std::size_t truth) {
  const core::Evaluation& evaluation = run()->evaluation;
  std::vector<std::size_t> clips;
  for (std::size_t i = 0; i < evaluation.predictions.clips.size(); ++i) {
    if (evaluation.predictions.truth[i] != truth) continue;
    for (const auto& said : evaluation.predictions.said) {
      if (said[i] == truth) continue;
      clips.push_back(i);
      break;
    }
  }
  want_clips(clips, tr("%1, taken for others").arg(QString::fromStdString(evaluation.confusion.classes[truth])));
}

void EvaluationPanel::want_clips(const std::vector<std::size_t>& clips, const QString& title) {
  const core::Evaluation& evaluation = run()->evaluation;
  ClipWish wish{QString::fromStdString(evaluation.setup.path), {}, title};
  for (const std::size_t clip : clips) wish.files.emplace_back(evaluation.predictions.clips[clip]);
  Q_EMIT clips_wanted(wish);
}

void EvaluationPanel::say(const QString& text, bool warning) {
  message_->setText(text);
  message_->setVisible(!text.isEmpty());
  const QString kind = warning ? QStringLiteral("warning") : QStringLiteral("muted");
  if (message_->objectName() == kind) return;
  message_->setObjectName(kind);  // by which the style sheet knows it
  message_->style()->unpolish(message_);
  message_->style()->polish(message_);
}

}  // namespace purlscope::app
