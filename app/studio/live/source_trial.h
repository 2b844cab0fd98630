#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "core/live/pose_source.h"

namespace purlscope::app {

class Closer;

/// Tries a source out for a few seconds and says in words what came. Never waits for the source. Thread: UI.
class SourceTrial : public QObject {
  Q_OBJECT

 public:
  enum class Verdict { good, nothing_yet, bad };

  /// @param closer  closes the source, and tells when its place is free again
  explicit SourceTrial(Closer* closer, QObject* parent = nullptr);
  ~SourceTrial() override;

  /// Ends a trial under way and begins another. @throws Error{Code::bad_argument}
  void start(const QString& uri);
  void cancel();
  bool running() const { return source_ != nullptr; }

  static constexpr int kLongest = 6000;  ///< ms to wait for a first pose; a camera's network needs that long
  static constexpr int kLook = 1000;     ///< ms to look at what comes

 Q_SIGNALS:
  void progress(const QString& text);
  void finished(purlscope::app::SourceTrial::Verdict verdict, const QString& text);

 private:
  void look();
  void finish(Verdict verdict, const QString& text);
  QString what_came() const;

  Closer* closer_;
  std::unique_ptr<core::PoseSource> source_;
  QTimer timer_;
  core::LiveTime begun_;
  core::LiveTime first_;
  bool started_ = false;
};

}  // namespace purlscope::app
