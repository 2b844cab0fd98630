#pragma once

#include <QWidget>
#include <vector>

#include "core/engine/refinement.h"

namespace purlscope::app {

/// How far learning has moved the texts of each sentence: a bar for the scale, one for the shift. Thread: UI.
class TextBars : public QWidget {
  Q_OBJECT

 public:
  explicit TextBars(QWidget* parent = nullptr);

  /// @param change by sentence
  void show_change(const std::vector<core::TextChange>& change);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paint_row(QPainter& painter, const QRectF& row, std::size_t sentence, double most) const;

  std::vector<core::TextChange> change_;
};

}  // namespace purlscope::app
