#include "core/engine/worker.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "core/base/log.h"
#include "core/base/stopwatch.h"
#include "core/engine/nearest.h"
#include "core/skeleton/window.h"

namespace purlscope::core {
namespace {

struct LabelRequest {
  LabelSet labels;
  std::uint64_t generation;
};

struct RecognitionRequest {
  ClipPtr clip;
  WindowOptions window;
  LearnFrom learn;
  std::uint64_t generation;
};

struct ProbeRequest {
  ClipPtr clip;
  WindowOptions window;
  std::vector<Hidden> hidden;
  std::uint64_t generation;
};

struct ScanRequest {
  ClipPtr clip;
  WindowOptions window;
  std::shared_ptr<const std::vector<TimeSpan>> stretches;
  std::size_t next = 0;
  std::uint64_t generation;
};

/// By falling urgency.
enum class Kind { labels, recognition, probe, scan };

/// The job that the worker's thread has taken out of its slot.
struct Running {
  Kind kind;
  std::stop_source stop;
};

/// Runs `work`; whatever it throws comes back as an Error.
template <typename Work>
std::optional<Error> guarded(Work&& work) {
  try {
    work();
    return std::nullopt;
  } catch (const Error& error) {
    return error;
  } catch (const std::exception& error) {
    return Error(Code::internal, fmt::format("unexpected exception: {}", error.what()));
  } catch (...) {
    return Error(Code::internal, "unexpected exception of unknown type");
  }
}

}  // namespace

/// Slots, counters and the running job are guarded by `mutex`; the engine is touched by the thread alone. Neither the
/// engine nor a callback nor a stop request ever runs under the lock.
struct Worker::Impl {
  Impl(EngineFactory make_engine, WorkerCallbacks tell) : factory(std::move(make_engine)), callbacks(std::move(tell)) {
    thread = std::jthread([this](const std::stop_token& quit) { run(quit); });
  }

  ~Impl() {
    thread.request_stop();
    cancel();
    thread.join();
  }

  template <typename Request>
  std::uint64_t submit(std::optional<Request>& slot, Request request, Kind kind) {
    std::stop_source outdated(std::nostopstate);
    std::uint64_t generation = 0;
    {
      const std::lock_guard lock(mutex);
      generation = request.generation = ++last_generation;
      if (kind == Kind::recognition) ++stats.requested;
      if (kind == Kind::recognition && slot) ++stats.dropped;
      slot = std::move(request);
      if (kind < Kind::probe) probe_slot.reset();
      if (kind == Kind::labels) scan_slot.reset();
      if (running && outdates(kind, running->kind)) outdated = running->stop;
    }
    outdated.request_stop();
    wake.notify_one();
    return generation;
  }

  /// New labels outdate every running job; a new clip a recognition and a probe, but not the labels it waits for. A
  /// stretch of a scan makes way for everything.
  static bool outdates(Kind newer, Kind running) { return newer <= running; }

  void cancel() {
    std::stop_source outdated(std::nostopstate);
    {
      const std::lock_guard lock(mutex);
      if (recognition_slot) ++stats.dropped;
      recognition_slot.reset();
      probe_slot.reset();
      scan_slot.reset();
      label_slot.reset();
      if (running) outdated = running->stop;
    }
    outdated.request_stop();
  }

  void stop_scan() {
    std::stop_source outdated(std::nostopstate);
    {
      const std::lock_guard lock(mutex);
      scan_slot.reset();
      if (running && running->kind == Kind::scan) outdated = running->stop;
    }
    outdated.request_stop();
  }

  void run(const std::stop_token& quit) {
    std::shared_ptr<Engine> engine;
    const std::optional<Error> load_error = guarded([&] { engine = make_engine(); });
    if (load_error) {
      tell(callbacks.on_error, *load_error, std::uint64_t{0});
    }
    while (true) {
      std::optional<LabelRequest> labels;
      std::optional<RecognitionRequest> recognition;
      std::optional<ProbeRequest> probe;
      std::optional<ScanRequest> scan;
      std::stop_source stop;
      {
        std::unique_lock lock(mutex);
        running.reset();
        wake.wait(lock, quit, [&] { return label_slot || recognition_slot || probe_slot || scan_slot; });
        if (quit.stop_requested()) return;
        // Labels first: a waiting recognition is answered with the newest ones.
        if (label_slot) {
          labels = std::exchange(label_slot, std::nullopt);
          running = Running{Kind::labels, stop};
        } else if (recognition_slot) {
          recognition = std::exchange(recognition_slot, std::nullopt);
          running = Running{Kind::recognition, stop};
        } else if (probe_slot) {
          probe = std::exchange(probe_slot, std::nullopt);
          running = Running{Kind::probe, stop};
        } else {
          scan = scan_slot;  // it stays until its last stretch
          running = Running{Kind::scan, stop};
        }
      }
      if (labels) serve(engine.get(), load_error, *labels, stop);
      if (recognition) serve(engine.get(), load_error, *recognition, stop);
      if (probe && engine && has_labels) serve(*engine, *probe, stop.get_token());
      if (scan) serve(has_labels ? engine.get() : nullptr, *scan, stop.get_token());
    }
  }

