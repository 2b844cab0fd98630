#pragma once

#include <QDialog>

namespace purlscope::app {

class CommandTable;

/// All commands with their keys, grouped as in the menus. Non-modal; made anew each time from the command table.
class KeySheet : public QDialog {
  Q_OBJECT

 public:
  KeySheet(const CommandTable& table, QWidget* window);
};

}  // namespace purlscope::app
