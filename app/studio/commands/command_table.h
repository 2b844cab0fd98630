#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>
#include <QString>
#include <deque>
#include <functional>
#include <unordered_map>

class QMenu;
class QWidget;

namespace purlscope::app {

/// One thing the user can do. Menus, tool buttons, palette and key sheet are all made from these rows.
struct Command {
  QString id;                ///< stable: "playback.toggle"
  QString text;              ///< sentence case, an ellipsis when more input follows
  QString tooltip;           ///< one sentence
  QList<QKeySequence> keys;  ///< first one is shown
  std::function<void()> run;
  std::function<bool()> enabled = {};   ///< empty = always
  std::function<bool()> checked = {};   ///< set for commands that show a state
  QString icon = {};                    ///< name in the SVG set
  std::function<QString()> shown = {};  ///< text of the moment ("Undo set A"); empty = `text`
  QWidget* scope = nullptr;             ///< keys work only while the focus is inside; null = whole window
  bool repeats = false;                 ///< holding the key runs it again
};

/// A group of commands: one menu, one heading of the key sheet.
struct CommandGroup {
  QString title;
  std::vector<QString> ids;
};

/// All commands of a window. Owns one QAction a command. Thread: UI.
class CommandTable : public QObject {
  Q_OBJECT

 public:
  /// @param window has the commands' keys
  explicit CommandTable(QWidget* window);

  /// Adds a command to a group (made on first use). Ids and keys must be unique: @throws Error{Code::internal}
  QAction* add(const QString& group, Command command);
  /// @throws Error{Code::internal} for an unknown id
  QAction* action(const QString& id) const;
  /// The row, valid as long as the table. @throws as action
  const Command& command(const QString& id) const;
  /// In the order in which they were added.
  const std::vector<CommandGroup>& groups() const { return groups_; }
  std::size_t size() const { return commands_.size(); }

  bool is_enabled(const Command& command) const { return !command.enabled || command.enabled(); }
  /// Runs a command if it is enabled. @return whether it ran. @throws as action
  bool run(const QString& id);
  /// Brings enabled and checked states of all actions up to date.
  void refresh();

 private:
  void check_unique(const Command& command) const;
  QString tooltip_of(const Command& command) const;

  struct Row {
    Command command;
    QAction* action;
  };
  QWidget* window_;
  std::deque<Row> commands_;  // a deque keeps references valid
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<CommandGroup> groups_;
};

}  // namespace purlscope::app
