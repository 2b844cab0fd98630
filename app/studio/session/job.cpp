#include "app/studio/session/job.h"

#include "core/base/error.h"

namespace purlscope::app {

Job::~Job() { leave(); }

void Job::begin(Work work, const QString& failure) {
  if (busy_) return;
  busy_ = true;
  thread_ = std::jthread([this, work = std::move(work), failure](const std::stop_token& stop) {
    deliver([this, told = outcome(work, failure, stop)] {
      busy_ = false;
      Q_EMIT busy_changed();
      told();
    });
  });
  Q_EMIT busy_changed();
}

Job::Told Job::outcome(const Work& work, const QString& failure, const std::stop_token& stop) {
  QString problem;
  try {
    return work(stop);
  } catch (const Error& error) {
    if (error.code() == Code::cancelled) return [this] { Q_EMIT stopped(); };
    problem = QString::fromUtf8(error.what());
  } catch (const std::exception& error) {  // e.g. out of memory: the program goes on
    problem = failure.arg(QString::fromUtf8(error.what()));
  }
  return [this, problem] { Q_EMIT failed(problem); };
}

void Job::leave() {
  stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace purlscope::app
