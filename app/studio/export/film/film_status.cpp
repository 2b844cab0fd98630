#include "app/studio/export/film/film_status.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <cmath>

#include "app/studio/export/film/film_job.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kBarWidth = 96, kBarHeight = 4, kButton = 16;  // logical pixels
constexpr int kSteps = 1000;                                 // of the bar

}  // namespace

FilmStatus::FilmStatus(FilmJob* job, QWidget* parent) : QWidget(parent), job_(job) {
  setObjectName(QStringLiteral("film_status"));
  text_ = new QLabel;
  text_->setObjectName(QStringLiteral("note"));
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setFixedSize(kBarWidth, kBarHeight);
  bar_->setAccessibleName(tr("Progress of the video"));
  auto* cancel = new QToolButton;
  cancel->setObjectName(QStringLiteral("film_cancel"));
  cancel->setIcon(themed_icon(QStringLiteral("close")));
  cancel->setIconSize({12, 12});
  cancel->setFixedSize(kButton, kButton);
  cancel->setProperty("flat", true);
  cancel->setFocusPolicy(Qt::TabFocus);
  cancel->setAccessibleName(tr("Cancel the video"));
  cancel->setToolTip(tr("Cancel the video; no file is left of it"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGrid);
  for (QWidget* part : {static_cast<QWidget*>(text_), static_cast<QWidget*>(bar_), static_cast<QWidget*>(cancel)}) {
    row->addWidget(part);
  }
  connect(cancel, &QToolButton::clicked, job, &FilmJob::stop);
  connect(job, &FilmJob::progressed, this, &FilmStatus::update_progress);
  connect(job, &FilmJob::busy_changed, this, [this] {
    text_->setText(tr("Video"));
    bar_->setRange(0, 0);
    setVisible(job_->busy());
  });
  hide();
}

void FilmStatus::update_progress(const QString& text, double fraction) {
  text_->setText(tr("Video: %1").arg(text));
  setToolTip(plain_tooltip(text_->text()));
  setAccessibleName(text_->text());
  bar_->setRange(0, kSteps);
  bar_->setValue(static_cast<int>(std::lround(kSteps * fraction)));
}

}  // namespace purlscope::app
