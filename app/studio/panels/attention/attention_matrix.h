#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "app/studio/panels/attention/matrix_data.h"

namespace purlscope::render {
class ColorMap;
}

namespace purlscope::app {

/// A coloured matrix one can walk through with mouse and arrow keys. Knows nothing of sessions. Thread: UI.
class AttentionMatrix : public QWidget {
  Q_OBJECT

 public:
  explicit AttentionMatrix(QWidget* parent = nullptr);

  void set_data(MatrixData data);
  /// The sentence whose name is in bold; nothing = none.
  void set_chosen_row(std::optional<std::size_t> row);
  /// Columns with a mark, ascending or not: pinned joints, the present time.
  void set_marked_columns(std::vector<std::size_t> columns);
  const MatrixData& data() const { return data_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

  struct Cell {
    std::size_t row = 0;
    std::size_t column = 0;
    bool operator==(const Cell&) const = default;
  };
  /// The cell under a point and back, logical pixels of the widget.
  std::optional<Cell> cell_at(const QPointF& at) const;
  QRectF cell_rect(const Cell& cell) const;

 Q_SIGNALS:
  /// By click, or by Enter on the cell that the arrow keys reached.
  void cell_chosen(std::size_t row, std::size_t column);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QRectF grid() const;
  QString describe(const Cell& cell) const;
  void paint_cells(QPainter& painter, const render::ColorMap* map) const;
  void paint_marks(QPainter& painter) const;
  void paint_axis(QPainter& painter) const;
  /// Right of the grid: the colours between the least and the largest value.
  void paint_legend(QPainter& painter, const render::ColorMap* map) const;
  QString legend_number(float value) const;
  int legend_width() const;
  void move_cursor(int rows, int columns);

  MatrixData data_;
  float low_ = 0.0F;
  float high_ = 1.0F;
  int legend_width_ = 0;
  std::optional<std::size_t> chosen_row_;
  std::vector<std::size_t> marked_;
  Cell cursor_;
};

}  // namespace purlscope::app
