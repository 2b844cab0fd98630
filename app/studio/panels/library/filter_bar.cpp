#include "app/studio/panels/library/filter_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

QString part_name(SplitPart part) {
  switch (part) {
    case SplitPart::all:
      return FilterBar::tr("Parts");
    case SplitPart::seen:
      return FilterBar::tr("Seen classes");
    case SplitPart::unseen:
      return FilterBar::tr("Unseen classes");
    case SplitPart::train:
      return FilterBar::tr("Training side");
    case SplitPart::test:
      return FilterBar::tr("Test side");
    case SplitPart::to_train:
      return FilterBar::tr("Seen, training side");
    case SplitPart::to_test:
      return FilterBar::tr("Unseen, test side");
  }
  return {};
}

void fill(QComboBox* box, const QString& all, const QString& each, const std::vector<std::string>& values) {
  box->clear();
  box->addItem(all);
  for (const std::string& value : values) {
    box->addItem(each.arg(QString::fromStdString(value)), QString::fromStdString(value));
  }
  box->setVisible(values.size() > 1);
}

}  // namespace

FilterBar::FilterBar(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("library_filters"));
  class_ = add("library_class", tr("Class"), tr("Shows the clips of one class only"));
  subject_ = add("library_subject", tr("Subject"), tr("Shows the clips of one subject only"));
  camera_ = add("library_camera", tr("Camera"), tr("Shows the clips of one camera only"));
  part_ = add("library_part", tr("Part of the split"), tr("Shows one part of the split only"));
  split_ = new QToolButton;
  split_->setObjectName(QStringLiteral("library_split"));
  split_->setFocusPolicy(Qt::TabFocus);
  split_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  split_->setAccessibleName(tr("Choose a split"));
  split_->setToolTip(tr("Choose which classes are unseen, and by what the recordings are divided"));
  auto* rows = new QVBoxLayout(this);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(kGrid);
  for (const std::vector<QWidget*>& row : {std::vector<QWidget*>{class_}, {subject_, camera_}, {split_, part_}}) {
    auto* line = new QHBoxLayout;  // what is hidden leaves its place to its neighbour
    line->setSpacing(kGrid);
    for (QWidget* part : row) line->addWidget(part, 1);
    rows->addLayout(line);
  }
  connect(split_, &QToolButton::clicked, this, &FilterBar::split_wanted);
}

QComboBox* FilterBar::add(const char* name, const QString& about, const QString& tooltip) {
  auto* box = new QComboBox;
  box->setObjectName(QString::fromLatin1(name));
  box->setAccessibleName(about);
  box->setToolTip(tooltip);
  box->setMinimumContentsLength(5);  // the panel may be narrow
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  connect(box, &QComboBox::activated, this, &FilterBar::changed);
  return box;
}

void FilterBar::show(const FolderListing& listing, const SplitChoice& split) {
  const auto& counts = listing.summary.clips_of_class;
  class_->clear();
  class_->addItem(tr("All classes"), -1);
  for (std::size_t c = 0; c < counts.size(); ++c) {
    if (counts[c] > 0) class_->addItem(QString::fromStdString(listing.dataset.classes[c]), static_cast<int>(c));
  }
  class_->setVisible(class_->count() > 2);
  fill(subject_, tr("Subjects"), tr("Subject %1"), listing.summary.subjects);
  fill(camera_, tr("Cameras"), tr("Camera %1"), listing.summary.cameras);
  split_->setVisible(listing.dataset.classes.size() > 1);
  show_split(split);
  setVisible(!class_->isHidden() || !subject_->isHidden() || !camera_->isHidden() || !split_->isHidden());
}

void FilterBar::show_split(const SplitChoice& split) {
  const QVariant before = part_->currentData();
  part_->clear();
  for (const SplitPart part : parts_of(split)) part_->addItem(part_name(part), static_cast<int>(part));
  part_->setCurrentIndex(std::max(0, part_->findData(before)));
  part_->setVisible(part_->count() > 1);
  QStringList names;
  if (split.by_class()) names.append(QString::fromStdString(split.name));
  if (split.recordings) names.append(QString::fromStdString(split.recordings->name));
  split_->setText(names.isEmpty() ? tr("Split...") : tr("Split: %1").arg(names.join(QStringLiteral(" + "))));
}

void FilterBar::apply_to(ClipFilter& filter) const {
  filter.label = class_->count() > 0 ? class_->currentData().toInt() : -1;
  filter.subject = subject_->currentData().toString().toStdString();
  filter.camera = camera_->currentData().toString().toStdString();
  filter.part = part_->count() > 0 ? static_cast<SplitPart>(part_->currentData().toInt()) : SplitPart::all;
}

bool FilterBar::chosen() const {
  return class_->currentIndex() > 0 || subject_->currentIndex() > 0 || camera_->currentIndex() > 0 ||
         part_->currentIndex() > 0;
}

void FilterBar::clear() {
  for (QComboBox* box : {class_, subject_, camera_, part_}) {
    if (box->count() > 0) box->setCurrentIndex(0);
  }
}

}  // namespace purlscope::app
