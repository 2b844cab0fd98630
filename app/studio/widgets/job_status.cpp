#include "app/studio/widgets/job_status.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <cmath>

#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kBarWidth = 96, kBarHeight = 4, kButton = 16;  // logical pixels
constexpr int kSteps = 1000;                                 // of the bar

}  // namespace

JobStatus::JobStatus(const QString& id, const JobWords& words, QWidget* parent) : QWidget(parent), title_(words.title) {
  setObjectName(id + QStringLiteral("_status"));
  text_ = new QLabel(title_);
  text_->setObjectName(QStringLiteral("note"));
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setFixedSize(kBarWidth, kBarHeight);
  bar_->setAccessibleName(words.progress);
  auto* cancel = new QToolButton;
  cancel->setObjectName(id + QStringLiteral("_cancel"));
  cancel->setIcon(themed_icon(QStringLiteral("close")));
  cancel->setIconSize({12, 12});
  cancel->setFixedSize(kButton, kButton);  // the bar keeps room for it even while it is hidden
  cancel->setProperty("flat", true);
  cancel->setFocusPolicy(Qt::TabFocus);
  cancel->setAccessibleName(words.cancel);
  cancel->setToolTip(words.about);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGrid);
  for (QWidget* part : {static_cast<QWidget*>(text_), static_cast<QWidget*>(bar_), static_cast<QWidget*>(cancel)}) {
    row->addWidget(part);
  }
  connect(cancel, &QToolButton::clicked, this, &JobStatus::cancelled);
  hide();
}

void JobStatus::set_busy(bool busy) {
  text_->setText(title_);
  bar_->setRange(0, 0);
  setVisible(busy);
}

void JobStatus::show_progress(const QString& text, double fraction, const QString& left) {
  text_->setText(left.isEmpty() ? title_ : title_ + QStringLiteral(" · ") + left);
  setToolTip(plain_tooltip(text));
  setAccessibleName(text);
  bar_->setRange(0, fraction < 0 ? 0 : kSteps);
  if (fraction >= 0) bar_->setValue(static_cast<int>(std::lround(kSteps * fraction)));
}

}  // namespace purlscope::app
