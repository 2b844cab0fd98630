#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/recognising.h"
#include "app/cli/support/refining.h"
#include "app/cli/support/segment_rows.h"
#include "core/base/error.h"
#include "core/engine/loader.h"
#include "core/engine/nearest.h"
#include "core/live/live_window.h"
#include "core/live/make_source.h"
#include "core/live/recorder.h"

namespace purlscope::app::cli {
namespace {

constexpr auto kWait = std::chrono::milliseconds(100);
constexpr std::size_t kMostSegmentWindows = 200'000;  // that segments are found in: 28 hours at two a second
constexpr double kLongestWindow = 60.0;               // seconds; what the ring of frames holds at 60 frames a second

struct WatchOptions {
  RecogniseOptions recognise;
  std::string source;
  std::string record;
  std::string segments;  ///< file
  double stride = 0.5;
  double window = 2.0;
  std::optional<double> longest;
  std::size_t top = 0;
  bool refine = false;
  std::string refinement;
  bool as_json = true;  ///< there is no other form
};

/// Where the time between a pose and its scores went. Milliseconds.
struct Latency {
  double source = 0.0;  ///< on the way to us
  double queue = 0.0;   ///< until the recognition began
  double infer = 0.0;
  double total() const { return source + queue + infer; }
};

double milliseconds(core::LiveTime from, core::LiveTime to) { return 1000.0 * core::seconds_between(from, to); }

/// Median and 95th percentile of the newest latencies.
class LatencyLog {
 public:
  void add(double total) {
    if (totals_.size() < kKept)
      totals_.push_back(total);
    else
      totals_[count_ % kKept] = total;
    ++count_;
  }

  std::size_t count() const { return count_; }

  std::string summary() const {
    if (totals_.empty()) return "no window was recognised";
    std::vector<double> sorted = totals_;
    std::ranges::sort(sorted);
    const auto at = [&](double share) {
      return sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))];
    };
    return fmt::format("{} windows, latency median {:.1f} ms, p95 {:.1f} ms", count_, at(0.5), at(0.95));
  }

 private:
  static constexpr std::size_t kKept = 65536;
  std::vector<double> totals_;
  std::size_t count_ = 0;
};

/// Cuts windows out of a running source, scores and prints them. The source is never held up: a window is cut when the
/// one before is done, and always of the newest frames.
class Watch {
 public:
  Watch(const WatchOptions& options, const core::LabelSet& labels, const std::stop_token& stop)
      : options_(options), stop_(stop), source_(core::make_source(options.source)) {
    engine_ = core::load_engine(engine_options(options.recognise));
    engine_->set_labels(core::with_nearest(labels, *engine_), stop);
    for (const core::Label& label : labels.labels) track_.labels.push_back(label.text);
    window_ = engine_->describe().window;
    if (options.refine) start_refinement();
    if (!options.record.empty()) {
      prepare_output(options.record);
      recorder_.emplace(*source_, options.record);
    }
  }

  void run() {
    const core::LiveTime start = core::LiveClock::now();
    source_->start();
    while (!stop_.stop_requested() && !is_over(start)) {
      const bool ended = source_->frames().closed();  // asked first: what came before the end is still taken
      source_->frames().wait_after(cursor_, kWait, stop_);
      take_news();
      if (is_due(ended)) recognise();
      tell_state();
      tell_refinement();
      if (ended) break;
    }
    source_->stop();
    finish();
  }

 private:
  void start_refinement() {
    refinement_ = engine_->refinement();
    if (refinement_ == nullptr) throw Error(Code::unsupported, "--refine: this engine cannot learn from what it sees");
    refinement_->start({refinement_settings(options_.refinement), true});
  }

  /// Says on stderr what the guard has done.
  void tell_refinement() {
    if (refinement_ == nullptr) return;
    const core::RefinementState state = refinement_->state();
    for (; told_messages_ < state.messages.size(); ++told_messages_) {
      fmt::print(stderr, "refinement: {}\n", state.messages[told_messages_]);
    }
  }

  bool is_over(core::LiveTime start) const {
    return options_.longest && core::seconds_between(start, core::LiveClock::now()) >= *options_.longest;
  }

