#include "app/studio/live/connect_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include "app/studio/live/source_form.h"
#include "app/studio/live/source_trial.h"
#include "app/studio/live/source_words.h"
#include "app/studio/theme/tokens.h"
#include "core/base/error.h"
#include "core/live/make_source.h"

namespace purlscope::app {
namespace {

constexpr QSize kSize{800, 460};
constexpr int kKindsWidth = 284;
constexpr int kKindHeight = 32;
constexpr int kVerdictHeight = 52;  // three lines: the dialog must not jump

QLabel* wrapped(const char* name) {
  auto* label = new QLabel;
  label->setObjectName(QString::fromLatin1(name));
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  return label;
}

}  // namespace

ConnectDialog::ConnectDialog(Closer* closer, QWidget* parent) : QDialog(parent), trial_(new SourceTrial(closer, this)) {
  setObjectName(QStringLiteral("connect_dialog"));
  setWindowTitle(tr("Connect a live source"));
  setModal(false);
  resize(kSize);
  kinds_ = make_kinds();
  auto* columns = new QHBoxLayout;
  columns->setSpacing(2 * kGrid);
  columns->addWidget(kinds_);
  columns->addWidget(make_form(), 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
  layout->setSpacing(2 * kGrid);
  layout->addLayout(columns, 1);
  layout->addWidget(make_buttons());

  connect(kinds_, &QListWidget::currentRowChanged, this, &ConnectDialog::show_kind);
  connect(form_, &SourceForm::changed, this, &ConnectDialog::update_address);
  connect(trial_, &SourceTrial::progress, this, [this](const QString& text) { show_verdict(text, "muted"); });
  connect(trial_, &SourceTrial::finished, this, [this](SourceTrial::Verdict verdict, const QString& text) {
    show_verdict(text, verdict == SourceTrial::Verdict::good ? "good" : "warning");
    test_->setText(tr("Test"));
  });
  kinds_->setCurrentRow(0);
}

QListWidget* ConnectDialog::make_kinds() {
  auto* list = new QListWidget;
  list->setObjectName(QStringLiteral("source_kinds"));
  list->setAccessibleName(tr("Kinds of live sources"));
  list->setFixedWidth(kKindsWidth);
  for (const core::SourceKind& kind : core::source_kinds()) {
    const QString uri = QString::fromStdString(kind.example);
    const QString title = source_title(uri).section(QStringLiteral(" · "), 0, 0);
    auto* item = new QListWidgetItem(title, list);
    item->setData(Qt::UserRole, QString::fromStdString(kind.scheme));
    item->setSizeHint({0, kKindHeight});
    item->setToolTip(title);
  }
  return list;
}

QWidget* ConnectDialog::make_form() {
  title_ = wrapped("empty_head");
  explanation_ = wrapped("muted");
  form_ = new SourceForm;
  address_ = wrapped("note");
  address_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  address_->setAccessibleName(tr("The same on the command line"));
  verdict_ = wrapped("source_verdict");
  verdict_->setAccessibleName(tr("Result of the test"));
  verdict_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  verdict_->setMinimumHeight(kVerdictHeight);
  verdict_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kGrid);
  column->addWidget(title_);
  column->addWidget(explanation_);
  column->addSpacing(kGrid);
  column->addWidget(form_);
  column->addStretch(1);
  column->addWidget(verdict_);
  column->addWidget(address_);
  return page;
}

QWidget* ConnectDialog::make_buttons() {
  test_ = new QPushButton(tr("Test"));
  test_->setObjectName(QStringLiteral("source_test"));
  test_->setToolTip(tr("Opens the source for a moment and says what comes"));
  test_->setAutoDefault(false);
  auto* cancel = new QPushButton(tr("Close"));
  cancel->setAutoDefault(false);
  connect_ = new QPushButton(tr("Connect"));
  connect_->setObjectName(QStringLiteral("source_connect"));
  connect_->setProperty("primary", true);
  connect_->setDefault(true);
  connect(test_, &QPushButton::clicked, this, &ConnectDialog::try_out);
  connect(cancel, &QPushButton::clicked, this, &QDialog::close);
  connect(connect_, &QPushButton::clicked, this, [this] {
    trial_->cancel();
    test_->setText(tr("Test"));
    Q_EMIT chosen(form_->uri());
  });
  auto* buttons = new QWidget;
  auto* row = new QHBoxLayout(buttons);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGrid);
  row->addWidget(test_);
  row->addStretch(1);
  row->addWidget(cancel);
  row->addWidget(connect_);
  return buttons;
}

void ConnectDialog::show_kind(int row) {
  if (row < 0) return;
  const QString scheme = kinds_->item(row)->data(Qt::UserRole).toString();
  title_->setText(kinds_->item(row)->text());
  explanation_->setText(SourceForm::explanation(scheme));
  form_->show_kind(scheme);
}

void ConnectDialog::update_address() {
  trial_->cancel();
  test_->setText(tr("Test"));
  const QString missing = form_->missing();
  connect_->setEnabled(missing.isEmpty());
  test_->setEnabled(missing.isEmpty());
  show_verdict(missing, "muted");
  address_->setText(missing.isEmpty() ? tr("On the command line: purlscope watch \"%1\" --labels ...").arg(form_->uri())
                                      : QString());
}

void ConnectDialog::try_out() {
  if (trial_->running()) {
    trial_->cancel();
    test_->setText(tr("Test"));
    show_verdict({}, "muted");
    return;
  }
  try {
    trial_->start(form_->uri());
    test_->setText(tr("Stop test"));
  } catch (const Error& error) {
    show_error(QString::fromStdString(error.what()));
  }
}

void ConnectDialog::show_error(const QString& text) { show_verdict(text, "warning"); }

void ConnectDialog::show_verdict(const QString& text, const char* role) {
  verdict_->setText(text);
  verdict_->setProperty("role", QLatin1String(role));
  verdict_->style()->unpolish(verdict_);  // the sheet looks at the role again
  verdict_->style()->polish(verdict_);
}

void ConnectDialog::hideEvent(QHideEvent* event) {
  trial_->cancel();
  test_->setText(tr("Test"));
  QDialog::hideEvent(event);
}

}  // namespace purlscope::app
