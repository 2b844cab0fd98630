#pragma once

#include <QAbstractButton>

namespace purlscope::app {

/// An on-off switch, drawn as a pill whose knob stands at the right when on. Thread: UI.
class ToggleSwitch : public QAbstractButton {
  Q_OBJECT

 public:
  explicit ToggleSwitch(QWidget* parent = nullptr);

  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool hitButton(const QPoint& place) const override { return rect().contains(place); }
};

}  // namespace purlscope::app
