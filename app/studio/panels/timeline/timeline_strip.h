#pragma once

#include <QPixmap>
#include <QWidget>
#include <optional>
#include <vector>

#include "app/studio/panels/timeline/attention_lane.h"
#include "app/studio/panels/timeline/time_axis.h"
#include "core/base/clip.h"

namespace purlscope::app {

/// What of a live source the strip shows.
struct LiveStretch {
  double seconds = 20.0;  ///< shown, up to the newest frame
  double origin = 0.0;    ///< seconds of the stream at the clip's time 0
};

/// Ruler, labelled stretches, motion energy, A-B part, attention and playhead over one clip. A press or drag scrubs, a
/// double click on a labelled stretch chooses it; the wheel steps, with Ctrl zooms, with Shift pans. Thread: UI.
class TimelineStrip : public QWidget {
  Q_OBJECT

 public:
  explicit TimelineStrip(QWidget* parent = nullptr);

  /// @param duration seconds; @param energy motion of each frame, any unit, [T]
  void set_clip(double duration, std::vector<float> energy);
  /// The same for a live source's last seconds: the newest frame stands at the right, times count back from it. Keeps
  /// lane and playhead.
  void set_live(double duration, std::vector<float> energy, const LiveStretch& stretch);
  /// Labelled stretches of an untrimmed recording.
  void set_segments(std::vector<core::Segment> segments);
  void set_lane(AttentionLane lane);
  /// Playhead, seconds.
  void set_time(double seconds);
  /// Ends of the repeated part, seconds; nothing = not set.
  void set_ab(std::optional<double> a, std::optional<double> b);
  /// Seconds at a place, within the clip, and back; logical pixels of the widget.
  double time_at(double x) const;
  double x_of(double seconds) const { return axis().x_of(seconds); }
  /// Which stretch is shown: of a recording the whole one or a part, which follows the playhead.
  TimeAxis axis() const;
  /// Of a recording: shows a part `factor` times as long, in which a time keeps its place.
  void zoom(double factor, double seconds);
  /// Moves the part that is shown. @param share of its length
  void pan(double share);
  void show_all();
  double time() const { return time_; }

  QSize sizeHint() const override { return {600, 92}; }
  QSize minimumSizeHint() const override { return {200, 84}; }

 Q_SIGNALS:
  /// A press begins a scrub, the release ends it; in between come `scrubbed`.
  void scrub_started();
  void scrubbed(double seconds);
  void scrub_ended();
  void axis_changed();
  /// By the wheel or the arrow keys.
  void stepped(int frames);
  /// A labelled stretch was double-clicked.
  void segment_chosen(double begin, double end);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void invalidate();
  void draw_background();
  void draw_bars(QPainter& painter, const QRectF& area) const;
  void draw_segment(QPainter& painter, const core::Segment& segment, bool current) const;
  double bars_top() const;
  double view_begin() const { return axis().begin; }
  double view_span() const { return axis().span; }
  void show_part(double begin, double span);
  void bring_into_sight(double seconds);
  /// The last begun of the segments that cover a time; null when none does.
  const core::Segment* segment_at(double seconds) const;
  const core::Segment* segment_under(const QPointF& at) const;
  void draw_lane(QPainter& painter, const QRectF& area) const;
  void draw_ruler(QPainter& painter, const QRectF& area) const;
  void draw_ab(QPainter& painter) const;
  double lane_top() const;

  double duration_ = 0.0;
  std::vector<float> energy_;
  std::optional<LiveStretch> live_;
  std::optional<core::TimeSpan> zoom_;
  std::vector<core::Segment> segments_;
  AttentionLane lane_;
  double time_ = 0.0;
  std::optional<double> a_;
  std::optional<double> b_;
  QPixmap background_;
};

}  // namespace purlscope::app
