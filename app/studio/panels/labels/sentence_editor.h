#pragma once

#include <QPlainTextEdit>
#include <QWidget>
#include <array>
#include <optional>

#include "core/text/labels.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace purlscope::app {

class Session;

/// A sentence that grows with its text. Enter or leaving it commits; Escape brings the old text back or, where nothing
/// has changed, leaves. Thread: UI.
class SentenceEdit : public QPlainTextEdit {
  Q_OBJECT

 public:
  explicit SentenceEdit(QWidget* parent = nullptr);
  /// Sets the committed text.
  void set_sentence(const QString& text);

  static constexpr int kMaxLength = 400;  ///< characters; text encoders read about 250 words at most

 Q_SIGNALS:
  /// A new text, trimmed; empty = the suggested sentence is wanted back.
  void committed(const QString& text);
  void focused();  ///< the keyboard came here
  void left();     ///< Escape, and nothing to take back

 protected:
  bool event(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void commit();
  void fit_height();

  QString committed_;
};

/// The eight sentences of the chosen label, with where each comes from. Thread: UI.
class SentenceEditor : public QWidget {
  Q_OBJECT

 public:
  explicit SentenceEditor(Session* session, QWidget* parent = nullptr);
  /// @param label index in the session's labels
  void show_label(std::size_t label);

 Q_SIGNALS:
  /// The label is gone, or the back button was pressed.
  void closed();
  /// Closed by Escape: the keys belong to the view again.
  void left();

 private:
  void refresh();
  void update_score();

  Session* session_;
  std::optional<std::string> label_text_;  // the label is followed by its text: positions change
  std::optional<std::size_t> label() const;
  QLabel* title_;
  QLabel* score_;
  QPushButton* reset_;
  std::array<SentenceEdit*, core::kSentenceCount> edits_{};
  std::array<QLabel*, core::kSentenceCount> origins_{};
};

}  // namespace purlscope::app
