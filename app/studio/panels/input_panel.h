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

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void refresh();
  void fit_height();
  void fill_clip();
  void fill_window();
  QStringList warnings() const;
  QLabel* add_row(const QString& name);

  Session* session_;
  EngineLink* engine_;
  QWidget* content_;
  QFormLayout* form_;
  QLabel* file_;
  QLabel* recording_;
  QLabel* fed_;
  QLabel* joints_;
  QLabel* model_;
  QLabel* text_;
  QLabel* warnings_;
};

}  // namespace purlscope::app
