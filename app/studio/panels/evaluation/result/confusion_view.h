#pragma once

#include <QString>
#include <QWidget>
#include <optional>

#include "core/report/evaluation/evaluation.h"

namespace purlscope::render {
class ColorMap;
}

namespace purlscope::app {

/// A confusion matrix one can walk through with mouse and arrow keys: rows are true classes, columns what was said,
/// colours the share of the row, numbers where they fit. Thread: UI.
class ConfusionView : public QWidget {
  Q_OBJECT

 public:
  explicit ConfusionView(QWidget* parent = nullptr);

  /// @param runs  over which the counts are sums: with one, they are clips
  void set_confusion(const core::Confusion& confusion, std::size_t runs);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;

  struct Cell {
    std::size_t truth = 0;
    std::size_t said = 0;
    bool operator==(const Cell&) const = default;
  };
  /// The cell under a point and back, logical pixels of the widget.
  std::optional<Cell> cell_at(const QPointF& at) const;
  QRectF cell_rect(const Cell& cell) const;
  /// "true Throw, said Push: 8 of 32 clips (25.0 %)"
  QString describe(const Cell& cell) const;

 Q_SIGNALS:
  /// By click, or by Enter on the cell that the arrow keys reached.
  void cell_chosen(std::size_t truth, std::size_t said);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int count() const { return static_cast<int>(confusion_.classes.size()); }
  int names_width() const;
  int names_height() const;
  double side(int width) const;
  void paint_names(QPainter& painter) const;
  void paint_cells(QPainter& painter, const render::ColorMap* map) const;
  void paint_legend(QPainter& painter, const render::ColorMap* map) const;
  void move_cursor(int rows, int columns);

  core::Confusion confusion_;
  std::size_t runs_ = 1;
  Cell cursor_;
  std::optional<Cell> hovered_;
};

}  // namespace purlscope::app
