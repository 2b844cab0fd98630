#include "app/studio/live/live_session.h"

#include <fmt/format.h>

#include <QMetaObject>
#include <algorithm>
#include <cmath>

#include "app/studio/live/source_words.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "core/base/log.h"
#include "core/live/make_source.h"

namespace purlscope::app {
namespace {

constexpr int kPollInterval = 16;     // ms: a frame of the screen
constexpr double kNoticedGap = 50.0;  // ms from which on people notice that a window stands still
constexpr int kStatusInterval = 250;  // ms: as fast as people read numbers

bool is_over(core::SourceState state) {
  return state == core::SourceState::ended || state == core::SourceState::failed;
}

/// Whether a person has a joint in at least one frame.
bool is_seen(const core::Clip& clip, std::size_t person) {
  for (std::size_t t = 0; t < clip.frames; ++t) {
    if (!clip.absent(person, t)) return true;
  }
  return false;
}

/// The person to be scored: the chosen one, else the one who moves most. Empty when not in view.
std::optional<int> scored_person(const core::Clip& clip, const std::optional<PersonLock>& lock) {
  if (!lock) {
    const int person = core::most_energetic_person(clip);
    return person >= 0 && is_seen(clip, static_cast<std::size_t>(person)) ? std::optional(person) : std::nullopt;
  }
  const auto found = std::ranges::find(clip.persons, lock->id, &core::Person::id);
  const auto index = static_cast<std::size_t>(found - clip.persons.begin());
  if (found == clip.persons.end() || !is_seen(clip, index)) return std::nullopt;
  return static_cast<int>(index);
}

}  // namespace

LiveSession::LiveSession(Session* session, Player* player, EngineLink* engine, QObject* parent)
    : QObject(parent), session_(session), player_(player), engine_(engine) {
  poll_timer_.setTimerType(Qt::PreciseTimer);
  poll_timer_.setInterval(kPollInterval);
  connect(&poll_timer_, &QTimer::timeout, this, &LiveSession::poll);
  status_timer_.setInterval(kStatusInterval);
  connect(&status_timer_, &QTimer::timeout, this, &LiveSession::refresh_status);
  connect(player, &Player::time_changed, this, &LiveSession::player_moved);
  connect(player, &Player::state_changed, this, &LiveSession::player_moved);
  connect(session, &Session::clip_changed, this, [this] {
    if (mode_ == Mode::following && shown_ && !moving_) set_mode(Mode::held);  // something else was opened
  });
}

LiveSession::~LiveSession() {
  if (source_) retire(std::move(source_), std::move(recorder_));
}

QString LiveSession::uri() const { return source_ ? QString::fromStdString(source_->uri()) : QString(); }

bool LiveSession::showing() const { return source_ && shown_ && session_->live(); }

void LiveSession::connect_source(const QString& uri) {
  std::shared_ptr<core::PoseSource> source = core::make_source(uri.toStdString());
  disconnect_source();
  source_ = std::move(source);
  title_ = source_title(uri).toStdString();
  status_ = {};
  numbers_ = {};
  meter_ = {};
  history_.clear();
  asked_.reset();
  last_end_.reset();
  cursor_ = missed_ = 0;
  shown_ = in_view_ = started_ = ended_told_ = false;
  since_poll_.invalidate();
  longest_gap_ms_ = 0.0;
  poll_timer_.start();
  status_timer_.start();
  set_mode(Mode::following);
  refresh_status();
}

void LiveSession::disconnect_source() {
  if (!source_) return;
  poll_timer_.stop();
  status_timer_.stop();
  core::log(core::LogLevel::info,
            fmt::format("{}: {} frames, {} bad, {} dropped; longest gap of the window {:.0f} ms", source_->uri(),
                        status_.received, status_.bad, status_.dropped + missed_, longest_gap_ms_));
  const bool was_recording = recording();
  retire(std::move(source_), std::move(recorder_));
  source_.reset();
  status_ = {};
  set_mode(Mode::off);
  if (was_recording) Q_EMIT recording_changed();
  Q_EMIT status_changed();
}

void LiveSession::retire(std::shared_ptr<core::PoseSource> source, std::unique_ptr<core::Recorder> recorder) {
  const bool stops = source != nullptr;
  if (!source) source = source_;  // the recorder reads it to its end
  auto close = [this, source = std::move(source), recorder = std::move(recorder), file = record_file_,
                stops]() mutable {
    if (recorder) {
      recorder->stop();
      const core::RecorderStatus status = recorder->status();
      recorder.reset();
      QMetaObject::invokeMethod(
          this,
          [this, status, path = QString::fromStdString(file.string())] {
            if (!status.error.empty()) Q_EMIT failed(QString::fromStdString(status.error));
            Q_EMIT recorded_file(path, status.frames);
          },
          Qt::QueuedConnection);
    }
    if (stops) source->stop();
    source.reset();
  };
  closer_.run(std::move(close));
}

void LiveSession::set_mode(Mode mode) {
  if (mode == mode_) return;
  mode_ = mode;
  Q_EMIT mode_changed();
}

void LiveSession::follow() {
  if (!source_ || mode_ == Mode::following) return;
  set_mode(Mode::following);
  show_newest();
  last_end_.reset();
}

void LiveSession::hold() {
  if (mode_ == Mode::following) set_mode(Mode::held);
}

void LiveSession::record(const std::filesystem::path& file) {
  if (!source_ || recorder_) return;
  recorder_ = std::make_unique<core::Recorder>(*source_, file);
  record_file_ = file;
  Q_EMIT recording_changed();
}

void LiveSession::stop_recording() {
  if (!recorder_) return;
  retire(nullptr, std::move(recorder_));
  Q_EMIT recording_changed();
}

core::RecorderStatus LiveSession::recorded() const { return recorder_ ? recorder_->status() : core::RecorderStatus{}; }

void LiveSession::measure_gap() {
  if (since_poll_.isValid()) {
    const double gap = static_cast<double>(since_poll_.nsecsElapsed()) * 1e-6 - kPollInterval;
    if (gap > kNoticedGap) core::log(core::LogLevel::debug, fmt::format("the window stood still for {:.0f} ms", gap));
    longest_gap_ms_ = std::max(longest_gap_ms_, gap);
  }
  since_poll_.start();
}

void LiveSession::poll() {
  measure_gap();
  if (!started_) {
    if (!closer_.idle()) return;  // the source before may hold the same socket
    started_ = true;
    source_->start();
  }
  const std::uint64_t before = cursor_;
  read_news();
  if (mode_ != Mode::following) return;
  if (cursor_ != before) show_newest();
  ask_when_due();
}

void LiveSession::read_news() {
  const std::vector<core::LiveFramePtr> frames = source_->frames().after(cursor_);
  if (frames.empty()) return;
  missed_ += frames.front()->sequence - cursor_ - 1;
  cursor_ = frames.back()->sequence;
  newest_ = frames.back()->time;
  for (const core::LiveFramePtr& frame : frames) {
    meter_.see(*frame);
    numbers_.see(*frame);
  }
}

void LiveSession::refresh_status() {
  if (!source_) return;
  status_ = source_->status();
  if (is_over(status_.state) && !std::exchange(ended_told_, true)) {
    poll();  // what came at the very end
    if (status_.state == core::SourceState::failed) Q_EMIT failed(QString::fromStdString(status_.last_error));
    hold();
    Q_EMIT came_to_an_end();
  }
  if (recorder_ && !recorder_->status().error.empty()) stop_recording();
  Q_EMIT status_changed();
}

void LiveSession::show_newest() {
  const std::vector<core::LiveFramePtr> frames = source_->frames().last(Session::kLiveSeconds);
  if (frames.empty()) return;
  LiveView view;
  view.clip = core::live_clip(frames, title_);
  view.origin = frames.back()->time - view.clip->times.back();
  for (const core::Person& person : view.clip->persons) view.numbers.push_back(numbers_.number(person.id));
  history_.forget_before(view.origin);
  moving_ = true;
  shown_ = true;
  const core::ClipPtr clip = view.clip;
  session_->set_live(std::move(view));
  player_->stand_at_end_of(clip);
  moving_ = false;
}

void LiveSession::ask_when_due() {
  if (cursor_ == 0 || session_->labels().labels.empty()) return;
  const bool due = !last_end_ || newest_ - *last_end_ >= kStride;
  if (due && !engine_->waiting() && engine_->state() == EngineLink::State::ready) ask_newest(learning_);
}

void LiveSession::ask_newest(bool learn) {
  const std::vector<core::LiveFramePtr> frames = source_->frames().last(kWindow);
  if (frames.empty()) return;
  last_end_ = frames.back()->time;
  const core::ClipPtr clip = core::live_clip(frames, title_);
  const std::optional<int> person = scored_person(*clip, session_->person_lock());
  in_view_ = person.has_value();
  if (!person) {
    if (session_->recognition()) session_->set_recognition(nullptr);
    return;
  }
  asked_ = Asked{*last_end_ - clip->times.back(), *last_end_};
  engine_->request(clip, person, session_->labels(), {}, {.wanted = learn});
}

void LiveSession::ask_held(bool learn) {
  const core::ClipPtr& clip = session_->clip();
  const std::optional<int> person = scored_person(*clip, session_->person_lock());
  if (!person) return;
  const double end = std::min(player_->time() + 1.0 / clip->rate(), clip->duration());
  const core::TimeSpan stretch{std::max(0.0, end - kWindow), end};
  asked_ = Asked{session_->origin(), session_->origin() + end};
  engine_->request(clip, person, session_->labels(), stretch, {.wanted = learn});
}

void LiveSession::score_again() {
  history_.clear();
  if (!showing()) return;
  if (session_->labels().labels.empty()) {
    engine_->request(nullptr, {}, session_->labels());
    return;
  }
  mode_ == Mode::following ? ask_newest(false) : ask_held(false);
}

void LiveSession::learn_now() {
  if (!showing() || session_->labels().labels.empty()) return;
  mode_ == Mode::following ? ask_newest(true) : ask_held(true);
}

void LiveSession::take_result(core::RecognitionPtr recognition) {
  if (!asked_) return;
  if (mode_ == Mode::following) history_.add({asked_->begin, asked_->end, recognition});
  session_->set_recognition(std::move(recognition), asked_->begin);
}

void LiveSession::player_moved() {
  if (moving_ || !source_ || !shown_) return;
  if (mode_ == Mode::following) set_mode(Mode::held);
  if (!showing()) return;
  const ScoredWindow* then = history_.at(session_->origin() + player_->time(), 2.0 * kStride);
  if (then != nullptr) {
    if (then->recognition != session_->recognition()) session_->set_recognition(then->recognition, then->begin);
  } else if (!engine_->waiting() && !session_->labels().labels.empty() && !player_->playing()) {
    ask_held(false);
  }
}

}  // namespace purlscope::app
