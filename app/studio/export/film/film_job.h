#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <stop_token>
#include <thread>

#include "app/studio/export/film/shot.h"
#include "core/base/progress.h"
#include "render/film.h"

namespace purlscope::app {

/// Writes one film of the view at a time, on a thread of its own. Answers arrive as signals on the UI thread. Thread:
/// UI.
class FilmJob : public QObject {
  Q_OBJECT

 public:
  explicit FilmJob(QObject* parent = nullptr);
  /// Stops the film: no file is left of it.
  ~FilmJob() override;

  /// Nothing happens while one is at work. @param plan  its size is taken from the shot
  void start(const ViewContent& content, const Shot& shot, const render::FilmPlan& plan);
  void stop();
  bool busy() const { return busy_; }

 Q_SIGNALS:
  void busy_changed();
  /// @param text  "45 of 300 frames, about 12 s left"; @param fraction 0 to 1
  void progressed(const QString& text, double fraction);
  void finished(const QString& file);
  void stopped();
  /// The text names what was found, what was expected and what to do.
  void failed(const QString& text);

 private:
  void run(const ViewContent& content, Shot shot, render::FilmPlan plan, const std::stop_token& stop);
  core::ProgressFn reporter();
  /// Calls `call` on the UI thread.
  template <typename Call>
  void deliver(Call call);
  void end();

  bool busy_ = false;
  std::jthread thread_;  // last: joins before the rest goes
};

}  // namespace purlscope::app
