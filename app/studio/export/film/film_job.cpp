#include "app/studio/export/film/film_job.h"

#include <QMetaObject>
#include <chrono>

#include "app/studio/words.h"
#include "core/base/error.h"

namespace purlscope::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kReportEvery{100};
constexpr std::chrono::seconds kBeforeGuess{1};  // of work, until the time left is told

}  // namespace

FilmJob::FilmJob(QObject* parent) : QObject(parent) {}

FilmJob::~FilmJob() {
  stop();
  if (thread_.joinable()) thread_.join();
}

void FilmJob::start(const ViewContent& content, const Shot& shot, const render::FilmPlan& plan) {
  if (busy_) return;
  busy_ = true;
  thread_ = std::jthread([this, content, shot, plan](const std::stop_token& stop) { run(content, shot, plan, stop); });
  Q_EMIT busy_changed();
}

void FilmJob::stop() { thread_.request_stop(); }

template <typename Call>
void FilmJob::deliver(Call call) {
  QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
}

void FilmJob::end() {
  busy_ = false;
  Q_EMIT busy_changed();
}

void FilmJob::run(const ViewContent& content, Shot shot, render::FilmPlan plan, const std::stop_token& stop) {
  QString problem;
  try {
    shot.width = plan.width = render::film_side(plan.file, shot.width);
    shot.height = plan.height = render::film_side(plan.file, shot.height);
    ShotArtist artist(content, shot);
    render::record_film(
        plan, [&](double seconds) { return artist.draw(seconds); }, reporter(), stop);
    return deliver([this, file = QString::fromStdString(plan.file.string())] {
      end();
      Q_EMIT finished(file);
    });
  } catch (const Error& error) {
    if (error.code() == Code::cancelled) {
      return deliver([this] {
        end();
        Q_EMIT stopped();
      });
    }
    problem = QString::fromUtf8(error.what());
  } catch (const std::exception& error) {  // e.g. out of memory: the program goes on
    problem = tr("The video could not be made: %1").arg(QString::fromUtf8(error.what()));
  }
  deliver([this, problem] {
    end();
    Q_EMIT failed(problem);
  });
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