  std::shared_ptr<Engine> make_engine() {
    std::shared_ptr<Engine> engine = factory ? factory() : nullptr;
    if (!engine) throw Error(Code::internal, "the engine factory returned no engine");
    if (Refinement* learns = engine->refinement()) {
      const std::lock_guard lock(mutex);
      refinement = std::shared_ptr<Refinement>(engine, learns);
    }
    tell(callbacks.on_ready, engine->describe());
    return engine;
  }

  void serve(Engine* engine, const std::optional<Error>& load_error, const LabelRequest& request,
             const std::stop_source& stop) {
    LabelSet labels = request.labels;
    const std::optional<Error> error = load_error ? load_error : guarded([&] {
      labels = with_nearest(std::move(labels), *engine);
      engine->set_labels(labels, stop.get_token());
    });
    if (stop.stop_requested() || outdated_labels()) return;
    has_labels = has_labels || !error;
    label_error = has_labels ? std::nullopt : error;
    if (error) return tell(callbacks.on_error, *error, request.generation);
    tell(callbacks.on_labels, labels, request.generation);
  }

  void serve(Engine* engine, const std::optional<Error>& load_error, const RecognitionRequest& request,
             const std::stop_source& stop) {
    std::shared_ptr<const Recognition> result;
    const std::optional<Error>& known = load_error ? load_error : label_error;
    const std::optional<Error> error =
        known ? known : guarded([&] { result = recognise(*engine, request, stop.get_token()); });
    {
      const std::lock_guard lock(mutex);
      if (stop.stop_requested() || recognition_slot || label_slot) {
        ++stats.dropped;
        return;
      }
      ++(error ? stats.failed : stats.inferred);
    }
    if (error) return tell(callbacks.on_error, *error, request.generation);
    tell(callbacks.on_result, result);
  }

  void serve(Engine& engine, const ProbeRequest& request, const std::stop_token& stop) {
    if (Refinement* learns = engine.refinement()) learns->set_learning(false);
    auto out = std::make_shared<Probed>();
    out->generation = request.generation;
    for (const Hidden& hidden : request.hidden) {
      RecognitionPtr result;
      const auto error = guarded([&] {
        throw_if_stopped(stop);
        const auto clip = std::make_shared<const Clip>(hide(*request.clip, hidden));
        result = std::make_shared<const Recognition>(engine.recognise(make_window(clip, request.window), false, stop));
      });
      if (stop.stop_requested()) return;
      out->results.push_back(std::move(result));
      out->reasons.emplace_back(error ? error->what() : "");
    }
    tell(callbacks.on_probed, ProbedPtr(out));
  }

  /// One stretch; the next one when nothing more urgent waits.
  /// @param engine null where there is nothing to score with: then the scan ends
  void serve(Engine* engine, const ScanRequest& request, const std::stop_token& stop) {
    Scanned out{request.generation, request.next, nullptr, {}};
    int person = request.window.person.value_or(-1);
    if (engine != nullptr) {
      if (Refinement* learns = engine->refinement()) learns->set_learning(false);
      const auto error = guarded([&] {
        WindowOptions options = request.window;
        if (person < 0) options.person = person = most_energetic_person(*request.clip);
        options.begin = (*request.stretches)[request.next].begin;
        options.end = (*request.stretches)[request.next].end;
        out.result =
            std::make_shared<const Recognition>(engine->recognise(make_window(request.clip, options), false, stop));
      });
      if (error) out.reason = error->what();
    }
    if (!finish_stretch(engine != nullptr, person, request, stop)) return;
    tell(callbacks.on_scanned, out);
  }

