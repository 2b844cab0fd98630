#pragma once

#include <QWidget>

namespace purlscope::app {

class RefinementLink;

/// How refinement goes, window by window: the share of recordings that were right when they came, with it and as it
/// would have been without; where no true label is known, how often the answer is the same with and without.
/// Thread: UI.
class RefinementCurve : public QWidget {
  Q_OBJECT

 public:
  explicit RefinementCurve(RefinementLink* link, QWidget* parent = nullptr);

  QSize sizeHint() const override { return {160, 64}; }
  QSize minimumSizeHint() const override { return {60, 32}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void describe();

  RefinementLink* link_;
};

}  // namespace purlscope::app
