#pragma once

#include <QWidget>

namespace purlscope::app {

/// An icon of the SVG set as a picture that follows the theme. Decoration: not for screen readers.
class IconLabel : public QWidget {
  Q_OBJECT

 public:
  /// @param size logical pixels
  IconLabel(const QString& icon, int size, QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString icon_;
};

}  // namespace purlscope::app
