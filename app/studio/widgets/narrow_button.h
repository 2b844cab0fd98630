#pragma once

#include <QToolButton>

namespace purlscope::app {

/// A button of icon and text that shows the icon alone where there is no room for both. Thread: UI.
class NarrowButton : public QToolButton {
  Q_OBJECT

 public:
  explicit NarrowButton(QWidget* parent = nullptr);

  QSize minimumSizeHint() const override;

 protected:
  void initStyleOption(QStyleOptionToolButton* option) const override;
};

}  // namespace purlscope::app