  void take_news() {
    const std::vector<core::LiveFramePtr> frames = source_->frames().after(cursor_);
    if (frames.empty()) return;
    missed_ += frames.front()->sequence - cursor_ - 1;
    cursor_ = frames.back()->sequence;
    if (!first_time_) first_time_ = frames.front()->time;
    newest_time_ = frames.back()->time;
    for (const core::LiveFramePtr& frame : frames) persons_.see(*frame);
  }

  /// @param ended  no frame will follow: the rest is recognised if it is at least half a stride, or all there is
  bool is_due(bool ended) const {
    if (!first_time_) return false;
    const double passed = newest_time_ - last_end_.value_or(*first_time_);
    return passed >= options_.stride || (ended && (!last_end_ || passed >= 0.5 * options_.stride));
  }

  void recognise() {
    const std::vector<core::LiveFramePtr> frames = source_->frames().last(options_.window);
    last_end_ = newest_time_ = frames.back()->time;
    const core::ClipPtr clip = core::live_clip(frames, options_.source);
    const std::optional<int> person = choose_person(*clip);
    if (!person) return;
    const core::LiveTime begin = core::LiveClock::now();
    core::WindowOptions window = window_;
    window.person = person;
    const std::optional<core::Window> cut = cut_window(clip, window);
    if (!cut) return;
    const core::Recognition recognition = engine_->recognise(*cut, false);
    const core::LiveTime end = core::LiveClock::now();
    const core::LiveFrame& newest = *frames.back();
    const Latency latency{milliseconds(newest.taken, newest.received), milliseconds(newest.received, begin),
                          milliseconds(begin, end)};
    log_.add(latency.total());
    if (!options_.segments.empty() && track_.size() < kMostSegmentWindows) {
      const core::TimeSpan span{frames.front()->time - *first_time_, *last_end_ - *first_time_};
      track_.add(span, 0.5 * (span.begin + span.end), recognition);
    }
    print(recognition, clip->persons[static_cast<std::size_t>(*person)].id, latency);
  }

  /// Empty when the person is there but not one joint of theirs.
  static std::optional<core::Window> cut_window(const core::ClipPtr& clip, const core::WindowOptions& options) {
    try {
      return core::make_window(clip, options);
    } catch (const Error& error) {
      if (error.code() != Code::bad_format) throw;
      return std::nullopt;
    }
  }

  /// Index in the clip of the person asked for, else of the one with most energy. Empty when not in view.
  std::optional<int> choose_person(const core::Clip& clip) const {
    if (clip.persons.empty()) return std::nullopt;
    if (!options_.recognise.person) return core::most_energetic_person(clip);
    const std::string id = persons_.id(static_cast<std::size_t>(*options_.recognise.person));
    const auto found = std::ranges::find(clip.persons, id, &core::Person::id);
    if (id.empty() || found == clip.persons.end()) return std::nullopt;
    return static_cast<int>(found - clip.persons.begin());
  }

  void print(const core::Recognition& recognition, const std::string& id, const Latency& latency) const {
    Json document = recognition_document(recognition, options_.top);
    const int index = persons_.number(id);
    print_line({{"t", number(*last_end_ - *first_time_)},
                {"person", index < 0 ? Json(nullptr) : Json(index)},
                {"person_id", id},
                {"labels", std::move(document["labels"])},
                {"none_of_these", std::move(document["none_of_these"])},
                {"refined", recognition.refined},
                {"latency_ms",
                 {{"source", number(latency.source)},
                  {"queue", number(latency.queue)},
                  {"infer", number(latency.infer)},
                  {"total", number(latency.total())}}},
                {"dropped", source_->status().dropped + missed_}});
  }

  /// Says on stderr when the source changes.
  void tell_state() {
    const core::SourceStatus status = source_->status();
    if (status.state == told_) return;
    told_ = status.state;
    fmt::print(stderr, "{}: {}{}{}\n", options_.source, core::source_state_name(status.state),
               status.text.empty() ? "" : ", ", status.text);
  }

