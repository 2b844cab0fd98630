#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace purlscope::app {

class CommandTable;
class Player;
class Session;
class TimelineStrip;

/// Transport, read-out and the strip. Thread: UI.
class TimelinePanel : public QWidget {
  Q_OBJECT

 public:
  TimelinePanel(Session* session, Player* player, QWidget* parent = nullptr);
  /// Makes the transport buttons. Call once, after the commands exist.
  void add_buttons(const CommandTable& commands);

 private:
  void update_clip();
  void update_lane();
  void update_time();
  void update_state();

  Session* session_;
  Player* player_;
  QLabel* clock_;
  QLabel* frame_;
  QWidget* transport_;
  QComboBox* speed_;
  TimelineStrip* strip_;
};

}  // namespace purlscope::app
