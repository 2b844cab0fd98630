#include "app/studio/panels/library/split/split_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include "app/studio/panels/library/split/class_checks.h"
#include "app/studio/panels/library/split/class_list_view.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/file_dialog.h"
#include "app/studio/widgets/page_head.h"
#include "app/studio/words.h"
#include "core/base/error.h"
#include "core/formats/dataset/split/split.h"

namespace purlscope::app {
namespace {

QLabel* make_label(const QString& style, const QString& role, const QString& text = {}) {
  auto* label = new QLabel(text);
  label->setObjectName(style);
  label->setProperty("role", role);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  return label;
}

QComboBox* make_chooser(const QString& id, const QString& about, const QString& tooltip) {
  auto* box = new QComboBox;
  box->setObjectName(id);
  box->setAccessibleName(about);
  box->setToolTip(tooltip);
  box->setMinimumContentsLength(8);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  return box;
}

QPushButton* make_button(const QString& id, const QString& text, const QString& tooltip) {
  auto* button = new QPushButton(text);
  button->setObjectName(id);
  button->setToolTip(tooltip);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

QString joined(const std::vector<std::string>& values) {
  QStringList list;
  for (const std::string& value : values) list.append(QString::fromStdString(value));
  return list.join(QStringLiteral(", "));
}

QString property_name(const std::string& property) {
  if (property == "subject") return SplitPage::tr("subject");
  if (property == "camera") return SplitPage::tr("camera");
  if (property == "setup") return SplitPage::tr("setup");
  return SplitPage::tr("repetition");
}

}  // namespace

SplitPage::SplitPage(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("split_page"));
  build();
  connect_parts();
}

void SplitPage::build() {
  classes_ = new ClassChecks(this);
  chooser_ = make_chooser(QStringLiteral("split_chooser"), tr("Unseen classes"),
                          tr("The published splits of this data set, or your own"));
  auto* list = new ClassListView(classes_);
  list->setObjectName(QStringLiteral("split_classes"));
  list->setAccessibleName(tr("Classes; ticked ones are unseen"));
  state_ = make_label(QStringLiteral("note"), QStringLiteral("split_state"));
  name_ = new QLineEdit;
  name_->setObjectName(QStringLiteral("split_name"));
  name_->setAccessibleName(tr("Name of your split"));
  name_->setPlaceholderText(tr("Name of your split"));
  name_->setToolTip(tr("The name that lists and reports show"));
  name_->setAcceptDrops(false);  // a file dropped here is to be opened, not typed
  load_ =
      make_button(QStringLiteral("split_load"), tr("Load..."), tr("Open a split file: JSON, or one class name a line"));
  save_ = make_button(QStringLiteral("split_save"), tr("Save..."),
                      tr("Write the unseen classes to a file, which “purlscope evaluate --split” takes too"));
  problem_ = make_label(QStringLiteral("inline_error"), QStringLiteral("split_problem"));
  problem_->hide();
  recording_head_ = make_label(QStringLiteral("note"), {}, tr("Recordings"));
  recording_chooser_ = make_chooser(QStringLiteral("recording_chooser"), tr("Division of the recordings"),
                                    tr("The published division by who or what recorded the clips"));
  recording_note_ = make_label(QStringLiteral("note"), QStringLiteral("recording_note"));
  use_ = make_button(QStringLiteral("split_use"), tr("Use unseen as labels"),
                     tr("Score the clips against the names of the unseen classes; undo brings the labels back"));
  use_->setAccessibleName(tr("Use unseen classes as labels"));
  use_->setProperty("primary", true);

  auto* head = new PageHead(QStringLiteral("split_back"), tr("Clips"), tr("Split"), tr("Back to the clips"));
  connect(head, &PageHead::back, this, &SplitPage::closed);
  auto* files = new QHBoxLayout;
  files->setSpacing(kGrid);
  files->addWidget(load_, 1);
  files->addWidget(save_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kGrid);
  column->addWidget(head);
  column->addWidget(make_label(QStringLiteral("note"), {}, tr("Unseen classes: those no model may be trained on")));
  column->addWidget(chooser_);
  column->addWidget(list, 1);
  column->addWidget(state_);
  column->addWidget(name_);
  column->addLayout(files);
  column->addWidget(problem_);
  column->addWidget(recording_head_);
  column->addWidget(recording_chooser_);
  column->addWidget(recording_note_);
  column->addWidget(use_);
}

void SplitPage::connect_parts() {
  new QShortcut(QKeySequence(Qt::Key_Escape), this, this, &SplitPage::left, Qt::WidgetWithChildrenShortcut);
  connect(chooser_, &QComboBox::activated, this, &SplitPage::choose_published);
  connect(recording_chooser_, &QComboBox::activated, this, &SplitPage::choose_recordings);
  connect(classes_, &ClassChecks::edited, this, &SplitPage::take_ticks);
  connect(name_, &QLineEdit::textEdited, this, &SplitPage::take_name);
  connect(load_, &QPushButton::clicked, this, &SplitPage::ask_to_load);
  connect(save_, &QPushButton::clicked, this, &SplitPage::ask_to_save);
  connect(use_, &QPushButton::clicked, this,
          [this] { Q_EMIT labels_wanted(unseen_names(choice_, listing_->dataset)); });
}

void SplitPage::show_split(const FolderListingPtr& listing, const SplitChoice& choice) {
  listing_ = listing;
  choice_ = choice;
  published_ = core::unseen_splits(listing->dataset.kind, listing->dataset.classes.size());
  recordings_ = core::recording_splits(listing->dataset);
  classes_->show(listing);
  classes_->set_unseen(choice.unseen);
  name_->setText(published_.contains(choice.name) ? QString() : QString::fromStdString(choice.name));
  fill_choosers();
  show_problem({});
  update_state();
}

void SplitPage::fill_choosers() {
  chooser_->clear();
  chooser_->addItem(tr("None"));
  // In the order of their sizes, as papers list them.
  for (const std::string& name : core::published_splits(listing_->dataset.kind)) {
    const auto found = published_.find(name);
    if (found == published_.end()) continue;
    chooser_->addItem(tr("%1 · %2 unseen").arg(QString::fromStdString(name)).arg(found->second.size()),
                      QString::fromStdString(name));
  }
  chooser_->addItem(tr("Own split"));
  recording_chooser_->clear();
  recording_chooser_->addItem(tr("All together"));
  for (const core::RecordingSplit& split : recordings_) {
    recording_chooser_->addItem(tr("%1 · by %2").arg(QString::fromStdString(split.name), property_name(split.by)));
  }
  for (QWidget* part : {static_cast<QWidget*>(recording_head_), static_cast<QWidget*>(recording_chooser_)}) {
    part->setVisible(!recordings_.empty());
  }
  update_choosers();
}

void SplitPage::update_choosers() {
  const int published = chooser_->findData(QString::fromStdString(choice_.name));
  const int own = chooser_->count() - 1;
  chooser_->setCurrentIndex(!choice_.by_class() ? 0 : published > 0 ? published : own);
  int row = 0;
  for (std::size_t i = 0; choice_.recordings && i < recordings_.size(); ++i) {
    if (recordings_[i].name == choice_.recordings->name) row = static_cast<int>(i) + 1;
  }
  recording_chooser_->setCurrentIndex(row);
}

void SplitPage::set_class_split(const std::string& name, const std::vector<int>& unseen) {
  choice_.name = unseen.empty() ? std::string() : name;
  choice_.unseen = unseen;
  show_problem({});
  update_choosers();
  update_state();
  Q_EMIT changed(choice_);
}

QString SplitPage::own_name() const {
  const QString typed = name_->text().simplified();
  return typed.isEmpty() ? tr("own split") : typed;
}

void SplitPage::choose_published(int row) {
  const std::string name = chooser_->itemData(row).toString().toStdString();
  const auto found = published_.find(name);
  if (found != published_.end()) {
    name_->clear();
    classes_->set_unseen(found->second);
    set_class_split(name, found->second);
    return;
  }
  if (row == 0) classes_->set_unseen({});
  take_ticks();  // none, or one's own that begins with what is ticked
}

void SplitPage::take_ticks() { set_class_split(own_name().toStdString(), classes_->unseen()); }

void SplitPage::take_name() {
  if (choice_.by_class()) take_ticks();
}

void SplitPage::choose_recordings(int row) {
  choice_.recordings.reset();
  if (row > 0) choice_.recordings = recordings_[static_cast<std::size_t>(row - 1)];
  update_state();
  Q_EMIT changed(choice_);
}

void SplitPage::update_state() {
  const std::size_t all = listing_->dataset.classes.size();
  const std::size_t unseen = choice_.unseen.size();
  const bool usable = unseen > 0 && unseen < all;
  state_->setText(unseen == 0     ? tr("Tick the classes that are to be unseen.")
                  : unseen == all ? tr("All classes are unseen: leave one unticked, to train on.")
                                  : tr("%1 unseen, %2 seen").arg(unseen).arg(all - unseen));
  save_->setEnabled(usable);
  use_->setEnabled(unseen > 0);
  recording_note_->setVisible(choice_.recordings.has_value());
  if (!choice_.recordings) return;
  const core::SplitSides sides = core::divide(listing_->dataset, *choice_.recordings);
  recording_note_->setText(tr("Training: %1 clips. Test: %2 clips (%3 %4).")
                               .arg(number_text(qsizetype(sides.train.size())),
                                    number_text(qsizetype(sides.test.size())), property_name(choice_.recordings->by),
                                    joined(choice_.recordings->test)));
}

void SplitPage::show_problem(const QString& text) {
  problem_->setText(text);
  problem_->setVisible(!text.isEmpty());
}

void SplitPage::load(const QString& file) {
  try {
    const SplitChoice loaded = load_split(file.toStdString(), listing_->dataset);
    name_->setText(QString::fromStdString(loaded.name));
    classes_->set_unseen(loaded.unseen);
    set_class_split(loaded.name, loaded.unseen);
  } catch (const std::exception& error) {
    show_problem(tr("Not loaded: %1").arg(QString::fromUtf8(error.what())));
  }
}

void SplitPage::save(const QString& file) {
  try {
    save_split(choice_, listing_->dataset, file.toStdString());
    show_problem({});
    state_->setText(tr("Saved as %1").arg(file));
  } catch (const std::exception& error) {
    show_problem(tr("Not saved: %1").arg(QString::fromUtf8(error.what())));
  }
}

void SplitPage::ask_to_load() {
  FileDialog dialog(this, tr("Load a split"), {}, tr("Splits (*.json *.txt);;All files (*)"));
  dialog.setFileMode(QFileDialog::ExistingFile);
  if (dialog.exec() == QDialog::Accepted) load(dialog.selectedFiles().front());
}

void SplitPage::ask_to_save() {
  FileDialog dialog(this, tr("Save the split"), {}, tr("Splits (*.json)"));
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setFileMode(QFileDialog::AnyFile);
  dialog.setDefaultSuffix(QStringLiteral("json"));
  dialog.selectFile(QString::fromStdString(choice_.name) + QStringLiteral(".json"));
  if (dialog.exec() == QDialog::Accepted) save(dialog.selectedFiles().front());
}

}  // namespace purlscope::app
