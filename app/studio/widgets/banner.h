#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace purlscope::app {

/// A message in place, above the view: first line always, the full text on demand, dismissed by a click. Several
/// messages are kept, the newest shown first. Never modal.
class Banner : public QFrame {
  Q_OBJECT

 public:
  explicit Banner(QWidget* parent = nullptr);

  /// @param text first line = what happened; all of it can be read under "Details"
  void show_error(const QString& text);
  void dismiss();
  QString text() const { return messages_.isEmpty() ? QString() : messages_.back(); }

  static constexpr int kKept = 20;
  static constexpr int kHeadLength = 260;  ///< characters of the first line that are shown

 private:
  void update_text();
  void show_details(bool on);

  QStringList messages_;
  QLabel* head_;
  QToolButton* details_button_;
  QPlainTextEdit* details_;
};

}  // namespace purlscope::app
