#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/engine.h"
#include "core/engine/learned_windows.h"
#include "core/skeleton/hide.h"

namespace purlscope::core {

/// Counters of the hand-off, all since start.
struct WorkerStats {
  std::uint64_t requested = 0;  ///< recognitions asked for
  std::uint64_t inferred = 0;   ///< recognitions finished
  std::uint64_t dropped = 0;    ///< requests replaced by a newer one, or answers that came too late
  std::uint64_t failed = 0;
};

/// A clip scored again with parts of it hidden, in the order asked for.
struct Probed {
  std::uint64_t generation = 0;         ///< of the request
  std::vector<RecognitionPtr> results;  ///< without attention; null where what is left cannot be scored
  std::vector<std::string> reasons;     ///< why not, empty where it could
};
using ProbedPtr = std::shared_ptr<const Probed>;

/// One of the stretches that a scan was asked for.
struct Scanned {
  std::uint64_t generation = 0;  ///< of the request
  std::size_t stretch = 0;       ///< index in the request
  RecognitionPtr result;         ///< without attention; null where the stretch cannot be scored
  std::string reason;            ///< why not, empty where it could
};

/// What the worker tells. Called on the worker's thread; must return quickly (post to the UI thread and leave).
struct WorkerCallbacks {
  std::function<void(const EngineInfo&)> on_ready;
  std::function<void(RecognitionPtr)> on_result;
  /// The window of this result is being learned from. Told for each such window once, before on_result and also for an
  /// answer that is dropped.
  std::function<void(RecognitionPtr)> on_learned = {};
  /// Set and encoded; a label that nobody had described may have the sentences of the bank's nearest (with_nearest).
  std::function<void(const LabelSet&, std::uint64_t generation)> on_labels;
  std::function<void(ProbedPtr)> on_probed;
  std::function<void(const Scanned&)> on_scanned = {};
  /// Loading (generation 0), labels or recognition failed; the worker goes on.
  std::function<void(const Error&, std::uint64_t generation)> on_error;
};

/// Owns the engine on a thread of its own: loads it, keeps one slot per kind of request (newest wins) and answers with
/// the request's generation. All methods return at once and may be called from any thread.
///
/// A newer request cancels the running one that it outdates, whose answer is dropped: a recognition is outdated by
/// another clip or by new labels, a label set by another label set. Waiting labels run before a waiting recognition, so
/// that is answered with the newest labels. Whoever wants the last clip scored with new labels asks again in on_labels.
/// When the engine cannot be loaded, every request is answered by on_error with that same error. Labels that cannot be
/// set leave those of before in force; where there are none, recognitions are answered with the reason.
class Worker {
 public:
  using EngineFactory = std::function<std::unique_ptr<Engine>()>;

  Worker(EngineFactory factory, WorkerCallbacks callbacks);
  /// Requests stop, cancels the running job and joins.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// @return generation of the request; results of older generations are dropped
  std::uint64_t set_labels(LabelSet labels);
  /// @param learn  has no effect where refinement is off
  std::uint64_t recognise(ClipPtr clip, WindowOptions window, LearnFrom learn = {});
  /// Scores a clip again, once for each way of hiding something of it; nothing is learned from it. Labels and
  /// recognitions go before it, and a newer one of them ends it without an answer: then it is to be asked again.
  std::uint64_t probe(ClipPtr clip, WindowOptions window, std::vector<Hidden> hidden);
  /// Scores stretches of a clip (seconds) one by one in their order, each told by on_scanned; nothing is learned from
  /// them. All other requests go before it, and it goes on after them where it was. Another scan takes its place; new
  /// labels end it, as does cancel().
  /// @param window  begin and end have no effect
  std::uint64_t scan(ClipPtr clip, WindowOptions window, std::vector<TimeSpan> stretches);
  void stop_scan();
  /// Cancels what runs and what waits.
  void cancel();
  /// What the engine learns by: null until it is loaded (on_ready), and for an engine that cannot learn. Which windows
  /// it learns from is the worker's: nobody else calls set_learning(). The engine lives as long as this is held.
  std::shared_ptr<Refinement> refinement() const;
  /// Whoever accepts, resets or starts refinement tells it here too.
  LearnedWindows& learned_windows();
  WorkerStats stats() const;
  bool busy() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace purlscope::core
