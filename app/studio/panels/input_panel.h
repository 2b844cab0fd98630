#pragma once

#include <QString>
#include <QWidget>
#include <utility>
#include <vector>

class QFormLayout;
class QLabel;

namespace purlscope::core {
struct Window;
}

namespace purlscope::app {

class EngineLink;
class Session;

/// What was fed to the model: file, layout, frames, rate, persons, joints made or absent, warnings, model. Thread: UI.
class InputPanel : public QWidget {
  Q_OBJECT

 public:
  InputPanel(Session* session, EngineLink* engine, QWidget* parent = nullptr);

  /// The rows in full: name and text.
  std::vector<std::pair<QString, QString>> facts() const;

 Q_SIGNALS:
  /// How many warnings there are now.
  void warned(qsizetype count);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// A row's text, and the one for when the panel is too low for all rows. What that leaves out stands in the tooltip.
  struct Wording {
    QString full;
    QString compact;
  };

  void refresh();
  void fit_height();
  void fill_clip();
  void fill_window();
  QStringList warnings() const;
  QLabel* add_row(const QString& name);
  void fill_joints(const core::Window& window);

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
  Wording file_words_;
  Wording joints_words_;
};

}  // namespace purlscope::app
