#include "app/studio/refinement/refinement_link.h"

#include <QMetaObject>
#include <chrono>
#include <utility>

#include "app/studio/session/engine_link.h"
#include "core/base/error.h"

namespace purlscope::app {
namespace {

constexpr auto kLook = std::chrono::milliseconds(50);  // from one look to the next while windows are learned from

}  // namespace

RefinementLink::RefinementLink(EngineLink* engine, QObject* parent) : QObject(parent), engine_(engine) {
  connect(engine, &EngineLink::state_changed, this, &RefinementLink::engine_changed);
  connect(engine, &EngineLink::learned, this, &RefinementLink::take_learned);
}

RefinementLink::~RefinementLink() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void RefinementLink::engine_changed() {
  if (refinement_ || engine_->state() != EngineLink::State::ready) return;
  refinement_ = engine_->refinement();
  if (!refinement_) return;
  methods_ = refinement_->methods();
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  Q_EMIT changed();
}

void RefinementLink::take_learned(const core::RecognitionPtr& recognition) {
  by_hand_.clear();
  record_.add(*recognition);
  watch();
  Q_EMIT changed();
}

void RefinementLink::switch_on(bool on) {
  if (!available() || on == on_) return;
  const bool first = state_.settings.is_null() && asked_ == 0;
  if (on && (configured_ || first)) return restart(configured_.value_or(nullptr));
  on_ = on;
  fresh_ = fresh_ || on;
  enqueue({.work = [on](core::Refinement& refinement) { on ? refinement.resume() : refinement.stop(); }, .acts = true});
  Q_EMIT changed();
}

void RefinementLink::configure(const nlohmann::json& settings) {
  configured_ = settings;
  if (on_) restart(settings);
}

void RefinementLink::restart(const nlohmann::json& settings) {
  configured_.reset();
  on_ = learning_ = fresh_ = true;
  enqueue({.work =
               [settings, windows = &engine_->learned_windows()](core::Refinement& refinement) {
                 refinement.start({settings, true});
                 windows->clear();
               },
           .acts = true,
           .done = [this] { record_.clear(); }});
  Q_EMIT changed();
}

void RefinementLink::set_learning(bool on) {
  if (on == learning_) return;
  learning_ = on;
  fresh_ = fresh_ || on;
  Q_EMIT changed();
  if (on) Q_EMIT acted();
}

void RefinementLink::undo(std::size_t steps) {
  enqueue({.work = [steps](core::Refinement& refinement) { refinement.undo(steps); }, .acts = true});
}

void RefinementLink::accept() {
  enqueue({.work =
               [windows = &engine_->learned_windows()](core::Refinement& refinement) {
                 refinement.accept();
                 windows->keep();
               },
           .acts = false});
}

void RefinementLink::reset() {
  fresh_ = false;
  enqueue({.work =
               [windows = &engine_->learned_windows()](core::Refinement& refinement) {
                 refinement.reset();
                 windows->forget();
               },
           .acts = true,
           .done = [this] { record_.clear_score(); }});
}

void RefinementLink::save(const std::filesystem::path& file) {
  enqueue({.work = [file](core::Refinement& refinement) { refinement.save(file); },
           .acts = false,
           .done = [this, file] { Q_EMIT saved(QString::fromStdString(file.string())); }});
}

void RefinementLink::load(const std::filesystem::path& file) {
  if (!available()) return;
  enqueue({.work =
               [file, windows = &engine_->learned_windows()](core::Refinement& refinement) {
                 refinement.load(file);
                 windows->clear();
               },
           .acts = true,
           .done =
               [this] {
                 fresh_ = false;
                 configured_.reset();
                 record_.clear();
               }});
}

core::LearnFrom RefinementLink::learn_from(const std::string& window, bool whole) {
  if (window != by_hand_) by_hand_.clear();
  return {.wanted = by_hand_ == window || (learning_ && fresh_ && whole), .once = window};
}

void RefinementLink::learn_next(const std::string& window) {
  engine_->learned_windows().release(window);
  by_hand_ = window;
}

void RefinementLink::enqueue(Job job) {
  if (!available()) return;
  ++asked_;
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void RefinementLink::watch() {
  {
    const std::lock_guard lock(mutex_);
    watching_ = true;
  }
  wake_.notify_one();
}

void RefinementLink::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::optional<Job> job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, stop, [this] { return !jobs_.empty() || watching_; });
      if (stop.stop_requested()) return;
      if (!jobs_.empty()) {
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      watching_ = false;
    }
    Mail mail;
    if (job) serve(std::move(*job), mail);
    mail.state = refinement_->state();
    const bool learns = mail.state.waiting > 0;
    post(std::move(mail));
    if (!learns) continue;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, kLook, [this] { return !jobs_.empty(); });
    watching_ = true;
  }
}

void RefinementLink::serve(Job job, Mail& mail) {
  mail.jobs = 1;
  try {
    job.work(*refinement_);
    if (job.done) mail.done.push_back(std::move(job.done));
  } catch (const std::exception& error) {  // also a full disk or memory: the program goes on
    mail.errors.push_back(QString::fromUtf8(error.what()));
  }
  mail.acted = job.acts;
}

void RefinementLink::post(Mail mail) {
  {
    const std::lock_guard lock(mutex_);
    mail_.state = std::move(mail.state);
    mail_.jobs += mail.jobs;
    mail_.acted |= mail.acted;
    for (auto& done : mail.done) mail_.done.push_back(std::move(done));
    for (QString& error : mail.errors) mail_.errors.push_back(std::move(error));
  }
  if (!posted_.exchange(true)) QMetaObject::invokeMethod(this, &RefinementLink::drain, Qt::QueuedConnection);
}

void RefinementLink::drain() {
  posted_ = false;
  Mail mail;
  {
    const std::lock_guard lock(mutex_);
    std::swap(mail, mail_);
  }
  if (mail.state.settings.is_null() && mail.jobs == 0) return;
  asked_ -= mail.jobs;
  state_ = std::move(mail.state);
  if (asked_ == 0) on_ = state_.on;
  for (const auto& done : mail.done) done();
  Q_EMIT changed();
  for (const QString& error : mail.errors) Q_EMIT failed(error);
  if (mail.acted) Q_EMIT acted();
}

}  // namespace purlscope::app
