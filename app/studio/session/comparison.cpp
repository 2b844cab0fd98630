#include "app/studio/session/comparison.h"

#include <algorithm>

#include "app/studio/session/engine_link.h"
#include "app/studio/session/loader.h"
#include "app/studio/session/session.h"

namespace purlscope::app {

Comparison::Comparison(Session* session, core::Worker::EngineFactory engine, QObject* parent)
    : QObject(parent), session_(session), factory_(std::move(engine)) {
  connect(session, &Session::labels_changed, this, [this] {
    score();
    if (active()) Q_EMIT changed();
  });
}

Comparison::~Comparison() = default;

void Comparison::with_clip(const std::filesystem::path& file) {
  if (loader_ == nullptr) {
    loader_ = new Loader(this);
    connect(loader_, &Loader::clip_loaded, this, [this](const core::ClipPtr& clip) { take_clip(clip); });
    connect(loader_, &Loader::clip_failed, this, [this](const QString&, const QString& text) { Q_EMIT failed(text); });
  }
  wanted_ = true;
  loader_->open_clip(file);
}

void Comparison::take_clip(const core::ClipPtr& clip) {
  if (!wanted_) return;  // the user has stopped comparing meanwhile
  clip_ = clip;
  recognition_.reset();
  score();
  Q_EMIT changed();
}

void Comparison::score() {
  if (!clip_) return;
  if (engine_ == nullptr) {
    engine_ = new EngineLink(factory_, this);
    connect(engine_, &EngineLink::failed, this, &Comparison::failed);
    connect(engine_, &EngineLink::result, this, [this](core::RecognitionPtr recognition) {
      if (!clip_) return;
      recognition_ = std::move(recognition);
      Q_EMIT changed();
    });
  }
  engine_->request(clip_, std::nullopt, session_->labels());
}

void Comparison::with_label(std::size_t label) {
  versus_ = session_->labels().labels.at(label).text;
  Q_EMIT changed();
}

void Comparison::stop() {
  wanted_ = false;
  clip_.reset();
  recognition_.reset();
  versus_.clear();
  Q_EMIT changed();
}

std::optional<std::size_t> Comparison::scored(std::size_t label) const {
  const auto& labels = session_->labels().labels;
  if (!recognition_ || label >= labels.size()) return std::nullopt;
  const auto& scores = recognition_->labels;
  const auto found = std::find_if(scores.begin(), scores.end(),
                                  [&](const core::LabelScore& score) { return score.label == labels[label].text; });
  if (found == scores.end()) return std::nullopt;
  return static_cast<std::size_t>(found - scores.begin());
}

std::optional<std::size_t> Comparison::versus() const {
  const auto& labels = session_->labels().labels;
  const auto found =
      std::find_if(labels.begin(), labels.end(), [&](const core::Label& label) { return label.text == versus_; });
  if (versus_.empty() || found == labels.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(found - labels.begin());
  return session_->label() == index ? std::nullopt : std::optional(index);
}

}  // namespace purlscope::app
