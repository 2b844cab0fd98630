#include "app/studio/diagnostics/diagnostics_dialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace purlscope::app {
namespace {

constexpr int kRefreshMs = 1000;
constexpr int kWidth = 520;

}  // namespace

DiagnosticsDialog::DiagnosticsDialog(std::vector<DiagnosticsRow> rows, std::function<void()> reset, QWidget* parent)
    : QDialog(parent), rows_(std::move(rows)) {
  setObjectName(QStringLiteral("diagnostics"));
  setWindowTitle(tr("Diagnostics"));
  setAttribute(Qt::WA_DeleteOnClose);
  setMinimumWidth(kWidth);
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(20);
  form->setVerticalSpacing(6);
  for (const DiagnosticsRow& row : rows_) {
    auto* head = new QLabel(row.name);
    head->setObjectName(QStringLiteral("muted"));
    head->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto* value = new QLabel;
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(row.name);
    values_.push_back(value);
    form->addRow(head, value);
  }
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  auto* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
  copy->setToolTip(tr("Copy all lines, for a report of a problem"));
  auto* again = buttons->addButton(tr("Count anew"), QDialogButtonBox::ActionRole);
  again->setToolTip(tr("Forget the gaps seen so far"));
  connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
  connect(again, &QPushButton::clicked, this, [this, reset = std::move(reset)] {
    reset();
    refresh();
  });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 20, 20, 16);
  column->setSpacing(20);
  column->addLayout(form);
  column->addWidget(buttons);
  connect(&timer_, &QTimer::timeout, this, &DiagnosticsDialog::refresh);
  timer_.start(kRefreshMs);
  refresh();
}

void DiagnosticsDialog::refresh() {
  for (std::size_t i = 0; i < rows_.size(); ++i) values_[i]->setText(rows_[i].value());
}

QString DiagnosticsDialog::text() const {
  QString out;
  for (const DiagnosticsRow& row : rows_) out += QStringLiteral("%1: %2\n").arg(row.name, row.value());
  return out;
}

}  // namespace purlscope::app
