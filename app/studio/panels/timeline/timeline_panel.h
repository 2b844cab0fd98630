#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace purlscope::app {

class CommandTable;
class LanesView;
class Player;
class ScoreLanes;
class Session;
class TimelineStrip;

/// Transport, read-out, the strip, and under it the scores over time. Thread: UI.
class TimelinePanel : public QWidget {
  Q_OBJECT

 public:
  TimelinePanel(Session* session, Player* player, ScoreLanes* lanes, QWidget* parent = nullptr);
  /// Makes the transport buttons. Call once, after the commands exist.
  void add_buttons(const CommandTable& commands);
  TimelineStrip* strip() { return strip_; }
  /// Repeats a part, which is then recognised, as a step that can be undone. Seconds.
  void repeat(double begin, double end);

 private:
  void update_clip();
  void update_lane();
  void update_time();
  void update_state();
  void connect_strip();
  void connect_lanes(const ScoreLanes* lanes);

  Session* session_;
  Player* player_;
  QLabel* clock_;
  QLabel* frame_;
  QWidget* transport_;
  QComboBox* speed_;
  TimelineStrip* strip_;
  LanesView* lanes_;
};

}  // namespace purlscope::app
