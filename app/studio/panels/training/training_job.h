#pragma once

#include <QString>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "app/studio/session/job.h"
#include "app/studio/session/lab_factory.h"
#include "core/base/training_point.h"

namespace purlscope::app {

/// What is to be trained.
struct TrainingWish {
  std::filesystem::path dataset;
  std::string split;             ///< name, or a file of classes
  std::filesystem::path config;  ///< JSON; empty = the defaults
  std::filesystem::path out;
  std::uint64_t seed = 0;
  bool fresh = false;  ///< start over instead of going on with what `out` holds
};

/// One training at a time on a thread of its own. Answers arrive as signals on the UI thread. Thread: UI.
class TrainingJob : public Job {
  Q_OBJECT

 public:
  /// @param factory empty = the engine's lab
  explicit TrainingJob(LabFactory factory = {}, QObject* parent = nullptr);
  ~TrainingJob() override;

  /// Nothing happens while one is at work. stop() ends it at the next batch; the last finished epoch stays in the
  /// checkpoint.
  void start(const TrainingWish& wish);

 Q_SIGNALS:
  /// @param fraction 0 to 1, negative when unknown
  void progressed(const QString& text, double fraction);
  void epoch_done(const core::TrainingPoint& point);
  void finished(const QString& model);

 private:
  QString train(const TrainingWish& wish, const std::stop_token& stop);
  core::ProgressFn reporter();

  LabFactory factory_;
};

}  // namespace purlscope::app
