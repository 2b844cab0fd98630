#pragma once

#include <QWidget>
#include <vector>

class QFormLayout;
class QLabel;

namespace purlscope::app {

class EngineLink;
class Session;

/// What was fed to the model: file, layout, frames, rate, persons, joints made or absent, warnings, model. Thread: UI.
class InputPanel : public QWidget {
  Q_OBJECT

 public:
  InputPanel(Session* session, EngineLink* engine, QWidget* parent = nullptr);

 private:
  void refresh();
  void fill_clip();
  void fill_window();
  QStringList warnings() const;
  QLabel* add_row(const QString& name);

  Session* session_;
  EngineLink* engine_;
  QFormLayout* form_;
  QLabel* file_;
  QLabel* recording_;
  QLabel* fed_;
  QLabel* joints_;
  QLabel* model_;
  QLabel* warnings_;
};

}  // namespace purlscope::app
