#pragma once

#include <QObject>
#include <QString>
#include <optional>

namespace purlscope::app {

class MainWindow;

/// Grabs the whole window into a PNG and ends the application: after a given time, or as soon as the clip has been
/// recognised and drawn, at the latest after `longest_ms` milliseconds. Exit code 0, or 1 when the file cannot be
/// written. Thread: UI.
class Screenshot : public QObject {
  Q_OBJECT

 public:
  Screenshot(MainWindow* window, const QString& file, std::optional<int> after_ms, int longest_ms);

 private:
  void take();

  MainWindow* window_;
  QString file_;
  bool taken_ = false;
};

}  // namespace purlscope::app
