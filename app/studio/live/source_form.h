#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace purlscope::app {

/// The fields that a kind of source asks for, and the address they make. Thread: UI.
class SourceForm : public QWidget {
  Q_OBJECT

 public:
  explicit SourceForm(QWidget* parent = nullptr);

  /// Shows the fields of a kind. @param scheme  of core::source_kinds(): "udp"
  void show_kind(const QString& scheme);
  /// "udp://127.0.0.1:5005"; empty while something that must be there is missing.
  QString uri() const;
  /// What still has to be filled in, for people; empty when nothing.
  QString missing() const;

  /// What this kind is and what has to be done at the other end.
  static QString explanation(const QString& scheme);

 Q_SIGNALS:
  void changed();

 private:
  QWidget* make_path_field();
  void browse();
  QString options() const;

  QString scheme_;
  QFormLayout* form_;
  QLineEdit* path_;
  QWidget* path_field_;
  QLineEdit* server_;
  QSpinBox* device_;
  QSpinBox* port_;
  QCheckBox* others_;
  QCheckBox* mirror_;
  QCheckBox* level_;
  QDoubleSpinBox* tilt_;
  QDoubleSpinBox* speed_;
  QSpinBox* jitter_;
};

}  // namespace purlscope::app
