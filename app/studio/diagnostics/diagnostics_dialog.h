#pragma once

#include <QDialog>
#include <QString>
#include <QTimer>
#include <functional>
#include <utility>
#include <vector>

class QFormLayout;
class QLabel;

namespace purlscope::app {

/// A fact and how to find it out now.
struct DiagnosticsRow {
  QString name;
  std::function<QString()> value;
};

/// What the program is and how it fares: rows that are brought up to date every second, and can be copied. Not modal.
/// Thread: UI.
class DiagnosticsDialog : public QDialog {
  Q_OBJECT

 public:
  /// @param reset  starts counting anew
  DiagnosticsDialog(std::vector<DiagnosticsRow> rows, std::function<void()> reset, QWidget* parent);

  /// All rows, a line each.
  QString text() const;

 private:
  void refresh();

  std::vector<DiagnosticsRow> rows_;
  std::vector<QLabel*> values_;
  QTimer timer_;
};

}  // namespace purlscope::app
