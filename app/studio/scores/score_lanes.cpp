#include "app/studio/scores/score_lanes.h"

#include <algorithm>
#include <limits>

#include "app/studio/live/live_session.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/lane_colours.h"

namespace purlscope::app {
namespace {

constexpr int kRefreshInterval = 100;           // ms
constexpr std::size_t kMostWindows = 20'000;    // 83 minutes at four a second
constexpr std::size_t kMostScores = 4'000'000;  // 16 MB
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

std::vector<std::pair<std::string, int>> colours_of(const core::ScoreTrack& track, const std::vector<Lane>& lanes) {
  std::vector<std::pair<std::string, int>> colours;
  colours.reserve(lanes.size());
  for (const Lane& lane : lanes) {
    if (lane.label < track.labels.size()) colours.emplace_back(track.labels[lane.label], lane.colour);
  }
  return colours;
}

/// Until a window is scored again it keeps what it had, so that the lanes do not vanish with every label.
void keep_scores(const core::ScoreTrack& before, core::ScoreTrack& track) {
  const auto same = [](const core::TimeSpan& a, const core::TimeSpan& b) {
    return a.begin == b.begin && a.end == b.end;
  };
  if (!std::ranges::equal(before.windows, track.windows, same)) return;
  for (std::size_t i = 0; i < track.labels.size(); ++i) {
    const auto found = std::ranges::find(before.labels, track.labels[i]);
    if (found == before.labels.end()) continue;
    const auto old = static_cast<std::size_t>(found - before.labels.begin());
    for (std::size_t window = 0; window < track.size(); ++window) {
      track.probabilities[window * track.labels.size() + i] = before.at(window, old);
    }
  }
  track.none = before.none;
}

}  // namespace

ScoreLanes::ScoreLanes(Session* session, EngineLink* engine, LiveSession* live, QObject* parent)
    : QObject(parent), session_(session), engine_(engine), live_(live) {
  refresh_.setSingleShot(true);
  refresh_.setInterval(kRefreshInterval);
  connect(&refresh_, &QTimer::timeout, this, &ScoreLanes::refresh);
  connect(session, &Session::clip_changed, this, &ScoreLanes::begin_anew);
  connect(session, &Session::person_changed, this, &ScoreLanes::restart);
  connect(session, &Session::labels_changed, this, &ScoreLanes::restart);
  connect(session, &Session::selection_changed, this, &ScoreLanes::refresh);
  connect(session, &Session::recognition_changed, this, &ScoreLanes::take_live);
  connect(session, &Session::live_advanced, this, [this] {
    if (shown()) Q_EMIT changed();
  });
  connect(engine, &EngineLink::state_changed, this, &ScoreLanes::restart);
  connect(engine, &EngineLink::scanned, this, &ScoreLanes::take);
}

double ScoreLanes::offset() const { return session_->origin(); }

std::optional<int> ScoreLanes::colour(std::size_t label) const {
  if (!shown() || label >= session_->labels().labels.size()) return std::nullopt;
  const auto lane = std::ranges::find(coloured_, label, &Lane::label);
  if (lane == coloured_.end() || track_.labels[label] != session_->labels().labels[label].text) return std::nullopt;
  return lane->colour;
}

bool ScoreLanes::is_long() const {
  return session_->clip() && session_->clip()->duration() >= kLongFrom * sliding_.length;
}

bool ScoreLanes::shown() const {
  if (!on_ || !session_->clip() || session_->labels().labels.empty()) return false;
  return session_->live() || asked_ || is_long();
}

double ScoreLanes::progress() const {
  return order_.empty() ? 0.0 : static_cast<double>(done_) / static_cast<double>(order_.size());
}

std::vector<std::string> ScoreLanes::label_texts() const {
  std::vector<std::string> texts;
  texts.reserve(session_->labels().labels.size());
  for (const core::Label& label : session_->labels().labels) texts.push_back(label.text);
  return texts;
}

void ScoreLanes::set_room(std::size_t lanes) {
  if (lanes == room_) return;
  room_ = lanes;
  refresh();
}

void ScoreLanes::set_on(bool on) {
  if (on == on_) return;
  on_ = on;
  restart();
}

void ScoreLanes::set_sliding(const core::Sliding& sliding) {
  if (sliding == sliding_) return;
  sliding_ = sliding;
  restart();
}

void ScoreLanes::score() {
  asked_ = on_ = true;
  restart();
}

void ScoreLanes::score_again() {
  if (shown() && !session_->live()) restart();
}

void ScoreLanes::stop() {
  if (!scoring()) return;
  engine_->stop_scan();
  forget_unscored();
  finish();
}

void ScoreLanes::forget_unscored() {
  for (std::size_t window = 0; window < fresh_.size(); ++window) {
    if (fresh_[window]) continue;
    track_.none[window] = kUnknown;
    std::fill_n(track_.probabilities.begin() + static_cast<std::ptrdiff_t>(window * track_.labels.size()),
                track_.labels.size(), kUnknown);
  }
}

void ScoreLanes::begin_anew() {
  asked_ = false;
  track_ = {};
  restart();
}

void ScoreLanes::restart() {
  if (scoring()) engine_->stop_scan();
  generation_ = 0;
  segments_.clear();
  order_.clear();
  done_ = 0;
  reason_.clear();
  if (session_->live()) {
    take_live();
  } else if (!shown()) {
    track_ = {};
  } else {
    const std::vector<std::string> labels = label_texts();
    const std::size_t most = std::clamp<std::size_t>(kMostScores / labels.size(), 1, kMostWindows);
    core::ScoreTrack track =
        core::empty_track(labels, core::sliding_windows(session_->clip()->duration(), sliding_, most));
    keep_scores(track_, track);
    const auto colours = colours_of(track_, coloured_);
    track_ = std::move(track);
    choose(colours);
    order_ = core::coarse_to_fine(track_.size());
    fresh_.assign(track_.size(), false);
    std::vector<core::TimeSpan> stretches;
    stretches.reserve(order_.size());
    for (const std::size_t window : order_) stretches.push_back(track_.windows[window]);
    generation_ = engine_->scan(session_->clip(), session_->person(), session_->labels(), std::move(stretches));
  }
  refresh();
  tell_shown();
}

void ScoreLanes::take(const std::vector<core::Scanned>& answers) {
  for (const core::Scanned& answer : answers) {
    if (generation_ == 0 || answer.generation != generation_) continue;
    const std::size_t window = order_[answer.stretch];
    if (answer.result) {
      track_.set(window, *answer.result);
      fresh_[window] = true;
    } else if (reason_.empty()) {
      reason_ = answer.reason;
    }
    if (++done_ == order_.size()) {
      forget_unscored();
      return finish();
    }
  }
  if (!refresh_.isActive()) refresh_.start();
}

void ScoreLanes::take_live() {
  if (!session_->live()) return;
  core::ScoreTrack track = core::empty_track(label_texts(), {});
  for (const ScoredWindow& window : live_->history().windows()) {
    track.add({window.begin, window.end}, window.end, *window.recognition);
  }
  const auto colours = colours_of(track_, coloured_);
  track_ = std::move(track);
  choose(colours);
  refresh();
}

void ScoreLanes::finish() {
  generation_ = 0;
  segments_ = core::find_segments(track_);
  refresh();
}

void ScoreLanes::choose(const std::vector<std::pair<std::string, int>>& colours) {
  coloured_.clear();
  lanes_.clear();
  if (!shown()) return;
  coloured_ = choose_lanes(track_, kLaneColours, session_->label(), colours);
  lanes_ = choose_lanes(track_, room_, session_->label(), colours_of(track_, coloured_));
}

void ScoreLanes::refresh() {
  refresh_.stop();
  choose(colours_of(track_, coloured_));
  scale_ = lane_scale(track_, lanes_);
  Q_EMIT changed();
  Q_EMIT lanes_changed();
}

void ScoreLanes::tell_shown() {
  if (shown() == was_shown_) return;
  was_shown_ = !was_shown_;
  Q_EMIT shown_changed();
}

}  // namespace purlscope::app
