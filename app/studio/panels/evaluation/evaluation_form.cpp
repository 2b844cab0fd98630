#include "app/studio/panels/evaluation/evaluation_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "app/studio/panels/evaluation/evaluation_words.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/file_dialog.h"
#include "app/studio/words.h"
#include "core/formats/dataset/split/recording_split.h"
#include "core/formats/dataset/split/split.h"

namespace purlscope::app {
namespace {

/// As the lab knows them, in the order in which they are offered.
constexpr std::array kMethods = {"structured", "purls",    "dynapurls", "revise", "devise",
                                 "jpose",      "cada-vae", "synse",     "smie",   "global"};
constexpr std::array kRefinements = {"em",         "prototypes", "cache",       "running-mean", "normalisation",
                                     "similarity", "levels",     "scale-shift", "official"};
constexpr int kOrders = 5;            // of a stream, as the command line has it
constexpr int kMost = 1000;           // seeds, orders
constexpr std::size_t kUnseenOf = 5;  // one class of so many is unseen where no split is published
constexpr int kLabels = 82;           // width of the names, so that both forms align

const auto kOwnKey = QStringLiteral("*own");  // key of a split that is in no file

bool refinable(const QString& method) {
  return method == QStringLiteral("structured") || method == QStringLiteral("purls") ||
         method == QStringLiteral("dynapurls");
}

bool takes_model(const QString& method) {
  return method == QStringLiteral("purls") || method == QStringLiteral("dynapurls");
}

QString number_of_unseen(std::size_t count) {
  return counted(qsizetype(count), EvaluationForm::tr("%1 unseen"), EvaluationForm::tr("%1 unseen"));
}

QFormLayout* make_form(QWidget* parent) {
  auto* form = new QFormLayout(parent);
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(kGrid);
  form->setVerticalSpacing(4);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  return form;
}

void add_row(QFormLayout* form, const QString& name, QWidget* field) {
  auto* label = new QLabel(name);
  label->setFixedWidth(kLabels);
  label->setBuddy(field);
  form->addRow(label, field);
}

QSpinBox* make_number(const char* name, const QString& about, const QString& tooltip, int value) {
  auto* box = new QSpinBox;
  box->setObjectName(QString::fromLatin1(name));
  box->setAccessibleName(about);
  box->setToolTip(tooltip);
  box->setRange(1, kMost);
  box->setValue(value);
  return box;
}

}  // namespace

EvaluationForm::EvaluationForm(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("evaluation_form"));
  more_button_ = new QToolButton;
  more_button_->setObjectName(QStringLiteral("evaluation_more"));
  more_button_->setText(tr("More options"));
  more_button_->setCheckable(true);
  more_button_->setProperty("flat", true);
  more_button_->setFocusPolicy(Qt::TabFocus);
  more_button_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  more_button_->setToolTip(tr("Recordings, seeds, protocol and what else can be measured"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(make_basic());
  column->addWidget(more_button_, 0, Qt::AlignLeft);
  more_ = make_more();
  column->addWidget(more_);
  connect(more_button_, &QToolButton::toggled, this, &EvaluationForm::update_state);
  connect(dataset_, &QComboBox::currentIndexChanged, this, &EvaluationForm::show_data);
  for (QComboBox* box : {split_, method_, refinement_, recordings_, protocol_}) {
    connect(box, &QComboBox::currentTextChanged, this, &EvaluationForm::update_state);
  }
  update_state();
}

QComboBox* EvaluationForm::make_box(const char* name, const QString& about, const QString& tooltip) {
  auto* box = new QComboBox;
  box->setObjectName(QString::fromLatin1(name));
  box->setAccessibleName(about);
  box->setToolTip(tooltip);
  box->setMinimumContentsLength(8);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  return box;
}

QWidget* EvaluationForm::make_basic() {
  auto* basic = new QWidget;
  auto* form = make_form(basic);
  dataset_ = make_box("evaluation_dataset", tr("Data set"), tr("A folder of the library"));
  split_ = make_box("evaluation_split", tr("Split"),
                    tr("Which classes are unseen: a published split, the one made in the library, or "
                       "random:COUNT:SEED"));
  split_->setEditable(true);
  split_->setInsertPolicy(QComboBox::NoInsert);
  method_ = make_box("evaluation_method", tr("Method"), tr("Learns from the seen classes, then names the unseen ones"));
  refinement_ = make_box("evaluation_refinement", tr("Refinement"),
                         tr("Lets the method learn from the test clips as a stream without labels; every clip is "
                            "scored before it is learned from"));
  fill_methods();
  add_row(form, tr("Data set"), dataset_);
  add_row(form, tr("Split"), split_);
  add_row(form, tr("Method"), method_);
  add_row(form, tr("Refinement"), refinement_);
  return basic;
}

void EvaluationForm::fill_methods() {
  for (const char* method : kMethods) method_->addItem(method_name(method), QString::fromLatin1(method));
  refinement_->addItem(tr("None"), QString());
  for (const char* way : kRefinements) {
    refinement_->addItem(tr("On arrival: %1").arg(QString::fromLatin1(way)), QString::fromLatin1(way));
  }
}

QWidget* EvaluationForm::make_more() {
  auto* more = new QWidget;
  more_form_ = make_form(more);
  recordings_ =
      make_box("evaluation_recordings", tr("Recordings"), tr("Train on one side of the recordings, test on the other"));
  model_row_ = make_model_row();
  seeds_ = make_number("evaluation_seeds", tr("Seeds"),
                       tr("How often it is trained and tested anew, with seeds 0, 1, 2 ..."), 1);
  orders_ = make_number("evaluation_orders", tr("Orders"), tr("Random orders in which the test clips arrive"), kOrders);
  protocol_ = make_box("evaluation_protocol", tr("Protocol"),
                       tr("The published protocol asks with the true label: a leak, for comparison alone"));
  protocol_->addItem(tr("Leak-free"), QStringLiteral("leak-free"));
  protocol_->addItem(tr("Published (a leak, to compare)"), QStringLiteral("published"));
  generalised_ = new QCheckBox(tr("Also with all classes as candidates"));
  generalised_->setObjectName(QStringLiteral("evaluation_generalised"));
  generalised_->setToolTip(
      tr("Generalised recognition: accuracy on seen and on unseen classes, and the harmonic mean "
         "of the two; takes about five times as long"));
  add_row(more_form_, tr("Recordings"), recordings_);
  add_row(more_form_, tr("Model"), model_row_);
  add_row(more_form_, tr("Seeds"), seeds_);
  add_row(more_form_, tr("Orders"), orders_);
  add_row(more_form_, tr("Protocol"), protocol_);
  more_form_->addRow(generalised_);
  return more;
}

QWidget* EvaluationForm::make_model_row() {
  auto* field = new QWidget;
  auto* row = new QHBoxLayout(field);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  model_ = new QLineEdit;
  model_->setObjectName(QStringLiteral("evaluation_model"));
  model_->setAccessibleName(tr("Folder of a trained model"));
  model_->setPlaceholderText(tr("trained for the split"));
  model_->setToolTip(tr("Folder of a model that was trained for this very split; without it one is trained first"));
  auto* button = new QPushButton(QStringLiteral("…"));
  button->setObjectName(QStringLiteral("evaluation_model_browse"));
  button->setAutoDefault(false);
  button->setAccessibleName(tr("Choose the folder of a trained model"));
  button->setToolTip(button->accessibleName());
  connect(button, &QPushButton::clicked, this, [this, button] {
    FileDialog dialog(this, button->accessibleName(), model_->text());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
    model_->setText(dialog.selectedFiles().front());
  });
  row->addWidget(model_, 1);
  row->addWidget(button);
  field->setFocusProxy(model_);
  return field;
}

void EvaluationForm::set_data(const std::vector<EvaluationData>& folders, int shown) {
  const EvaluationData* before = chosen();
  const bool same =
      before != nullptr && shown >= 0 && folders[static_cast<std::size_t>(shown)].listing == before->listing;
  const QString split = split_key();
  data_ = folders;
  {
    const QSignalBlocker quiet(dataset_);
    dataset_->clear();
    for (const EvaluationData& each : data_) dataset_->addItem(each.title);
    dataset_->setCurrentIndex(shown >= 0 ? shown : data_.empty() ? -1 : 0);
  }
  show_data();
  const EvaluationData* now = chosen();
  if (same && !now->split.by_class() && !split.isEmpty()) {  // what was typed stays
    const int row = split_->findData(split);
    row >= 0 ? split_->setCurrentIndex(row) : split_->setEditText(split);
  }
}

const EvaluationData* EvaluationForm::chosen() const {
  const int row = dataset_->currentIndex();
  return row < 0 || static_cast<std::size_t>(row) >= data_.size() ? nullptr : &data_[static_cast<std::size_t>(row)];
}

void EvaluationForm::show_data() {
  split_->clear();
  recordings_->clear();
  if (const EvaluationData* folder = chosen()) {
    fill_splits(*folder);
    fill_recordings(*folder);
  }
  update_state();
}

void EvaluationForm::fill_splits(const EvaluationData& folder) {
  const core::Dataset& dataset = folder.listing->dataset;
  const auto published = core::unseen_splits(dataset.kind, dataset.classes.size());
  std::vector<std::pair<std::string, std::vector<int>>> splits(published.begin(), published.end());
  std::ranges::stable_sort(splits, {}, [](const auto& split) { return split.second.size(); });  // easiest first
  for (const auto& [name, unseen] : splits) {
    const QString key = QString::fromStdString(name);
    split_->addItem(QStringLiteral("%1 · %2").arg(key, number_of_unseen(unseen.size())), key);
    if (folder.split.unseen == unseen) split_->setCurrentIndex(split_->count() - 1);
  }
  const std::size_t few = std::max<std::size_t>(2, dataset.classes.size() / kUnseenOf);
  const QString random = QStringLiteral("random:%1:0").arg(few);
  split_->addItem(random, random);
  const bool own = folder.split.by_class() && split_->currentData().toString().toStdString() != folder.split.name;
  if (!own) return;
  const QString name = folder.split.name.empty() ? tr("Own split") : QString::fromStdString(folder.split.name);
  split_->addItem(QStringLiteral("%1 · %2").arg(name, number_of_unseen(folder.split.unseen.size())), kOwnKey);
  split_->setCurrentIndex(split_->count() - 1);
}

void EvaluationForm::fill_recordings(const EvaluationData& folder) {
  recordings_->addItem(tr("All"), QString());
  for (const core::RecordingSplit& split : core::recording_splits(folder.listing->dataset)) {
    recordings_->addItem(QString::fromStdString(split.name), QString::fromStdString(split.name));
    if (folder.split.recordings && folder.split.recordings->name == split.name) {
      recordings_->setCurrentIndex(recordings_->count() - 1);
    }
  }
}

QString EvaluationForm::split_key() const {
  const int row = split_->findText(split_->currentText());
  return row >= 0 ? split_->itemData(row).toString() : split_->currentText().trimmed();
}

bool EvaluationForm::ready() const { return chosen() != nullptr && !split_key().isEmpty(); }

EvaluationWish EvaluationForm::wish() const {
  EvaluationWish wish;
  const EvaluationData* folder = chosen();
  if (folder == nullptr) return wish;
  wish.listing = folder->listing;
  const QString split = split_key();
  if (split == kOwnKey) {
    wish.own = folder->split;
  } else {
    wish.split = split.toStdString();
  }
  wish.recordings = recordings_->currentData().toString().toStdString();
  const QString method = method_->currentData().toString();
  wish.options.method = method.toStdString();
  wish.options.protocol = protocol_->currentData().toString().toStdString();
  wish.options.seeds = seeds_->value();
  wish.options.generalised = generalised_->isChecked();
  if (takes_model(method)) wish.options.model = model_->text().trimmed().toStdString();
  wish.options.config = nlohmann::json::object();
  const QString way = refinement_->currentData().toString();
  if (refinable(method) && !way.isEmpty()) {
    wish.options.orders = orders_->value();
    wish.options.refinement = {{"method", way.toStdString()}};
  }
  return wish;
}

void EvaluationForm::update_state() {
  const QString method = method_->currentData().toString();
  const bool refines = refinable(method);
  if (!refines) refinement_->setCurrentIndex(0);
  refinement_->setEnabled(refines);
  more_->setVisible(more_button_->isChecked());
  more_button_->setIcon(
      themed_icon(more_button_->isChecked() ? QStringLiteral("arrow-down") : QStringLiteral("arrow-right")));
  more_form_->setRowVisible(recordings_, recordings_->count() > 1);
  more_form_->setRowVisible(model_row_, takes_model(method));
  more_form_->setRowVisible(orders_, !refinement_->currentData().toString().isEmpty());
  Q_EMIT changed();
}

void EvaluationForm::focus_first() { dataset_->setFocus(); }

}  // namespace purlscope::app
