#include "app/studio/commands/key_sheet.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QShortcut>
#include <algorithm>
#include <numeric>

#include "app/studio/commands/command_table.h"
#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

constexpr int kRowGap = 5;
constexpr int kCapWidth = 22;   // of a key with one letter
constexpr int kHeadHeight = 2;  // of a group's title and the gap before it, in rows
constexpr int kColumns = 3;
constexpr int kNarrow = 1100;  // windows below this width have room for two columns

/// Keys that are pressed together: "Ctrl", "Z".
using Caps = QStringList;

struct SheetRow {
  QString text;
  QString tooltip;
  QList<Caps> alternatives;
  QString command = {};
};

struct SheetGroup {
  QString title;
  std::vector<SheetRow> rows;
  int height() const { return static_cast<int>(rows.size()) + kHeadHeight; }
};

Caps caps_of(const QKeySequence& key) {
  const QString whole = key.toString(QKeySequence::NativeText);
  const QString last = QKeySequence(key[0].key()).toString(QKeySequence::NativeText);
  Caps caps = whole.chopped(last.size()).split(QLatin1Char('+'), Qt::SkipEmptyParts);
  caps.append(last);
  return caps;
}

/// The commands with a key; the others are in the menus and the palette.
std::vector<SheetGroup> command_groups(const CommandTable& table) {
  std::vector<SheetGroup> groups;
  for (const CommandGroup& group : table.groups()) {
    SheetGroup made{group.title, {}};
    for (const QString& id : group.ids) {
      const Command& command = table.command(id);
      if (command.keys.isEmpty()) continue;
      SheetRow row{command.text, command.tooltip, {}, command.id};
      for (const QKeySequence& key : command.keys) row.alternatives.append(caps_of(key));
      made.rows.push_back(std::move(row));
    }
    if (!made.rows.empty()) groups.push_back(std::move(made));
  }
  return groups;
}

SheetGroup mouse_group() {
  const QString drag = KeySheet::tr("Drag");
  const QString shift = QKeySequence(Qt::SHIFT).toString(QKeySequence::NativeText).remove(QLatin1Char('+'));
  return {
      KeySheet::tr("Mouse"),
      {{KeySheet::tr("Turn the view"), KeySheet::tr("Drag in the 3-D view to orbit around the person"), {{drag}}},
       {KeySheet::tr("Move the view"),
        KeySheet::tr("Drag with Shift or with the right button"),
        {{shift, drag}, {KeySheet::tr("Right drag")}}},
       {KeySheet::tr("Zoom"), KeySheet::tr("Turn the wheel over the 3-D view"), {{KeySheet::tr("Wheel")}}},
       {KeySheet::tr("Pin or unpin a joint"), KeySheet::tr("Click a joint in the 3-D view"), {{KeySheet::tr("Click")}}},
       {KeySheet::tr("Scrub on the timeline"), KeySheet::tr("Drag on the timeline to move through the clip"), {{drag}}},
       {KeySheet::tr("Step on the timeline"),
        KeySheet::tr("Turn the wheel over the timeline to step by frames"),
        {{KeySheet::tr("Wheel")}}}}};
}

QLabel* note(const QString& text) {
  auto* label = new QLabel(text);
  label->setObjectName(QStringLiteral("note"));
  return label;
}

QLayout* make_caps(const QList<Caps>& alternatives) {
  auto* row = new QHBoxLayout;
  row->setSpacing(3);
  row->addStretch();
  for (const Caps& caps : alternatives) {
    if (&caps != &alternatives.front()) row->addWidget(note(KeySheet::tr("or")));
    for (const QString& text : caps) {
      auto* cap = new QLabel(text);
      cap->setObjectName(QStringLiteral("keycap"));
      cap->setAlignment(Qt::AlignCenter);
      cap->setMinimumWidth(kCapWidth);
      row->addWidget(cap);
    }
  }
  return row;
}

void add_group(QGridLayout* grid, const SheetGroup& group) {
  int row = grid->rowCount();
  if (grid->count() > 0) grid->setRowMinimumHeight(row++, kGrid);
  auto* head = new QLabel(group.title);
  head->setObjectName(QStringLiteral("head"));
  grid->addWidget(head, row++, 0, 1, 2);
  for (const SheetRow& line : group.rows) {
    auto* text = new QLabel(line.text);
    text->setToolTip(line.tooltip);
    if (!line.command.isEmpty()) text->setProperty("command", line.command);
    grid->addWidget(text, row, 0);
    grid->addLayout(make_caps(line.alternatives), row++, 1);
  }
}

/// Columns that the groups take, in their order and kept whole, when none is higher than the limit.
int columns_needed(const std::vector<SheetGroup>& groups, int limit) {
  int columns = 1;
  int filled = 0;
  for (const SheetGroup& group : groups) {
    if (filled > 0 && filled + group.height() > limit) {
      ++columns;
      filled = 0;
    }
    filled += group.height();
  }
  return columns;
}

/// The lowest height at which the groups fit in so many columns.
int column_height(const std::vector<SheetGroup>& groups, int columns) {
  const int total = std::accumulate(groups.begin(), groups.end(), 0,
                                    [](int sum, const SheetGroup& group) { return sum + group.height(); });
  int limit = total / columns;
  while (columns_needed(groups, limit) > columns) ++limit;
  return limit;
}

QGridLayout* add_column(QHBoxLayout* columns) {
  auto* column = new QVBoxLayout;
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(3 * kGrid);
  grid->setVerticalSpacing(kRowGap);
  column->addLayout(grid);
  column->addStretch();
  columns->addLayout(column);
  return grid;
}

QWidget* make_content(const std::vector<SheetGroup>& groups, int column_count) {
  auto* content = new QWidget;
  auto* columns = new QHBoxLayout(content);
  columns->setSpacing(5 * kGrid);
  columns->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 3 * kGrid);
  const int limit = column_height(groups, column_count);
  QGridLayout* grid = nullptr;
  int filled = 0;
  for (const SheetGroup& group : groups) {
    if (grid == nullptr || filled + group.height() > limit) {
      grid = add_column(columns);
      filled = 0;
    }
    add_group(grid, group);
    filled += group.height();
  }
  return content;
}

}  // namespace

KeySheet::KeySheet(const CommandTable& table, QWidget* window) : QDialog(window) {
  setObjectName(QStringLiteral("key_sheet"));
  setWindowTitle(tr("Keys and commands"));
  setAttribute(Qt::WA_DeleteOnClose);
  std::vector<SheetGroup> groups = command_groups(table);
  groups.push_back(mouse_group());
  QWidget* content = make_content(groups, window->width() < kNarrow ? kColumns - 1 : kColumns);

  auto* scroll = new QScrollArea;
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setAccessibleName(tr("Keys and commands"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(scroll);
  close_on_own_keys(table);
  ensurePolished();
  content->ensurePolished();
  const QSize wanted = content->sizeHint() + QSize(2 * kGrid, 2);  // a scroll bar's width
  resize(wanted.boundedTo(window->size() - QSize(8 * kGrid, 8 * kGrid)));
}

void KeySheet::close_on_own_keys(const CommandTable& table) {
  // The window's shortcuts do not reach into a dialog.
  for (const QKeySequence& key : table.command(kCommand).keys) {
    connect(new QShortcut(key, this), &QShortcut::activated, this, &QDialog::close);
  }
}

}  // namespace purlscope::app
