#include "app/studio/panels/training/training_status.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <cmath>

#include "app/studio/panels/training/training_job.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kBarWidth = 96, kBarHeight = 4, kButton = 16;  // logical pixels
constexpr int kSteps = 1000;                                 // of the bar

}  // namespace

TrainingStatus::TrainingStatus(TrainingJob* job, QWidget* parent) : QWidget(parent), job_(job) {
  setObjectName(QStringLiteral("training_status"));
  text_ = new QLabel(tr("Training"));
  text_->setObjectName(QStringLiteral("note"));
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setFixedSize(kBarWidth, kBarHeight);
  bar_->setAccessibleName(tr("Progress of the training"));
  auto* cancel = new QToolButton;
  cancel->setObjectName(QStringLiteral("training_cancel"));
  cancel->setIcon(themed_icon(QStringLiteral("close")));
  cancel->setIconSize({12, 12});
  cancel->setFixedSize(kButton, kButton);  // the bar keeps room for it even while it is hidden
  cancel->setProperty("flat", true);
  cancel->setFocusPolicy(Qt::TabFocus);
  cancel->setAccessibleName(tr("Stop the training"));
  cancel->setToolTip(tr("Stop the training; finished epochs are kept"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGrid);
  for (QWidget* part : {static_cast<QWidget*>(text_), static_cast<QWidget*>(bar_), static_cast<QWidget*>(cancel)}) {
    row->addWidget(part);
  }
  connect(cancel, &QToolButton::clicked, job, &TrainingJob::stop);
  connect(job, &TrainingJob::progressed, this, &TrainingStatus::update_progress);
  connect(job, &TrainingJob::busy_changed, this, [this] {
    bar_->setRange(0, 0);
    setVisible(job_->busy());
  });
  hide();
}

void TrainingStatus::update_progress(const QString& text, double fraction) {
  setToolTip(plain_tooltip(text));
  setAccessibleName(text);
  bar_->setRange(0, fraction < 0 ? 0 : kSteps);
  if (fraction >= 0) bar_->setValue(static_cast<int>(std::lround(kSteps * fraction)));
}

}  // namespace purlscope::app
