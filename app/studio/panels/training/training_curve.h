#pragma once

#include <QWidget>
#include <vector>

#include "core/base/training_point.h"

class QPainter;

namespace purlscope::app {

/// Loss and accuracy over the epochs of a training, one stage after the other, while it runs: above the loss, below the
/// share that was right, each of the samples learned from and of the clips kept out. Thread: UI.
class TrainingCurve : public QWidget {
  Q_OBJECT

 public:
  explicit TrainingCurve(QWidget* parent = nullptr);

  void clear();
  /// An epoch told again, or an earlier one, replaces what followed it.
  void add(const core::TrainingPoint& point);
  const std::vector<core::TrainingPoint>& points() const { return points_; }

  QSize sizeHint() const override { return {300, 300}; }
  QSize minimumSizeHint() const override { return {200, 220}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Axis;
  struct Series;

  /// Epochs on the axis: of all stages so far, the last one with all that it plans.
  int epochs() const;
  /// Place of a point on the axis, from 0.
  int place_of(std::size_t point) const;
  void paint_plot(QPainter& painter, const QRectF& area, const Axis& axis) const;
  void paint_axes(QPainter& painter, const QRectF& area, const Axis& axis) const;
  void paint_stages(QPainter& painter, const QRectF& area) const;
  void paint_line(QPainter& painter, const QRectF& area, const Axis& axis, const Series& series) const;
  void paint_legend(QPainter& painter, const QRectF& line) const;
  void describe();

  std::vector<core::TrainingPoint> points_;
};

}  // namespace purlscope::app
