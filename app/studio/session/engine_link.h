#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/engine/worker.h"

namespace purlscope::app {

/// The studio's end of the worker. The worker's callbacks fill a small mailbox and post one coalesced call to the UI
/// thread; the newest recognition wins. The UI thread never waits for the engine. Thread: UI.
class EngineLink : public QObject {
  Q_OBJECT

 public:
  enum class State { loading, ready, failed };

  /// @param factory makes the engine, on the worker's thread; what it throws makes the state `failed`
  explicit EngineLink(core::Worker::EngineFactory factory, QObject* parent = nullptr);
  ~EngineLink() override;

  State state() const { return state_; }
  /// Known once the state is `ready`.
  const core::EngineInfo& info() const { return info_; }
  /// Requests answered and dropped so far.
  core::WorkerStats stats() const;
  /// True from a request until its answer.
  bool waiting() const { return waiting_; }
  /// Milliseconds from the last request to its answer, negative before the first.
  double answer_ms() const { return answer_ms_; }

  /// Asks for the scores of a clip, or of a stretch of it (seconds). Remembered while the engine loads. No labels:
  /// nothing is asked.
  void request(const core::ClipPtr& clip, std::optional<int> person, const core::LabelSet& labels,
               std::optional<core::TimeSpan> stretch = {}, core::LearnFrom learn = {});

  /// Asks for the scores of what was requested last, once for each way of hiding something of it. Ends without an
  /// answer when something else is requested. @return number of the answer, 0 when there is nothing to score
  std::uint64_t probe(std::vector<core::Hidden> hidden);

  /// Asks for the scores of stretches of a clip (seconds), whenever nothing else is asked for; answers come by
  /// scanned(). Another scan or other labels end it. @return number of the answers, 0 when nothing can be scored now
  std::uint64_t scan(const core::ClipPtr& clip, std::optional<int> person, const core::LabelSet& labels,
                     std::vector<core::TimeSpan> stretches);
  void stop_scan();

  /// For whoever controls refinement: see core::Worker.
  std::shared_ptr<core::Refinement> refinement() const { return worker_->refinement(); }
  core::LearnedWindows& learned_windows() { return worker_->learned_windows(); }

 Q_SIGNALS:
  void state_changed();
  void waiting_changed();
  void result(core::RecognitionPtr recognition);
  /// Refinement learns from this window; told of each once, also where a newer request has outdated the result.
  void learned(core::RecognitionPtr recognition);
  void probed(core::ProbedPtr answer);
  void scanned(const std::vector<core::Scanned>& answers);
  /// Labels that nobody had described have got the sentences of the bank's nearest label.
  void described(const core::LabelSet& labels);
  /// Loading (state() is `failed`) or a request failed; the text says what to do.
  void failed(const QString& text);

 private:
  struct Failure {
    std::string text;
    std::uint64_t generation;
  };
  struct Labelled {
    core::LabelSet labels;
    std::uint64_t generation;
  };
  struct Mail {
    std::optional<core::EngineInfo> info;
    std::optional<Labelled> labels;
    core::RecognitionPtr result;
    std::vector<core::RecognitionPtr> learned;
    core::ProbedPtr probed;
    std::vector<core::Scanned> scanned;
    std::vector<Failure> errors;
  };
  struct Wish {
    core::ClipPtr clip;
    std::optional<int> person;
    core::LabelSet labels;
    std::optional<core::TimeSpan> stretch;
    core::LearnFrom learn;
  };

  template <typename Fill>
  void post(Fill fill);
  void drain();
  void take_labels(Labelled labelled);
  void take_result(core::RecognitionPtr recognition);
  void take_error(const Failure& failure);
  void send();
  void send_labels(const core::LabelSet& labels);
  core::WindowOptions wished_window() const;
  void set_waiting(bool waiting);

  State state_ = State::loading;
  core::EngineInfo info_;
  Wish wish_;
  core::LabelSet sent_labels_;
  bool labels_sent_ = false;
  std::uint64_t generation_ = 0;         // of the recognition that is waited for, 0 = none
  std::uint64_t labels_generation_ = 0;  // of the labels sent last
  bool waiting_ = false;
  double answer_ms_ = -1.0;
  QElapsedTimer asked_;

  std::mutex mutex_;
  Mail mail_;
  std::atomic<bool> posted_{false};
  std::unique_ptr<core::Worker> worker_;  // last: stops before the mailbox goes
};

}  // namespace purlscope::app
