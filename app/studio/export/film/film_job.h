#pragma once

#include <QString>
#include <stop_token>

#include "app/studio/export/film/shot.h"
#include "app/studio/session/job.h"
#include "core/base/progress.h"
#include "render/film.h"

namespace purlscope::app {

/// Writes one film of the view at a time, on a thread of its own. Answers arrive as signals on the UI thread. Thread:
/// UI.
class FilmJob : public Job {
  Q_OBJECT

 public:
  explicit FilmJob(QObject* parent = nullptr);
  /// Stops the film: no file is left of it.
  ~FilmJob() override;

  /// Nothing happens while one is at work. @param plan  its size is taken from the shot
  void start(const ViewContent& content, const Shot& shot, const render::FilmPlan& plan);

 Q_SIGNALS:
  /// @param text  "45 of 300 frames, about 12 s left"; @param fraction 0 to 1
  void progressed(const QString& text, double fraction);
  void finished(const QString& file);

 private:
  Told film(const ViewContent& content, Shot shot, render::FilmPlan plan, const std::stop_token& stop);
  core::ProgressFn reporter();
};

}  // namespace purlscope::app
