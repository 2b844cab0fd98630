#pragma once

#include <QPixmap>
#include <QWidget>
#include <optional>

#include "app/studio/panels/timeline/time_axis.h"

class QLabel;
class QMenu;
class QToolButton;

namespace purlscope::core {
struct FoundSegment;
}

namespace purlscope::app {

class CommandTable;
class Player;
class ScoreLanes;
class Session;
struct Lane;

/// Scores over time under the strip, on its axis: a head with what is done and the segments that were found, and a lane
/// a label, all of one scale. A press or drag scrubs, a click on a name chooses the label, a double click on a segment
/// chooses that. Thread: UI.
class LanesView : public QWidget {
  Q_OBJECT

 public:
  LanesView(Session* session, Player* player, ScoreLanes* lanes, QWidget* parent = nullptr);
  /// Fills the menu of the head. Call once, after the commands exist.
  void add_buttons(const CommandTable& commands);
  void set_axis(const TimeAxis& axis);

  /// Where a moment of the clip, a lane and the row of segments stand, logical pixels of the widget.
  double x_of(double seconds) const { return kSideColumn + kSideGap + axis_.x_of(seconds); }
  QRectF lane_rect(std::size_t lane) const;
  QRectF segment_rect(const core::FoundSegment& segment) const;
  double segments_y() const { return kHeadHeight / 2.0; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  static constexpr int kHeadHeight = 22;

 Q_SIGNALS:
  void scrub_started();
  void scrubbed(double seconds);
  void scrub_ended();
  void stepped(int frames);
  void zoomed(double factor, double seconds);
  void panned(double share);
  void segment_chosen(double begin, double end);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void invalidate();
  void update_head();
  void draw_background();
  void draw_segments(QPainter& painter) const;
  void draw_lane(QPainter& painter, std::size_t lane) const;
  void draw_curve(QPainter& painter, const QRectF& area, const Lane& lane) const;
  void draw_names(QPainter& painter) const;
  void draw_playhead(QPainter& painter) const;
  QString empty_text() const;
  QString spoken() const;
  QString tooltip_at(const QPointF& at) const;
  std::optional<std::size_t> lane_at(const QPointF& at) const;
  bool on_axis(const QPointF& at) const { return at.x() >= kSideColumn + kSideGap; }
  double time_at(double x) const;
  std::optional<std::size_t> window_at(double seconds) const;
  void choose_neighbour(int step);

  Session* session_;
  Player* player_;
  ScoreLanes* lanes_;
  TimeAxis axis_;
  QToolButton* menu_button_;
  QToolButton* stop_;
  QLabel* note_;
  QMenu* menu_;
  QPixmap background_;
  std::optional<double> hovered_;  // seconds of the clip
  bool scrubbing_ = false;
};

}  // namespace purlscope::app
