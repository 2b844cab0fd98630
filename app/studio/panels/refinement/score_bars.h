#pragma once

#include <QWidget>

namespace purlscope::app {

class Session;

/// Probabilities of the labels with and without refinement, side by side, for what is shown. Thread: UI.
class ScoreBars : public QWidget {
  Q_OBJECT

 public:
  explicit ScoreBars(Session* session, QWidget* parent = nullptr);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void refresh();
  void paint_row(QPainter& painter, const QRectF& row, std::size_t label) const;

  Session* session_;
};

}  // namespace purlscope::app
