#pragma once

#include <QFrame>
#include <QString>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace purlscope::app {

/// A question in place, above the view: a text and its answers as buttons. It waits; nothing is blocked. Thread: UI.
class Notice : public QFrame {
  Q_OBJECT

 public:
  /// @param id object name
  explicit Notice(const QString& id, QWidget* parent = nullptr);

  /// Asks anew. @param yes, no texts of the two buttons
  void ask(const QString& text, const QString& yes, const QString& no);
  QString text() const;

 Q_SIGNALS:
  void accepted();
  void refused();

 private:
  QToolButton* add_button(const char* name);

  QLabel* text_;
  QHBoxLayout* row_;
  QToolButton* yes_;
  QToolButton* no_;
};

}  // namespace purlscope::app
