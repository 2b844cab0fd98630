#pragma once

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace purlscope::app {

class Closer;
class SourceForm;
class SourceTrial;

/// Chooses a live source: kinds at the left, the fields of the kind at the right, a trial before connecting. Non-modal.
/// Thread: UI.
class ConnectDialog : public QDialog {
  Q_OBJECT

 public:
  /// @param closer  closes what was tried out
  ConnectDialog(Closer* closer, QWidget* parent);

  /// Why connecting to what was chosen failed; the dialog stays open with it.
  void show_error(const QString& text);

 Q_SIGNALS:
  void chosen(const QString& uri);

 protected:
  void hideEvent(QHideEvent* event) override;

 private:
  QListWidget* make_kinds();
  QWidget* make_form();
  QWidget* make_buttons();
  void show_kind(int row);
  void update_address();
  void try_out();
  void show_verdict(const QString& text, const char* role);

  QListWidget* kinds_;
  QLabel* title_;
  QLabel* explanation_;
  SourceForm* form_;
  QLabel* address_;
  QLabel* verdict_;
  QPushButton* test_;
  QPushButton* connect_;
  SourceTrial* trial_;
};

}  // namespace purlscope::app