  void finish() {
    tell_state();
    const core::SourceStatus status = source_->status();
    fmt::print(stderr, "{}; {} frames received, {} bad, {} dropped, {} reconnects\n", log_.summary(), status.received,
               status.bad, status.dropped + missed_, status.reconnects);
    if (refinement_ != nullptr) {
      const core::RefinementState learned = refinement_->state();
      fmt::print(stderr, "refinement: {} steps of {:.1f} ms, bank {}\n", learned.steps, learned.step_ms,
                 bank_document(learned).dump());
    }
    if (status.bad > 0) fmt::print(stderr, "the first bad one: {}\n", status.first_bad);
    if (!options_.segments.empty()) {
      prepare_output(options_.segments);
      const std::vector<core::FoundSegment> found = core::find_segments(track_);
      write_segments(track_, found, options_.segments);
      fmt::print(stderr, "{}: {} segments\n", options_.segments, found.size());
    }
    if (recorder_) {
      recorder_->stop();
      const core::RecorderStatus recorded = recorder_->status();
      if (!recorded.error.empty()) throw Error(Code::io, recorded.error);
      fmt::print(stderr, "{}: {} frames recorded, {} left out\n", options_.record, recorded.frames, recorded.skipped);
    }
    if (status.state == core::SourceState::failed) throw Error(Code::io, options_.source + ": " + status.last_error);
  }

  const WatchOptions& options_;
  std::stop_token stop_;
  std::unique_ptr<core::PoseSource> source_;
  std::optional<core::Recorder> recorder_;  ///< reads the source, so it goes first
  std::unique_ptr<core::Engine> engine_;
  core::Refinement* refinement_ = nullptr;  ///< the engine's, when it learns
  std::size_t told_messages_ = 0;
  core::WindowOptions window_;
  core::PersonNumbers persons_;
  LatencyLog log_;
  core::SourceState told_ = core::SourceState::idle;
  std::uint64_t cursor_ = 0;
  std::uint64_t missed_ = 0;  ///< frames that the ring let go of before they were seen here
  std::optional<double> first_time_;
  double newest_time_ = 0.0;
  std::optional<double> last_end_;  ///< of the last window
  core::ScoreTrack track_;          ///< all windows, where segments are asked for
};

int watch(const WatchOptions& options, const std::stop_token& stop) {
  if (!options.refine && !options.refinement.empty()) {
    throw Error(Code::bad_argument, "--refinement says how --refine learns: give that as well");
  }
  const core::LabelSet labels = requested_labels(options.recognise);
  if (labels.labels.empty()) {
    throw Error(Code::bad_argument, "watch needs labels: --labels \"wave, clap\" or --labels-file FILE");
  }
  try {
    Watch(options, labels, stop).run();
  } catch (const Error& error) {
    if (error.code() != Code::cancelled) throw;  // SIGINT while the engine loads ends as at any other time
  }
  return kDone;
}

}  // namespace

Run define_watch(CLI::App& app) {
  auto options = std::make_shared<WatchOptions>();
  std::string kinds;
  for (const core::SourceKind& kind : core::source_kinds()) {
    kinds += fmt::format("{}{}", kinds.empty() ? "" : ", ", kind.example);
  }
  app.add_option("SOURCE", options->source, "live source: " + kinds)->required();
  add_label_options(app, options->recognise);
  add_model_options(app, options->recognise);
  app.get_option("--person")
      ->description(
          "number of the person, from 0 in the order of appearance; in each window the "
          "one with most energy without it");
  app.add_option("--stride", options->stride, "seconds of the stream from one window to the next (0.5)")
      ->check(CLI::Range(0.02, kLongestWindow));
  app.add_option("--window", options->window, "seconds of the stream in a window (2)")
      ->check(CLI::Range(0.1, kLongestWindow));
  app.add_option("--record", options->record, "record all frames to this .purlrec file");
  app.add_option(
      "--segments", options->segments,
      "write which label won when to this file at the end: rows start, end, label, score; JSON where it ends "
      "in .json, else CSV");
  app.add_option("--max-seconds", options->longest, "end after so long")->check(CLI::Range(0.0, 1e9));
  app.add_option("--top", options->top, "most labels listed; 0 = all")->check(CLI::Range(0, 1000000));
  app.add_flag("--refine", options->refine, "learn from the stream while watching, without labels");
  add_refinement_option(app, options->refinement);
  app.add_flag("--json", options->as_json, "one JSON document a line, as without it");
  return [options](const Call& call) { return watch(*options, call.stop); };
}

}  // namespace purlscope::app::cli
