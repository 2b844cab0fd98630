#include "app/studio/session/engine_link.h"

#include <QMetaObject>
#include <algorithm>

namespace purlscope::app {
namespace {

bool same_wording(const core::Sentences& a, const core::Sentences& b) {
  return std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) { return x.text == y.text; });
}

bool same_label(const core::Label& a, const core::Label& b) {
  return a.text == b.text && same_wording(a.sentences, b.sentences) &&
         std::equal(a.further.begin(), a.further.end(), b.further.begin(), b.further.end(), same_wording);
}

bool same_labels(const core::LabelSet& a, const core::LabelSet& b) {
  return std::equal(a.labels.begin(), a.labels.end(), b.labels.begin(), b.labels.end(), same_label);
}

}  // namespace

EngineLink::EngineLink(core::Worker::EngineFactory factory, QObject* parent) : QObject(parent) {
  core::WorkerCallbacks callbacks;
  callbacks.on_ready = [this](const core::EngineInfo& info) { post([&](Mail& m) { m.info = info; }); };
  callbacks.on_result = [this](core::RecognitionPtr r) { post([&](Mail& m) { m.result = std::move(r); }); };
  callbacks.on_learned = [this](const core::RecognitionPtr& r) { post([&](Mail& m) { m.learned.push_back(r); }); };
  callbacks.on_labels = [this](const core::LabelSet& labels, std::uint64_t generation) {
    post([&](Mail& m) { m.labels = Labelled{labels, generation}; });
  };
  callbacks.on_probed = [this](const core::ProbedPtr& answer) { post([&](Mail& m) { m.probed = answer; }); };
  callbacks.on_scanned = [this](const core::Scanned& answer) { post([&](Mail& m) { m.scanned.push_back(answer); }); };
  callbacks.on_error = [this](const Error& e, std::uint64_t generation) {
    post([&](Mail& m) { m.errors.push_back({e.what(), generation}); });
  };
  worker_ = std::make_unique<core::Worker>(std::move(factory), std::move(callbacks));
}

EngineLink::~EngineLink() = default;

core::WorkerStats EngineLink::stats() const { return worker_->stats(); }

template <typename Fill>
void EngineLink::post(Fill fill) {
  {
    const std::lock_guard lock(mutex_);
    fill(mail_);
  }
  if (!posted_.exchange(true)) QMetaObject::invokeMethod(this, &EngineLink::drain, Qt::QueuedConnection);
}

void EngineLink::drain() {
  posted_ = false;
  Mail mail;
  {
    const std::lock_guard lock(mutex_);
    std::swap(mail, mail_);
  }
  if (mail.info) {
    info_ = *mail.info;
    state_ = State::ready;
    Q_EMIT state_changed();
    send();
  }
  if (mail.labels) take_labels(std::move(*mail.labels));
  for (const Failure& failure : mail.errors) take_error(failure);
  for (const core::RecognitionPtr& recognition : mail.learned) Q_EMIT learned(recognition);
  if (mail.result) take_result(std::move(mail.result));
  if (mail.probed) Q_EMIT probed(std::move(mail.probed));
  if (!mail.scanned.empty()) Q_EMIT scanned(mail.scanned);
}

void EngineLink::take_labels(Labelled labelled) {
  if (labelled.generation != labels_generation_ || same_labels(labelled.labels, sent_labels_)) return;
  sent_labels_ = std::move(labelled.labels);
  Q_EMIT described(sent_labels_);
}

void EngineLink::take_result(core::RecognitionPtr recognition) {
  if (recognition->generation != generation_) return;  // a newer request is on its way
  answer_ms_ = static_cast<double>(asked_.nsecsElapsed()) * 1e-6;
  set_waiting(false);
  Q_EMIT result(std::move(recognition));
}

void EngineLink::take_error(const Failure& failure) {
  const bool loading = failure.generation == 0;
  const bool labels = failure.generation == labels_generation_;
  if (!loading && !labels && failure.generation != generation_) return;  // nobody waits for it any more
  if (loading) {
    state_ = State::failed;
    Q_EMIT state_changed();
  }
  if (labels) labels_sent_ = false;
  generation_ = 0;  // scores by the labels of before are no answer either
  set_waiting(false);
  Q_EMIT failed(QString::fromStdString(failure.text));
}

void EngineLink::request(const core::ClipPtr& clip, std::optional<int> person, const core::LabelSet& labels,
                         std::optional<core::TimeSpan> stretch, core::LearnFrom learn) {
  wish_ = {clip, person, labels, stretch, std::move(learn)};
  if (state_ == State::ready) send();
}

void EngineLink::send() {
  if (!wish_.clip || wish_.labels.labels.empty()) {
    if (waiting_) worker_->cancel();
    generation_ = 0;
    set_waiting(false);
    return;
  }
  send_labels(wish_.labels);
  asked_.start();
  generation_ = worker_->recognise(wish_.clip, wished_window(), wish_.learn);
  set_waiting(true);
}

void EngineLink::send_labels(const core::LabelSet& labels) {
  if (labels_sent_ && same_labels(sent_labels_, labels)) return;
  labels_generation_ = worker_->set_labels(labels);
  sent_labels_ = labels;
  labels_sent_ = true;
}

std::uint64_t EngineLink::scan(const core::ClipPtr& clip, std::optional<int> person, const core::LabelSet& labels,
                               std::vector<core::TimeSpan> stretches) {
  if (state_ != State::ready || !clip || labels.labels.empty()) return 0;
  send_labels(labels);
  core::WindowOptions window = info_.window;
  window.person = person;
  return worker_->scan(clip, std::move(window), std::move(stretches));
}

void EngineLink::stop_scan() { worker_->stop_scan(); }

core::WindowOptions EngineLink::wished_window() const {
  core::WindowOptions window = info_.window;
  window.person = wish_.person;
  if (wish_.stretch) {
    window.begin = wish_.stretch->begin;
    window.end = wish_.stretch->end;
  }
  return window;
}

std::uint64_t EngineLink::probe(std::vector<core::Hidden> hidden) {
  if (state_ != State::ready || !wish_.clip || wish_.labels.labels.empty()) return 0;
  return worker_->probe(wish_.clip, wished_window(), std::move(hidden));
}

void EngineLink::set_waiting(bool waiting) {
  if (waiting == waiting_) return;
  waiting_ = waiting;
  Q_EMIT waiting_changed();
}

}  // namespace purlscope::app
