#include "app/studio/panels/library/job_progress.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <cmath>

#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kBarHeight = 4;
constexpr int kSteps = 1000;  // of the bar

QString count_text(const FolderProgress& progress) {
  if (progress.total == 0) return progress.done == 0 ? QString() : number_text(qsizetype(progress.done));
  return JobProgress::tr("%1 of %2").arg(number_text(qsizetype(progress.done)), number_text(qsizetype(progress.total)));
}

QString rate_text(const FolderProgress& progress) {
  if (progress.rate <= 0.0) return {};
  QString text = JobProgress::tr("%1/s").arg(number_text(qsizetype(std::llround(progress.rate))));
  if (progress.seconds_left < 0.0) return text;
  const double seconds = std::ceil(progress.seconds_left);
  text += QStringLiteral(" · ");
  return text + (seconds < 90 ? JobProgress::tr("%1 s left").arg(seconds)
                              : JobProgress::tr("%1 min left").arg(std::ceil(seconds / 60)));
}

}  // namespace

JobProgress::JobProgress(FolderJobs* jobs, QWidget* parent) : QWidget(parent), jobs_(jobs) {
  setObjectName(QStringLiteral("job_progress"));
  text_ = new QLabel;
  text_->setObjectName(QStringLiteral("note"));
  text_->setProperty("role", QStringLiteral("job_text"));
  text_->setTextFormat(Qt::PlainText);
  text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  left_ = new QLabel;
  left_->setObjectName(QStringLiteral("note"));
  left_->setProperty("role", QStringLiteral("job_rate"));
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setFixedHeight(kBarHeight);
  bar_->setAccessibleName(tr("Progress"));
  auto* cancel = new QToolButton;
  cancel->setObjectName(QStringLiteral("job_cancel"));
  cancel->setIcon(themed_icon(QStringLiteral("close")));
  cancel->setIconSize({12, 12});
  cancel->setProperty("flat", true);
  cancel->setFocusPolicy(Qt::TabFocus);
  cancel->setAccessibleName(tr("Stop reading the folder"));
  cancel->setToolTip(tr("Stop reading the folder; what was learnt so far is kept"));
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(kGrid);
  grid->setVerticalSpacing(2);
  grid->addWidget(text_, 0, 0, 1, 2);
  grid->addWidget(bar_, 1, 0, Qt::AlignVCenter);
  grid->addWidget(left_, 1, 1);
  grid->addWidget(cancel, 0, 2, 2, 1);
  grid->setColumnStretch(0, 1);
  connect(cancel, &QToolButton::clicked, jobs, &FolderJobs::cancel);
  connect(jobs, &FolderJobs::progressed, this, &JobProgress::update_report);
  connect(jobs, &FolderJobs::busy_changed, this, [this] {
    if (!jobs_->busy()) hide();
  });
  hide();
}

void JobProgress::update_report(const FolderProgress& progress) {
  if (!jobs_->busy()) return;  // a report that was on its way when the job ended
  const QString count = count_text(progress);
  text_->setText(count.isEmpty() ? progress.text : progress.text + QStringLiteral("  ") + count);
  left_->setText(rate_text(progress));
  bar_->setRange(0, progress.fraction < 0.0 ? 0 : kSteps);
  if (progress.fraction >= 0.0) bar_->setValue(static_cast<int>(std::lround(kSteps * progress.fraction)));
  setAccessibleName(text_->text());
  show();
}

}  // namespace purlscope::app
