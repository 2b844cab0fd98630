#include "app/studio/panels/why/what_if.h"

#include <algorithm>

#include "app/studio/session/engine_link.h"
#include "app/studio/session/session.h"

namespace purlscope::app {
namespace {

constexpr int kPauseMs = 120;

}  // namespace

WhatIf::WhatIf(Session* session, EngineLink* engine, QObject* parent)
    : QObject(parent), session_(session), engine_(engine) {
  pause_.setSingleShot(true);
  pause_.setInterval(kPauseMs);
  connect(&pause_, &QTimer::timeout, this, &WhatIf::ask);
  connect(session, &Session::recognition_changed, this, &WhatIf::outdate);
  connect(session, &Session::clip_changed, this, &WhatIf::outdate);
  connect(engine, &EngineLink::probed, this, &WhatIf::take);
}

void WhatIf::set_wanted(bool wanted) {
  wanted_ = wanted;
  if (wanted && asked_of_ != session_->recognition()) outdate();
}

/// What was known belongs to another recognition.
void WhatIf::outdate() {
  if (session_->recognition() && asked_of_ == session_->recognition() && !session_->stale()) return;
  known_.reset();
  asked_of_.reset();
  awaited_ = 0;
  if (wanted_ && session_->recognition() && !session_->live() && !session_->stale()) pause_.start();
  Q_EMIT changed();
}

void WhatIf::ask() {
  const core::RecognitionPtr& recognition = session_->recognition();
  if (!wanted_ || !recognition || session_->live() || session_->stale() || engine_->waiting()) return;
  parts_.clear();
  std::vector<core::Hidden> hidden;
  const core::JointLayout& layout = *session_->clip()->layout;
  for (const std::size_t joint : joints_by_part(layout)) {
    const BodyPart part = body_part(layout.joints[joint]);
    if (parts_.empty() || parts_.back() != part) {
      parts_.push_back(part);
      hidden.emplace_back();
    }
    hidden.back().joints.push_back(joint);
  }
  for (const core::TimeSpan& span : recognition->spans) {
    hidden.push_back({.joints = {}, .begin = span.begin, .end = span.end});
  }
  awaited_ = engine_->probe(std::move(hidden));
  asked_of_ = recognition;
}

void WhatIf::take(const core::ProbedPtr& answer) {
  if (answer->generation != awaited_) return;
  known_ = answer;
  Q_EMIT changed();
}

WhatIf::Answer WhatIf::answer(std::size_t place) const {
  if (!known_ || place >= known_->results.size()) return {};
  return {known_->results[place], QString::fromStdString(known_->reasons[place])};
}

WhatIf::Answer WhatIf::without(BodyPart part) const {
  const auto found = std::find(parts_.begin(), parts_.end(), part);
  return found == parts_.end() ? Answer{} : answer(static_cast<std::size_t>(found - parts_.begin()));
}

WhatIf::Answer WhatIf::without_time(std::size_t node) const { return answer(parts_.size() + node); }

}  // namespace purlscope::app
