#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;

namespace purlscope::app {

class EngineLink;
class LabelModel;
class LabelTable;
class SentenceEditor;
class Session;

/// Type a label, see its score: the line, the table, the sentences of one label behind it. Thread: UI.
class LabelsPanel : public QWidget {
  Q_OBJECT

 public:
  LabelsPanel(Session* session, EngineLink* engine, QWidget* parent = nullptr);
  /// Of the table of labels; the sentences scroll.
  QSize sizeHint() const override;

  LabelModel* model() const { return model_; }
  LabelTable* table() const { return table_; }
  /// Rows by falling score, else as typed.
  void set_rank_order(bool on);
  /// Ready to type a new label; closes the sentences.
  void focus_line();
  /// Opens the eight sentences of the chosen label.
  void open_sentences();
  void close_sentences();

 Q_SIGNALS:
  /// Escape: the keys belong to the view again.
  void left();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void add_typed();
  void show_problem(const QString& text);
  void update_selection();
  void show_best();
  void update_foot();

  Session* session_;
  EngineLink* engine_;
  LabelModel* model_;
  LabelTable* table_;
  QStackedWidget* pages_;
  QWidget* table_page_;
  SentenceEditor* editor_;
  QLineEdit* line_;
  QLabel* problem_;
  QLabel* empty_;
  QLabel* none_;
  QLabel* timing_;
};

}  // namespace purlscope::app
