#include "app/studio/commands/key_sheet.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>

#include "app/studio/commands/command_table.h"
#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

QString keys_of(const Command& command) {
  QStringList keys;
  for (const QKeySequence& key : command.keys) keys.append(key.toString(QKeySequence::NativeText));
  return keys.isEmpty() ? QStringLiteral("–") : keys.join(QStringLiteral("  or  "));
}

void add_group(QGridLayout* grid, int& row, const CommandTable& table, const CommandGroup& group) {
  auto* head = new QLabel(group.title);
  head->setObjectName(QStringLiteral("head"));
  if (row > 0) grid->setRowMinimumHeight(row++, kGrid);
  grid->addWidget(head, row++, 0, 1, 2);
  for (const QString& id : group.ids) {
    const Command& command = table.command(id);
    auto* keys = new QLabel(keys_of(command));
    keys->setObjectName(QStringLiteral("muted"));
    auto* text = new QLabel(command.text);
    text->setToolTip(command.tooltip);
    text->setProperty("command", command.id);
    grid->addWidget(text, row, 0);
    grid->addWidget(keys, row++, 1, Qt::AlignRight);
  }
}

}  // namespace

KeySheet::KeySheet(const CommandTable& table, QWidget* window) : QDialog(window) {
  setObjectName(QStringLiteral("key_sheet"));
  setWindowTitle(tr("Keys and commands"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* content = new QWidget;
  auto* columns = new QHBoxLayout(content);
  columns->setSpacing(5 * kGrid);
  columns->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);

  // Two columns of about the same length, groups kept whole.
  std::size_t placed = 0;
  QGridLayout* grid = nullptr;
  int row = 0;
  for (const CommandGroup& group : table.groups()) {
    if (grid == nullptr || (columns->count() == 1 && 2 * placed >= table.size())) {
      auto* column = new QVBoxLayout;
      grid = new QGridLayout;
      grid->setHorizontalSpacing(3 * kGrid);
      grid->setVerticalSpacing(5);
      column->addLayout(grid);
      column->addStretch();
      columns->addLayout(column);
      row = 0;
    }
    add_group(grid, row, table, group);
    placed += group.ids.size();
  }

  auto* scroll = new QScrollArea;
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setAccessibleName(tr("Keys and commands"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(scroll);
  const QSize wanted = content->sizeHint() + QSize(4 * kGrid, kGrid);
  resize(wanted.boundedTo(window->size() - QSize(8 * kGrid, 8 * kGrid)));
}

}  // namespace purlscope::app
