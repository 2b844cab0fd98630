#include "app/studio/live/source_trial.h"

#include <utility>

#include "app/studio/live/closer.h"
#include "app/studio/live/source_words.h"
#include "app/studio/words.h"
#include "core/live/make_source.h"

namespace purlscope::app {
namespace {

constexpr int kInterval = 100;  // ms

double milliseconds_since(core::LiveTime moment) {
  return 1000.0 * core::seconds_between(moment, core::LiveClock::now());
}

}  // namespace

SourceTrial::SourceTrial(Closer* closer, QObject* parent) : QObject(parent), closer_(closer) {
  timer_.setInterval(kInterval);
  connect(&timer_, &QTimer::timeout, this, &SourceTrial::look);
}

SourceTrial::~SourceTrial() { cancel(); }

void SourceTrial::start(const QString& uri) {
  auto source = core::make_source(uri.toStdString());
  cancel();
  source_ = std::move(source);
  begun_ = core::LiveClock::now();
  first_ = {};
  started_ = false;
  timer_.start();
  Q_EMIT progress(tr("Trying..."));
}

void SourceTrial::cancel() {
  timer_.stop();
  if (!source_) return;
  closer_->run([source = std::move(source_)]() mutable { source.reset(); });
  source_.reset();
}

void SourceTrial::finish(Verdict verdict, const QString& text) {
  cancel();
  Q_EMIT finished(verdict, text);
}

QString SourceTrial::what_came() const {
  const std::vector<core::LiveFramePtr> frames = source_->frames().last(kLook / 1000.0);
  const core::LiveFrame& newest = *frames.back();
  QString text = tr("It works: %1 frames a second of layout %2, %3 in view.")
                     .arg(source_->status().rate, 0, 'f', 0)
                     .arg(QString::fromStdString(newest.layout->id),
                          counted(qsizetype(newest.persons.size()), tr("%1 person"), tr("%1 persons")));
  if (newest.reduced_accuracy) text += QLatin1Char(' ') + tr("Depth is guessed, which costs accuracy.");
  return text;
}

void SourceTrial::look() {
  if (!started_) {
    if (!closer_->idle()) return;
    started_ = true;
    source_->start();
  }
  const core::SourceStatus status = source_->status();
  if (status.state == core::SourceState::failed) {
    finish(Verdict::bad, QString::fromStdString(status.last_error));
    return;
  }
  const bool came = status.received > 0;
  if (came && first_ == core::LiveTime{}) first_ = core::LiveClock::now();
  if (came && (milliseconds_since(first_) >= kLook || status.state == core::SourceState::ended)) {
    finish(Verdict::good, what_came());
    return;
  }
  if (came || milliseconds_since(begun_) < kLongest) {
    Q_EMIT progress(status.text.empty() ? state_word(status.state) : QString::fromStdString(status.text));
    return;
  }
  if (status.bad > 0) {
    finish(Verdict::bad, tr("%1 could be read. The first: %2")
                             .arg(counted(qsizetype(status.bad), tr("Something came, but the %1 packet not"),
                                          tr("Something came, but none of the %1 packets")),
                                  QString::fromStdString(status.first_bad)));
    return;
  }
  const QString trouble =
      status.last_error.empty() ? QString::fromStdString(status.text) : QString::fromStdString(status.last_error);
  finish(Verdict::nothing_yet, tr("Nothing has come in %1 s (%2). Is the sender running, and does it send here?")
                                   .arg(kLongest / 1000)
                                   .arg(trouble));
}

}  // namespace purlscope::app
