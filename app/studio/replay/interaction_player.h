#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <functional>

#include "app/studio/replay/interaction.h"

class QWidget;

namespace purlscope::app {

/// How a recording is played.
struct ReplayPace {
  double speed = 1.0;       ///< of the recorded times; larger is faster
  int patience_ms = 20000;  ///< that a step waits for its target, or for the program to be at rest
};

/// Does again what a recording says, in its order and at its times: each step when what it goes to is there, can be
/// used and is not covered, and when the program has finished what the steps before have asked for. Moves without a
/// button only show where the pointer was: one whose target is gone is left out. Thread: UI.
class InteractionPlayer : public QObject {
  Q_OBJECT

 public:
  /// @param at_rest whether the program has nothing to do that a step would have to wait for
  InteractionPlayer(InteractionFile recording, std::function<bool()> at_rest, ReplayPace pace,
                    QObject* parent = nullptr);

  /// Gives the window the size of the recording and begins. @param window receives keys
  void start(QWidget& window);
  /// Whether nothing is left that matters: a key that is let go does not.
  bool done() const;

 Q_SIGNALS:
  void finished();
  /// The text names the line, what was not found and what to do. Nothing is played after it.
  void failed(const QString& text);

 private:
  void turn();
  void turn_soon(int ms);
  /// What keeps the step from being played now; empty when nothing does.
  QString obstacle(const Interaction& step) const;
  QString obstacle_of_place(const Interaction& step, QWidget& widget) const;
  void play(const Interaction& step);
  void give_up(const InteractionFile::Step& step, const QString& why);

  InteractionFile recording_;
  std::function<bool()> at_rest_;
  ReplayPace pace_;
  std::size_t next_ = 0;
  bool begun_ = false;     // something was clicked or typed
  int stamp_;              // ms, of the recording's beginning, as the window system counts
  QElapsedTimer since_;    // the step before
  QElapsedTimer waiting_;  // for the next one's target
};

}  // namespace purlscope::app
