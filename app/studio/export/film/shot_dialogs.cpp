#include "app/studio/export/film/shot_dialogs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/studio/export/film/size_chooser.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"
#include "render/film.h"

namespace purlscope::app {
namespace {

constexpr int kFastest = 60;  // frames per second
constexpr int kWidth = 480;   // logical pixels

QCheckBox* overlay_box(bool on) {
  auto* box = new QCheckBox(FilmDialog::tr("Title, colour bar and names"));
  box->setObjectName(QStringLiteral("shot_overlay"));
  box->setToolTip(FilmDialog::tr("What is written over the view"));
  box->setChecked(on);
  return box;
}

QFormLayout* make_form() {
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(2 * kGrid);
  form->setVerticalSpacing(kGrid);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  return form;
}

/// Form, stretch and buttons; the main one leads to the file dialog.
void lay_out(QDialog* dialog, QFormLayout* form) {
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  QPushButton* save = buttons->addButton(FilmDialog::tr("Save as..."), QDialogButtonBox::AcceptRole);
  save->setObjectName(QStringLiteral("shot_save"));
  save->setProperty("primary", true);
  save->setDefault(true);
  QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
  QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  auto* column = new QVBoxLayout(dialog);
  column->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
  column->setSpacing(2 * kGrid);
  column->addLayout(form);
  column->addStretch(1);
  column->addWidget(buttons);
  dialog->setMinimumWidth(kWidth);
}

QString span_text(const QString& name, const core::TimeSpan& span) {
  return FilmDialog::tr("%1 (%2–%3 s)").arg(name).arg(span.begin, 0, 'f', 1).arg(span.end, 0, 'f', 1);
}

}  // namespace

PictureDialog::PictureDialog(const QSize& view, const std::optional<Shot>& last, QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("picture_dialog"));
  setWindowTitle(tr("Picture of the view"));
  size_ = new SizeChooser(view);
  if (last) size_->choose({last->width, last->height});
  transparent_ = new QCheckBox(tr("Transparent ground"));
  transparent_->setObjectName(QStringLiteral("shot_transparent"));
  transparent_->setToolTip(tr("Leave out the colour behind the figure, for slides and posters"));
  transparent_->setChecked(last && last->transparent);
  overlay_ = overlay_box(!last || last->overlay);
  QFormLayout* form = make_form();
  form->addRow(tr("Size"), size_);
  form->addRow(tr("Ground"), transparent_);
  form->addRow(tr("Overlay"), overlay_);
  lay_out(this, form);
}

Shot PictureDialog::chosen() const {
  const QSize size = size_->chosen();
  return {size.width(), size.height(), transparent_->isChecked(), overlay_->isChecked()};
}

FilmDialog::FilmDialog(const QSize& view, double duration, const std::optional<core::TimeSpan>& marked, double rate,
                       const std::optional<Shot>& last, QWidget* parent)
    : QDialog(parent), whole_{0.0, duration}, marked_(marked) {
  setObjectName(QStringLiteral("film_dialog"));
  setWindowTitle(tr("Video of the view"));
  size_ = new SizeChooser(view);
  if (last) size_->choose({last->width, last->height});
  part_ = new QComboBox;
  part_->setObjectName(QStringLiteral("film_part"));
  part_->setAccessibleName(tr("Part of the clip"));
  part_->setToolTip(tr("Set A and B on the timeline (keys [ and ]) to export a part of the clip"));
  part_->addItem(span_text(tr("Whole clip"), whole_));
  if (marked_) {
    part_->addItem(span_text(tr("A to B"), *marked_));
    part_->setCurrentIndex(1);
  }
  rate_ = new QSpinBox;
  rate_->setObjectName(QStringLiteral("film_rate"));
  rate_->setRange(1, kFastest);
  rate_->setSuffix(tr(" frames per second"));
  rate_->setAccessibleName(tr("Rate"));
  rate_->setToolTip(tr("Frames per second; GIFs take at most 50"));
  rate_->setValue(static_cast<int>(std::lround(rate)));
  overlay_ = overlay_box(!last || last->overlay);
  note_ = new QLabel;
  note_->setObjectName(QStringLiteral("muted"));
  note_->setWordWrap(true);
  QFormLayout* form = make_form();
  form->addRow(tr("Size"), size_);
  form->addRow(tr("Part"), part_);
  form->addRow(tr("Rate"), rate_);
  form->addRow(tr("Overlay"), overlay_);
  form->addRow(QString(), note_);
  lay_out(this, form);
  connect(part_, &QComboBox::currentIndexChanged, this, &FilmDialog::update_note);
  connect(rate_, &QSpinBox::valueChanged, this, &FilmDialog::update_note);
  update_note();
}

Shot FilmDialog::shot() const {
  const QSize size = size_->chosen();
  return {size.width(), size.height(), false, overlay_->isChecked()};
}

FilmPart FilmDialog::part() const {
  return {part_->currentIndex() == 1 && marked_ ? *marked_ : whole_, static_cast<double>(rate_->value())};
}

void FilmDialog::update_note() {
  const FilmPart chosen = part();
  const double seconds = chosen.part.end - chosen.part.begin;
  const auto frames = static_cast<qsizetype>(render::film_frames(seconds, chosen.fps));
  note_->setText(tr("%1, %2 at the speed of the recording. MP4 for talks and supplements, GIF for web pages.")
                     .arg(counted(frames, tr("%1 frame"), tr("%1 frames")), seconds_text(seconds)));
}

}  // namespace purlscope::app
