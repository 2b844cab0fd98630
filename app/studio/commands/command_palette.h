#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;
class QLineEdit;
class QListWidget;

namespace purlscope::app {

class CommandTable;

/// Search field over all commands, laid over the window's upper part. Enter runs, Escape closes, arrows choose.
/// Thread: UI.
class CommandPalette : public QFrame {
  Q_OBJECT

 public:
  CommandPalette(CommandTable* table, QWidget* window);

  /// Shows all commands and takes the keys until it is closed.
  void open();
  /// Ids shown at the moment, best first.
  QStringList shown() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill(const QString& query);
  /// The box ends below the last row.
  void fit_height();
  void move_choice(int rows);
  void run_choice();
  void close_palette();

  CommandTable* table_;
  QLineEdit* query_;
  QListWidget* list_;
  QLabel* none_;  ///< shown instead of an empty list
};

}  // namespace purlscope::app
