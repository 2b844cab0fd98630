#pragma once

#include <QDialog>

namespace purlscope::app {

class CommandTable;

/// All commands that have a key, grouped as in the menus, and what the mouse does. Non-modal; made anew each time from
/// the command table. The keys that open it close it as well.
/// Thread: UI.
class KeySheet : public QDialog {
  Q_OBJECT

 public:
  /// Id of the command that opens the sheet.
  static constexpr QLatin1String kCommand{"help.keys"};

  /// Owned by the window, at most as large as it; deletes itself when closed.
  KeySheet(const CommandTable& table, QWidget* window);

 private:
  void close_on_own_keys(const CommandTable& table);
};

}  // namespace purlscope::app
