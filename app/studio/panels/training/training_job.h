#pragma once

#include <QObject>
#include <QString>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

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
class TrainingJob : public QObject {
  Q_OBJECT

 public:
  /// @param factory empty = the engine's lab
  explicit TrainingJob(LabFactory factory = {}, QObject* parent = nullptr);
  ~TrainingJob() override;

  /// Nothing happens while one is at work.
  void start(const TrainingWish& wish);
  /// Ends it at the next batch; the last finished epoch stays in the checkpoint.
  void stop();
  bool busy() const { return busy_; }

 Q_SIGNALS:
  void busy_changed();
  /// @param fraction 0 to 1, negative when unknown
  void progressed(const QString& text, double fraction);
  void epoch_done(const core::TrainingPoint& point);
  void finished(const QString& model);
  void stopped();
  /// The text names what was found, what was expected and what to do.
  void failed(const QString& text);

 private:
  void run(const TrainingWish& wish, const std::stop_token& stop);
  QString train(const TrainingWish& wish, const std::stop_token& stop);
  core::ProgressFn reporter();
  /// Calls `call` on the UI thread.
  template <typename Call>
  void deliver(Call call);
  void end();

  LabFactory factory_;
  bool busy_ = false;
  std::jthread thread_;  // last: joins before the rest goes
};

}  // namespace purlscope::app
