#pragma once

#include <QSize>
#include <QWidget>

class QComboBox;
class QSpinBox;

namespace purlscope::app {

/// Chooses a picture's size: usual ones by name, or any. Thread: UI.
class SizeChooser : public QWidget {
  Q_OBJECT

 public:
  /// @param view  of the view, device pixels: the first choice
  explicit SizeChooser(const QSize& view, QWidget* parent = nullptr);

  /// Pixels, each side within Shot's limits.
  QSize chosen() const;
  /// Stands at the name of the size where it has one.
  void choose(const QSize& size);

 private:
  void show_name();

  QComboBox* names_;
  QSpinBox* width_;
  QSpinBox* height_;
};

}  // namespace purlscope::app
