#include "app/studio/commands/command_table.h"

#include <QWidget>
#include <algorithm>

#include "app/studio/theme/icons.h"
#include "core/base/error.h"

namespace purlscope::app {

CommandTable::CommandTable(QWidget* window) : QObject(window), window_(window) {}

void CommandTable::check_unique(const Command& command) const {
  if (index_.contains(command.id.toStdString())) {
    throw Error(Code::internal, "command " + command.id.toStdString() + " is defined twice");
  }
  for (const Row& row : commands_) {
    for (const QKeySequence& key : command.keys) {
      if (row.command.scope == command.scope && row.command.keys.contains(key)) {
        throw Error(Code::internal, "key " + key.toString().toStdString() + " belongs to both " +
                                        row.command.id.toStdString() + " and " + command.id.toStdString());
      }
    }
  }
}

QString CommandTable::tooltip_of(const Command& command) const {
  QString text = command.tooltip.isEmpty() ? command.text : command.tooltip;
  if (command.keys.isEmpty()) return text;
  return text + QStringLiteral("  (%1)").arg(command.keys.front().toString(QKeySequence::NativeText));
}

QAction* CommandTable::add(const QString& group, Command command) {
  check_unique(command);
  auto* action = new QAction(command.text, this);
  action->setObjectName(command.id);
  action->setIconText(command.text);  // Qt would take the ellipsis off
  action->setToolTip(tooltip_of(command));
  action->setStatusTip(command.tooltip);
  action->setShortcuts(command.keys);
  action->setAutoRepeat(command.repeats);
  action->setCheckable(static_cast<bool>(command.checked));
  if (!command.icon.isEmpty()) action->setIcon(themed_icon(command.icon));
  QWidget* scope = command.scope != nullptr ? command.scope : window_;
  action->setShortcutContext(command.scope != nullptr ? Qt::WidgetWithChildrenShortcut : Qt::WindowShortcut);
  scope->addAction(action);
  connect(action, &QAction::triggered, this, [this, id = command.id] { run(id); });

  const auto found =
      std::find_if(groups_.begin(), groups_.end(), [&](const CommandGroup& g) { return g.title == group; });
  if (found == groups_.end()) {
    groups_.push_back({group, {command.id}});
  } else {
    found->ids.push_back(command.id);
  }
  index_.emplace(command.id.toStdString(), commands_.size());
  commands_.push_back({std::move(command), action});
  return action;
}

QAction* CommandTable::action(const QString& id) const {
  const auto found = index_.find(id.toStdString());
  if (found == index_.end()) throw Error(Code::internal, "no command " + id.toStdString());
  return commands_[found->second].action;
}

const Command& CommandTable::command(const QString& id) const {
  const auto found = index_.find(id.toStdString());
  if (found == index_.end()) throw Error(Code::internal, "no command " + id.toStdString());
  return commands_[found->second].command;
}

bool CommandTable::run(const QString& id) {
  const Command& row = command(id);
  const bool allowed = is_enabled(row);
  if (allowed) row.run();
  refresh();
  return allowed;
}

void CommandTable::refresh() {
  for (const Row& row : commands_) {
    row.action->setEnabled(is_enabled(row.command));
    if (row.command.shown) row.action->setText(row.command.shown());
    if (row.command.checked) row.action->setChecked(row.command.checked());
  }
}

}  // namespace purlscope::app
