#pragma once

#include <QObject>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/studio/refinement/arrival_record.h"
#include "core/engine/learned_windows.h"
#include "core/engine/refinement.h"

namespace purlscope::app {

class EngineLink;

/// The studio's end of refinement. What may have to wait for a step of learning, or for the disk, is done on a thread
/// of its own, in the order in which it was asked for; answers arrive as signals on the UI thread. Thread: UI.
///
/// What is learned from, while refinement is on and learning is not paused: every window of a followed live source as
/// it comes due; of a recording the whole clip, once, when it is opened. The clip on screen counts as opened when
/// refinement is switched on or learning goes on. A clip that is scored again is not learned from again, whatever the
/// reason: other labels or sentences, another person, a part of it between A and B, an undo, opening it a second time.
/// learn_next() learns from what is shown whatever the rules say. After a reset, clips count as never seen again once
/// they are opened.
class RefinementLink : public QObject {
  Q_OBJECT

 public:
  explicit RefinementLink(EngineLink* engine, QObject* parent = nullptr);
  /// Waits for the step that runs.
  ~RefinementLink() override;

  /// The engine is loaded and can learn.
  bool available() const { return refinement_ != nullptr; }
  const std::vector<core::RefineMethod>& methods() const { return methods_; }
  /// As asked for; the state follows.
  bool on() const { return on_; }
  bool learning() const { return learning_; }
  /// A moment ago.
  const core::RefinementState& state() const { return state_; }
  /// Something is in the bank or was learned.
  bool has_learned() const { return state_.steps > 0 || !state_.bank.empty(); }
  const ArrivalRecord& record() const { return record_; }

  /// Off keeps what was learned; on goes on with it.
  void switch_on(bool on);
  /// Starts anew with these settings where it is on, else when it is switched on next.
  /// @param settings as core::RefineOptions has them
  void configure(const nlohmann::json& settings);
  void set_learning(bool on);
  void undo(std::size_t steps);
  void accept();
  void reset();
  void save(const std::filesystem::path& file);
  /// Takes the place of what was learned, and switches on.
  void load(const std::filesystem::path& file);

  /// Another recording was opened.
  void clip_opened() { fresh_ = true; }
  /// How a window of a recording is to be asked for. @param window its name @param whole of the clip, by nobody's
  /// choice
  core::LearnFrom learn_from(const std::string& window, bool whole);
  /// The window that is asked for next is learned from. @param window its name
  void learn_next(const std::string& window);

 Q_SIGNALS:
  void changed();
  /// What was learned is another now, or acts or does not: scores are to be asked for again.
  void acted();
  void saved(const QString& file);
  /// The text says what was found and what to do.
  void failed(const QString& text);

 private:
  struct Job {
    std::function<void(core::Refinement&)> work;
    bool acts = false;
    std::function<void()> done = {};  ///< on the UI thread, when it went well
  };
  struct Mail {
    core::RefinementState state;
    std::vector<std::function<void()>> done;
    std::vector<QString> errors;
    std::size_t jobs = 0;  ///< finished since the last mail
    bool acted = false;
  };

  void engine_changed();
  void restart(const nlohmann::json& settings);
  void take_learned(const core::RecognitionPtr& recognition);
  void enqueue(Job job);
  void watch();
  void run(const std::stop_token& stop);
  void serve(Job job, Mail& mail);
  void post(Mail mail);
  void drain();

  EngineLink* engine_;
  std::shared_ptr<core::Refinement> refinement_;
  std::vector<core::RefineMethod> methods_;
  core::RefinementState state_;
  ArrivalRecord record_;
  std::optional<nlohmann::json> configured_;  // for the next start; nothing = go on with what there is
  bool on_ = false;
  bool learning_ = true;
  bool fresh_ = false;     // the clip on screen counts as just opened
  std::string by_hand_;    // window that is to be learned from next
  std::size_t asked_ = 0;  // jobs that are not known to be done

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Job> jobs_;
  bool watching_ = false;  // windows are being learned from
  Mail mail_;
  std::atomic<bool> posted_{false};
  std::jthread thread_;  // last: joins before the rest goes
};

}  // namespace purlscope::app