  /// Goes on to the next stretch of a scan. @return whether the one that was scored is still wanted
  bool finish_stretch(bool goes_on, int person, const ScanRequest& request, const std::stop_token& stop) {
    const std::lock_guard lock(mutex);
    if (stop.stop_requested() || !scan_slot || scan_slot->generation != request.generation) return false;
    if (person >= 0) scan_slot->window.person = person;  // found once for the whole clip
    if (!goes_on || ++scan_slot->next == scan_slot->stretches->size()) scan_slot.reset();
    return goes_on;
  }

  /// A newer label set waits: its stop request may not have come through yet.
  bool outdated_labels() const {
    const std::lock_guard lock(mutex);
    return label_slot.has_value();
  }

  RecognitionPtr recognise(Engine& engine, const RecognitionRequest& request, const std::stop_token& stop) {
    if (!request.clip) throw Error(Code::bad_argument, "no clip to recognise: open a recording first");
    const Stopwatch watch;
    const Window window = make_window(request.clip, request.window);
    const double preprocess = watch.ms();
    throw_if_stopped(stop);
    if (Refinement* learns = engine.refinement()) learns->set_learning(learned.due(request.learn));
    auto result = std::make_shared<Recognition>(engine.recognise(window, true, stop));
    result->generation = request.generation;
    result->timings.preprocess += preprocess;
    result->timings.total += preprocess;
    if (result->learned) {
      learned.add(request.learn);
      tell(callbacks.on_learned, RecognitionPtr(result));
    }
    return result;
  }

  /// A callback that throws would end the process from this thread; it is the receiver's fault, so it goes to the log.
  template <typename Callback, typename... Args>
  static void tell(const Callback& callback, const Args&... args) {
    if (!callback) return;
    if (const auto error = guarded([&] { callback(args...); })) {
      log(LogLevel::error, fmt::format("a receiver of the worker's reports failed: {}", error->what()));
    }
  }

  const EngineFactory factory;
  const WorkerCallbacks callbacks;

  mutable std::mutex mutex;
  std::condition_variable_any wake;
  std::optional<LabelRequest> label_slot;
  std::optional<RecognitionRequest> recognition_slot;
  std::optional<ProbeRequest> probe_slot;
  std::optional<ScanRequest> scan_slot;
  std::optional<Running> running{Running{Kind::labels, std::stop_source()}};  ///< loading counts as a label job
  std::uint64_t last_generation = 0;
  bool has_labels = false;           ///< a label set is in force; the thread's alone
  std::optional<Error> label_error;  ///< why none is; the thread's alone
  WorkerStats stats;
  std::shared_ptr<Refinement> refinement;  ///< of the engine, which it keeps
  LearnedWindows learned;

  std::jthread thread;  ///< last member: starts when all others exist
};

Worker::Worker(EngineFactory factory, WorkerCallbacks callbacks)
    : impl_(std::make_unique<Impl>(std::move(factory), std::move(callbacks))) {}

Worker::~Worker() = default;

std::uint64_t Worker::set_labels(LabelSet labels) {
  return impl_->submit(impl_->label_slot, LabelRequest{std::move(labels), 0}, Kind::labels);
}

std::uint64_t Worker::recognise(ClipPtr clip, WindowOptions window, LearnFrom learn) {
  return impl_->submit(impl_->recognition_slot,
                       RecognitionRequest{std::move(clip), std::move(window), std::move(learn), 0}, Kind::recognition);
}

std::shared_ptr<Refinement> Worker::refinement() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->refinement;
}

LearnedWindows& Worker::learned_windows() { return impl_->learned; }

std::uint64_t Worker::probe(ClipPtr clip, WindowOptions window, std::vector<Hidden> hidden) {
  return impl_->submit(impl_->probe_slot, ProbeRequest{std::move(clip), std::move(window), std::move(hidden), 0},
                       Kind::probe);
}

std::uint64_t Worker::scan(ClipPtr clip, WindowOptions window, std::vector<TimeSpan> stretches) {
  if (!clip || stretches.empty()) {
    stop_scan();
    return 0;
  }
  ScanRequest request{std::move(clip), std::move(window), {}, 0, 0};
  request.stretches = std::make_shared<const std::vector<TimeSpan>>(std::move(stretches));
  return impl_->submit(impl_->scan_slot, std::move(request), Kind::scan);
}

void Worker::stop_scan() { impl_->stop_scan(); }

void Worker::cancel() { impl_->cancel(); }

WorkerStats Worker::stats() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->stats;
}

bool Worker::busy() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->running || impl_->label_slot || impl_->recognition_slot || impl_->probe_slot || impl_->scan_slot;
}

}  // namespace purlscope::core
