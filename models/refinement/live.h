#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "core/engine/recognition.h"
#include "core/engine/refinement.h"
#include "models/refinement/identity.h"
#include "models/refinement/refiner.h"

namespace purlscope::models::refinement {

/// Refinement beside an engine. The engine's thread hands over windows and takes what holds now; a thread of its own
/// learns (with RefineOptions::background), and what it has learned is swapped in between two recognitions.
class LiveRefinement final : public core::Refinement {
 public:
  static constexpr std::size_t kQueue = 256;  ///< windows that wait at most; the oldest go unlearned

  LiveRefinement();
  ~LiveRefinement() override;
  LiveRefinement(const LiveRefinement&) = delete;
  LiveRefinement& operator=(const LiveRefinement&) = delete;

  // Of the engine's thread.
  bool on() const;
  bool needs_said() const;
  /// Labels set anew. What the bank remembers is scored for them before the next step of learning.
  void set_scorer(std::shared_ptr<const Scorer> scorer, Identity identity);
  /// Adds to a recognition what has been learned, and hands the window over to be learned from.
  void refine(core::Recognition& result, Observation window);

  std::vector<core::RefineMethod> methods() const override;
  void start(const core::RefineOptions& options) override;
  void stop() override;
  void resume() override;
  void set_learning(bool on) override;
  void wait() override;
  core::RefinementState state() const override;
  std::size_t undo(std::size_t steps) override;
  void accept() override;
  void reset() override;
  void save(const std::filesystem::path& file) const override;
  void load(const std::filesystem::path& file) override;

 private:
  struct Task {
    std::optional<Observation> window = {};     ///< none: the labels have changed
    std::shared_ptr<const Scorer> scorer = {};  ///< that made its evidence
  };
  void run(const std::stop_token& stop);
  void push(Task task, bool background);
  void learn(const Task& task);
  /// Learning that fails in the background ends the refinement, not the program.
  void give_up(const std::string& reason);
  void publish();
  void expect_started() const;
  void begin(Refiner refiner, Identity identity, bool background);

  std::mutex control_;       ///< start(), resume() and load(), one at a time
  mutable std::mutex work_;  ///< the refiner: held for a step at most
  std::optional<Refiner> refiner_;
  Identity learned_for_;  ///< of the refiner's labels
  mutable std::mutex queue_mutex_;
  std::condition_variable_any arrived_, done_;
  std::deque<Task> queue_;
  bool busy_ = false;

  mutable std::mutex published_mutex_;  ///< held for an exchange alone
  std::shared_ptr<const Refined> published_;
  std::shared_ptr<const core::RefinementState> state_;
  std::shared_ptr<const Scorer> scorer_;  ///< of the labels in force
  Identity identity_;
  bool started_ = false, on_ = false, learning_ = true, background_ = true, needs_said_ = false;

  std::jthread thread_;  ///< last: joined first
};

}  // namespace purlscope::models::refinement
