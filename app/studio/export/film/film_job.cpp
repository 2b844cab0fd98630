#include "app/studio/export/film/film_job.h"

#include <chrono>

#include "app/studio/words.h"

namespace purlscope::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kReportEvery{100};
constexpr std::chrono::seconds kBeforeGuess{1};  // of work, until the time left is told

}  // namespace

FilmJob::FilmJob(QObject* parent) : Job(parent) {}

FilmJob::~FilmJob() { leave(); }

void FilmJob::start(const ViewContent& content, const Shot& shot, const render::FilmPlan& plan) {
  begin([this, content, shot, plan](const std::stop_token& stop) { return film(content, shot, plan, stop); },
        tr("The video could not be made: %1"));
}

Job::Told FilmJob::film(const ViewContent& content, Shot shot, render::FilmPlan plan, const std::stop_token& stop) {
  shot.width = plan.width = render::film_side(plan.file, shot.width);
  shot.height = plan.height = render::film_side(plan.file, shot.height);
  ShotArtist artist(content, shot);
  render::record_film(
      plan, [&](double seconds) { return artist.draw(seconds); }, reporter(), stop);
  return [this, file = QString::fromStdString(plan.file.string())] { Q_EMIT finished(file); };
}

core::ProgressFn FilmJob::reporter() {
  return [this, start = Clock::now(), last = Clock::time_point()](const core::Progress& progress) mutable {
    const auto now = Clock::now();
    if (now - last < kReportEvery && progress.fraction < 1.0) return;
    last = now;
    QString text = tr("%1 of %2 frames").arg(progress.done).arg(progress.total);
    if (now - start > kBeforeGuess && progress.fraction > 0.0) {
      const double passed = std::chrono::duration<double>(now - start).count();
      text += tr(", %1 left").arg(about_text(passed / progress.fraction * (1.0 - progress.fraction)));
    }
    deliver([this, text, fraction = progress.fraction] { Q_EMIT progressed(text, fraction); });
  };
}

}  // namespace purlscope::app
