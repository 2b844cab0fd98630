#include "app/studio/session/player.h"

#include <QGuiApplication>
#include <QScreen>
#include <cmath>

namespace purlscope::app {
namespace {

constexpr int kDefaultInterval = 16;   // ms, when the screen does not tell its rate
constexpr qint64 kSwapPatience = 100;  // ms: a hidden view never swaps, time must not stand still for it
constexpr double kLongestStep = 0.25;  // s: after a stall (machine asleep) playback resumes instead of leaping

int tick_interval() {
  const QScreen* screen = QGuiApplication::primaryScreen();
  const double rate = screen != nullptr ? screen->refreshRate() : 0.0;
  return rate >= 20.0 && rate <= 240.0 ? std::max(4, static_cast<int>(std::floor(1000.0 / rate))) : kDefaultInterval;
}

}  // namespace

Player::Player(QObject* parent) : QObject(parent) {
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setInterval(tick_interval());
  connect(&timer_, &QTimer::timeout, this, &Player::tick);
}

void Player::set_clip(const core::ClipPtr& clip) {
  clock_.set_clip(clip ? clip->times : std::vector<double>{}, clip ? clip->duration() : 0.0);
  restart_timer();
  Q_EMIT state_changed();
  Q_EMIT time_changed(clock_.time());
}

void Player::stand_at_end_of(const core::ClipPtr& clip) {
  const bool changed = clock_.playing() || clock_.a() || clock_.b();
  clock_.set_clip(clip->times, clip->duration());
  clock_.seek(clock_.duration());
  if (changed) {
    restart_timer();
    Q_EMIT state_changed();
  }
  Q_EMIT time_changed(clock_.time());
}

void Player::play() {
  clock_.play();
  restart_timer();
  Q_EMIT state_changed();
}

void Player::pause() {
  clock_.pause();
  restart_timer();
  Q_EMIT state_changed();
}

void Player::toggle() { clock_.playing() ? pause() : play(); }

void Player::step(int frames) {
  clock_.step(frames);
  restart_timer();
  Q_EMIT state_changed();
  Q_EMIT time_changed(clock_.time());
}

void Player::seek(double seconds) {
  clock_.seek(seconds);
  Q_EMIT time_changed(clock_.time());
}

void Player::hold(bool on) {
  held_ = on;
  restart_timer();
}

void Player::to_start() { seek(0.0); }

void Player::to_end() { seek(clock_.duration()); }

void Player::set_speed(double speed) {
  clock_.set_speed(speed);
  Q_EMIT state_changed();
}

void Player::set_loop(bool loop) {
  clock_.set_loop(loop);
  Q_EMIT state_changed();
}

void Player::set_a() {
  clock_.set_a(clock_.time());
  Q_EMIT state_changed();
}

void Player::set_b() {
  clock_.set_b(clock_.time());
  Q_EMIT state_changed();
}

void Player::clear_ab() {
  clock_.clear_ab();
  Q_EMIT state_changed();
}

void Player::set_part(std::optional<double> a, std::optional<double> b) {
  clock_.clear_ab();
  if (a) clock_.set_a(*a);
  if (b) clock_.set_b(*b);
  Q_EMIT state_changed();
}

void Player::repeat(double begin, double end) {
  clock_.clear_ab();
  clock_.set_a(begin);
  clock_.set_b(end);
  clock_.seek(begin);
  Q_EMIT state_changed();
  Q_EMIT time_changed(clock_.time());
}

void Player::shuttle(int direction) {
  const bool same = clock_.playing() && (clock_.speed() > 0) == (direction > 0);
  set_speed(direction * (same ? 2.0 * std::abs(clock_.speed()) : 1.0));
  play();
}

void Player::frame_requested() {
  if (!frame_pending_) pending_since_.start();
  frame_pending_ = true;
}

void Player::frame_swapped() { frame_pending_ = false; }

void Player::restart_timer() {
  if (!clock_.playing() || held_) {
    timer_.stop();
    return;
  }
  elapsed_.start();
  timer_.start();
}

void Player::tick() {
  if (frame_pending_ && pending_since_.elapsed() < kSwapPatience) return;
  const double passed = std::min(static_cast<double>(elapsed_.nsecsElapsed()) * 1e-9, kLongestStep);
  elapsed_.start();
  const bool moved = clock_.advance(passed);
  if (moved) Q_EMIT time_changed(clock_.time());
  if (!clock_.playing()) {
    restart_timer();
    Q_EMIT state_changed();
  }
}

}  // namespace purlscope::app
