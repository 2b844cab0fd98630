#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <vector>

#include "app/studio/panels/attention/joint_groups.h"
#include "core/engine/worker.h"

namespace purlscope::app {

class EngineLink;
class Session;

/// Scores of the clip had a body part, or the stretch of a time node, been hidden: measured, by scoring it again
/// whenever there is a new recognition and somebody looks. Not for live sources, whose windows come faster. Thread: UI.
class WhatIf : public QObject {
  Q_OBJECT

 public:
  WhatIf(Session* session, EngineLink* engine, QObject* parent = nullptr);

  /// Whether somebody looks: nothing is scored while nobody does.
  void set_wanted(bool wanted);

  /// What is left, or why it cannot be scored.
  struct Answer {
    core::RecognitionPtr recognition;  ///< null while unknown, or where it cannot be scored
    QString reason;                    ///< why not
  };
  Answer without(BodyPart part) const;
  /// @param node  time node of the recognition
  Answer without_time(std::size_t node) const;

 Q_SIGNALS:
  void changed();

 private:
  void outdate();
  void ask();
  void take(const core::ProbedPtr& answer);
  Answer answer(std::size_t place) const;

  Session* session_;
  EngineLink* engine_;
  bool wanted_ = false;
  QTimer pause_;                   ///< between a recognition and the asking, so that the next one comes first
  core::RecognitionPtr asked_of_;  ///< the recognition that the answer belongs to
  std::vector<BodyPart> parts_;    ///< asked for first, then time nodes
  std::uint64_t awaited_ = 0;
  core::ProbedPtr known_;
};

}  // namespace purlscope::app
