#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "app/studio/refinement/bank_rows.h"

namespace purlscope::app {

/// The bank as a table: a row a label, a small cell a window that it remembers, coloured by how sure the recogniser was
/// of it, with the course of its motion. Arrow keys walk, Enter or a click opens the recording. Thread: UI.
class BankView : public QWidget {
  Q_OBJECT

 public:
  explicit BankView(QWidget* parent = nullptr);

  /// @param places  windows that there is room for in a row
  void set_rows(std::vector<BankRow> rows, std::size_t places);
  const std::vector<BankRow>& rows() const { return rows_; }
  /// Where a cell is drawn. Logical pixels of the widget.
  QRect cell_rect(std::size_t row, std::size_t cell) const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

 Q_SIGNALS:
  /// The window's recording is to be shown.
  void chosen(const Arrival& arrival);
  /// A part came under the keyboard's mark and is to be in sight.
  void walked(const QRect& rect);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Place {
    std::size_t row;
    std::size_t cell;
    bool operator==(const Place&) const = default;
  };

  double names_width() const;
  double pitch() const;
  std::optional<Place> place_at(const QPoint& point) const;
  const BankCell* cell(const std::optional<Place>& place) const;
  void walk(int rows, int cells);
  void choose(const std::optional<Place>& place);
  QString about(const Place& place) const;
  void describe();
  void paint_row(QPainter& painter, std::size_t row) const;
  void paint_cell(QPainter& painter, const QRectF& rect, const BankCell& cell) const;

  std::vector<BankRow> rows_;
  std::size_t places_ = 0;
  std::optional<Place> hovered_;
  std::optional<Place> current_;
};

}  // namespace purlscope::app
