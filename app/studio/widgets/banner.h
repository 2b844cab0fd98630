#pragma once

#include <QFrame>
#include <QString>
#include <vector>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace purlscope::app {

/// A message in place, above the view: first line always, the full text on demand, dismissed by a click. One message of
/// each source is kept, the newest shown first. Never modal. Thread: UI.
class Banner : public QFrame {
  Q_OBJECT

 public:
  /// What failed. A newer message replaces the older one of its source.
  enum class Source { clip, folder, scores, view, live, refinement, session, evaluation, exporting };

  explicit Banner(QWidget* parent = nullptr);

  /// @param text first line = what happened; all of it can be read under "Details"
  void show_error(Source source, const QString& text);
  /// Forgets all messages.
  void dismiss();
  /// Takes back the message of a source whose cause is gone.
  void dismiss(Source source);
  /// The newest message, empty without one.
  QString text() const { return messages_.empty() ? QString() : messages_.back().text; }

  static constexpr int kHeadLength = 260;  ///< characters of the first line that are shown

 private:
  struct Message {
    Source source;
    QString text;
  };

  void forget(Source source);
  void update_text();
  void show_details(bool on);

  std::vector<Message> messages_;  // newest last
  QLabel* head_;
  QToolButton* details_button_;
  QPlainTextEdit* details_;
};

}  // namespace purlscope::app
