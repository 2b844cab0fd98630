#include "app/studio/panels/training/training_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>
#include <limits>

#include "app/studio/panels/training/training_curve.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/file_dialog.h"

namespace purlscope::app {
namespace {

QString config_filters() { return TrainingPanel::tr("Configurations (*.json);;All files (*)"); }

}  // namespace

TrainingPanel::TrainingPanel(TrainingJob* job, QWidget* parent) : QWidget(parent), job_(job) {
  setObjectName(QStringLiteral("training_panel"));
  form_ = new QWidget;
  auto* form = new QFormLayout(form_);
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(12);
  form->setVerticalSpacing(4);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  make_form(form);
  start_ = new QPushButton;
  start_->setObjectName(QStringLiteral("training_start"));
  start_->setAutoDefault(false);
  start_->setProperty("primary", true);
  message_ = new QLabel;
  message_->setObjectName(QStringLiteral("muted"));
  message_->setProperty("role", QStringLiteral("training_message"));
  message_->setTextFormat(Qt::PlainText);
  message_->setWordWrap(true);
  message_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  message_->setAccessibleName(tr("State of the training"));
  curve_ = new TrainingCurve;
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kGrid);
  column->addWidget(form_);
  column->addWidget(start_);
  column->addWidget(message_);
  column->addWidget(curve_, 1);
  auto* scroll = new QScrollArea;  // a small window shows a part of it
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(scroll);
  connect(start_, &QPushButton::clicked, this, &TrainingPanel::press);
  for (QLineEdit* line : {dataset_, config_, out_}) {
    connect(line, &QLineEdit::textChanged, this, &TrainingPanel::update_state);
  }
  connect(split_, &QComboBox::currentTextChanged, this, &TrainingPanel::update_state);
  connect(job, &TrainingJob::busy_changed, this, &TrainingPanel::update_state);
  connect(job, &TrainingJob::progressed, this, [this](const QString& text, double) { say(text, false); });
  connect(job, &TrainingJob::epoch_done, curve_, &TrainingCurve::add);
  connect(job, &TrainingJob::finished, this,
          [this](const QString& model) { say(tr("Trained: %1").arg(model), false); });
  connect(job, &TrainingJob::stopped, this,
          [this] { say(tr("Stopped. “Train” goes on after the last finished epoch."), false); });
  connect(job, &TrainingJob::failed, this, [this](const QString& text) { say(text, true); });
  update_state();
}

QLineEdit* TrainingPanel::make_line(const char* id, const QString& name) {
  auto* line = new QLineEdit;
  line->setObjectName(QString::fromLatin1(id));
  line->setAccessibleName(name);
  return line;
}

void TrainingPanel::make_form(QFormLayout* form) {
  dataset_ = make_line("training_dataset", tr("Data set"));
  form->addRow(tr("Data set"), make_path_row(dataset_, tr("Choose the folder of the data set"), {}));
  split_ = new QComboBox;
  split_->setObjectName(QStringLiteral("training_split"));
  split_->setEditable(true);
  split_->setInsertPolicy(QComboBox::NoInsert);
  split_->setAccessibleName(tr("Split"));
  split_->setToolTip(tr("Which classes stay unseen: the name of a split, random:COUNT:SEED, or a file"));
  split_->lineEdit()->setPlaceholderText(QStringLiteral("random:5:0"));
  form->addRow(tr("Split"), split_);
  config_ = make_line("training_config", tr("Config"));
  config_->setPlaceholderText(tr("default settings"));
  form->addRow(tr("Config"), make_path_row(config_, tr("Choose a configuration"), config_filters()));
  out_ = make_line("training_out", tr("Save to"));
  out_->setToolTip(tr("Folder of the model, its card, its curve and its checkpoints"));
  form->addRow(tr("Save to"), make_path_row(out_, tr("Choose the folder of the model"), {}));
  seed_ = new QSpinBox;
  seed_->setObjectName(QStringLiteral("training_seed"));
  seed_->setAccessibleName(tr("Seed"));
  seed_->setRange(0, std::numeric_limits<int>::max());
  form->addRow(tr("Seed"), seed_);
  fresh_ = new QCheckBox(tr("Start over"));
  fresh_->setObjectName(QStringLiteral("training_fresh"));
  fresh_->setToolTip(tr("Discard what the folder holds of an earlier training instead of going on with it"));
  form->addRow(QString(), fresh_);
}

QWidget* TrainingPanel::make_path_row(QLineEdit* line, const QString& name, const QString& filters) {
  auto* field = new QWidget;
  auto* row = new QHBoxLayout(field);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  auto* button = new QPushButton(QStringLiteral("…"));
  button->setObjectName(line->objectName() + QStringLiteral("_browse"));
  button->setAutoDefault(false);
  button->setAccessibleName(name);
  button->setToolTip(name);
  connect(button, &QPushButton::clicked, this, [=, this] { browse(line, name, filters); });
  row->addWidget(line, 1);
  row->addWidget(button);
  field->setFocusProxy(line);
  return field;
}

void TrainingPanel::browse(QLineEdit* line, const QString& name, const QString& filters) {
  FileDialog dialog(this, name, line->text(), filters);
  if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
  line->setText(dialog.selectedFiles().front());
}

void TrainingPanel::offer(const std::filesystem::path& folder, const std::vector<std::string>& splits) {
  if (job_->busy() || !dataset_->text().isEmpty()) return;
  dataset_->setText(QString::fromStdString(folder.string()));
  const QString before = split_->currentText();
  split_->clear();
  for (const std::string& name : splits) split_->addItem(QString::fromStdString(name));
  if (!before.isEmpty()) split_->setCurrentText(before);
}

void TrainingPanel::focus_form() { (job_->busy() ? static_cast<QWidget*>(start_) : dataset_)->setFocus(); }

TrainingWish TrainingPanel::wish() const {
  TrainingWish wish;
  wish.dataset = dataset_->text().trimmed().toStdString();
  wish.split = split_->currentText().trimmed().toStdString();
  wish.config = config_->text().trimmed().toStdString();
  wish.out = out_->text().trimmed().toStdString();
  wish.seed = static_cast<std::uint64_t>(seed_->value());
  wish.fresh = fresh_->isChecked();
  return wish;
}

void TrainingPanel::press() { job_->busy() ? job_->stop() : begin(); }

void TrainingPanel::begin() {
  curve_->clear();
  job_->start(wish());
  fresh_->setChecked(false);  // else going on after a stop would throw away what there is
}

void TrainingPanel::update_state() {
  const bool busy = job_->busy();
  const TrainingWish wanted = wish();
  start_->setText(busy ? tr("Stop") : tr("Train"));
  start_->setToolTip(busy ? tr("Stop the training; finished epochs are kept")
                          : tr("Train on the seen classes; goes on where an earlier training in the folder stopped"));
  start_->setEnabled(busy || (!wanted.dataset.empty() && !wanted.split.empty() && !wanted.out.empty()));
  form_->setEnabled(!busy);
  if (!busy && message_->text().isEmpty()) {
    say(tr("Choose a data set, a split and a folder for the model. Classes that are unseen in the split take no part."),
        false);
  }
}

void TrainingPanel::say(const QString& text, bool warning) {
  message_->setText(text);
  const QString kind = warning ? QStringLiteral("warning") : QStringLiteral("muted");
  if (message_->objectName() == kind) return;
  message_->setObjectName(kind);  // by which the style sheet knows it
  message_->style()->unpolish(message_);
  message_->style()->polish(message_);
}

}  // namespace purlscope::app
