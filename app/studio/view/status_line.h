#pragma once

#include <QPointer>
#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace purlscope::app {

class EngineLink;
class FolderJobs;
class Loader;
class Player;
class Session;
class Viewport;

/// Engine state, milliseconds of each stage, dropped requests, drawing rate. Thread: UI.
class StatusLine : public QStatusBar {
  Q_OBJECT

 public:
  StatusLine(Session* session, EngineLink* engine, Loader* loader, FolderJobs* folders, Player* player,
             QWidget* parent = nullptr);
  /// Whose drawing rate is shown; null without a 3-D view.
  void watch(Viewport* viewport);

 private:
  void update_engine();
  void update_timings();
  void update_rate();

  Session* session_;
  EngineLink* engine_;
  Loader* loader_;
  FolderJobs* folders_;
  Player* player_;
  QPointer<Viewport> viewport_;
  QLabel* state_;
  QLabel* timings_;
  QLabel* rate_;
  QTimer rate_timer_;
};

}  // namespace purlscope::app
