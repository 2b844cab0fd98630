#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/clip.h"
#include "core/engine/recognition.h"
#include "core/engine/worker.h"

namespace purlscope::app {

class EngineLink;
class Loader;
class Session;

/// What the shown clip is compared with: a second clip beside it, another label whose attention is taken off, or both.
/// The second clip is read and scored on threads of its own, by an engine that is made when the first one is. Thread:
/// UI.
class Comparison : public QObject {
  Q_OBJECT

 public:
  /// @param engine makes an engine, on its worker's thread
  Comparison(Session* session, core::Worker::EngineFactory engine, QObject* parent = nullptr);
  ~Comparison() override;

  /// Reads a recording and shows it beside the clip.
  void with_clip(const std::filesystem::path& file);
  /// @param label index in the session's list
  void with_label(std::size_t label);
  void stop();
  bool active() const { return clip_ != nullptr || !versus_.empty(); }

  /// Null while there is none.
  const core::ClipPtr& clip() const { return clip_; }
  /// Of that clip; null until it is scored.
  const core::RecognitionPtr& recognition() const { return recognition_; }
  /// Index in recognition()->labels of a label of the session, nothing when it has not been scored.
  std::optional<std::size_t> scored(std::size_t label) const;
  /// The label that is compared with, in the session's list; nothing when there is none, or it is the chosen one.
  std::optional<std::size_t> versus() const;

 Q_SIGNALS:
  void changed();
  /// The recording cannot be read, or not scored; the text says what to do.
  void failed(const QString& text);

 private:
  void take_clip(const core::ClipPtr& clip);
  void score();

  Session* session_;
  core::Worker::EngineFactory factory_;
  core::ClipPtr clip_;
  core::RecognitionPtr recognition_;
  bool wanted_ = false;  // a clip, which may still be read
  std::string versus_;   // the label's text, which outlives its place in the list
  Loader* loader_ = nullptr;
  EngineLink* engine_ = nullptr;
};

}  // namespace purlscope::app
