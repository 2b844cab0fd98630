#include "app/studio/export/film/size_chooser.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include "app/studio/export/film/shot.h"
#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

QSpinBox* side(const char* name, const QString& about) {
  auto* box = new QSpinBox;
  box->setObjectName(QString::fromLatin1(name));
  box->setRange(Shot::kSmallest, Shot::kLargest);
  box->setAccessibleName(about);
  box->setToolTip(SizeChooser::tr("%1 in pixels, %2 to %3").arg(about).arg(Shot::kSmallest).arg(Shot::kLargest));
  return box;
}

}  // namespace

SizeChooser::SizeChooser(const QSize& view, QWidget* parent) : QWidget(parent) {
  names_ = new QComboBox;
  names_->setObjectName(QStringLiteral("size_name"));
  names_->setAccessibleName(tr("Size"));
  names_->setToolTip(tr("A usual size; any other can be typed beside"));
  const auto add = [this](const QString& name, const QSize& size) {
    names_->addItem(name,
                    size.boundedTo({Shot::kLargest, Shot::kLargest}).expandedTo({Shot::kSmallest, Shot::kSmallest}));
  };
  add(tr("As the view"), view);
  add(tr("HD, 1280 × 720"), {1280, 720});
  add(tr("Full HD, 1920 × 1080"), {1920, 1080});
  add(tr("4K, 3840 × 2160"), {3840, 2160});
  add(tr("Square, 1080 × 1080"), {1080, 1080});
  names_->addItem(tr("Any"));
  width_ = side("size_width", tr("Width"));
  height_ = side("size_height", tr("Height"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGrid);
  row->addWidget(names_, 1);
  row->addWidget(width_);
  row->addWidget(new QLabel(QStringLiteral("×")));
  row->addWidget(height_);
  row->addWidget(new QLabel(tr("pixels")));
  connect(names_, &QComboBox::activated, this, [this] {
    if (names_->currentData().isValid()) choose(names_->currentData().toSize());
  });
  for (QSpinBox* box : {width_, height_}) connect(box, &QSpinBox::valueChanged, this, &SizeChooser::show_name);
  choose(names_->itemData(0).toSize());
}

QSize SizeChooser::chosen() const { return {width_->value(), height_->value()}; }

void SizeChooser::choose(const QSize& size) {
  const QSignalBlocker quiet_width(width_), quiet_height(height_);
  width_->setValue(size.width());
  height_->setValue(size.height());
  show_name();
}

void SizeChooser::show_name() {
  const int named = names_->findData(chosen());
  names_->setCurrentIndex(named >= 0 ? named : names_->count() - 1);
}

}  // namespace purlscope::app
