#include "app/studio/panels/evaluation/job_row.h"

#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>
#include <cmath>

#include "app/studio/panels/evaluation/evaluation_words.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kBarHeight = 4;
constexpr int kSteps = 1000;  // of the bar

QLabel* note(const char* role) {
  auto* label = new QLabel;
  label->setObjectName(QStringLiteral("note"));
  label->setProperty("role", QString::fromLatin1(role));
  label->setTextFormat(Qt::PlainText);
  return label;
}

}  // namespace

JobRow::JobRow(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("evaluation_progress"));
  text_ = note("evaluation_stage");
  text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  pace_ = note("evaluation_pace");
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setFixedHeight(kBarHeight);
  bar_->setAccessibleName(tr("Progress of the evaluation"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(3);
  column->addWidget(text_);
  column->addWidget(bar_);
  column->addWidget(pace_);
  hide();
}

void JobRow::set_busy(bool busy) {
  text_->setText(tr("Starting the engine"));
  pace_->setText(QStringLiteral(" "));  // keeps its line
  bar_->setRange(0, 0);
  setVisible(busy);
}

void JobRow::show_progress(const EvaluationProgress& progress) {
  text_->setText(text_->fontMetrics().elidedText(progress.text, Qt::ElideRight, width()));
  text_->setToolTip(plain_tooltip(progress.text));
  const QString pace = pace_text(progress);
  pace_->setText(pace.isEmpty() ? QStringLiteral(" ") : pace);
  bar_->setRange(0, progress.fraction < 0 ? 0 : kSteps);
  if (progress.fraction >= 0) bar_->setValue(static_cast<int>(std::lround(kSteps * progress.fraction)));
  setAccessibleName(progress.text);
}

}  // namespace purlscope::app
