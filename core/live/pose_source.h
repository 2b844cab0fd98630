#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "core/live/handoff/frame_ring.h"
#include "core/live/live_frame.h"

namespace purlscope::core {

enum class SourceState {
  idle,        ///< not started
  opening,     ///< opens its socket, file, device or process
  waiting,     ///< ready, nothing has come yet
  live,        ///< frames come
  stalled,     ///< frames came, but none for a second
  connecting,  ///< lost, or not yet there; tries again with back-off
  ended,       ///< came to its end: the file is through, or it was stopped
  failed       ///< gave up; `SourceStatus::last_error` says why
};

/// "live", as the enumerator is called.
const char* source_state_name(SourceState state);

/// A source as the window and the command line show it. Counters since start.
struct SourceStatus {
  SourceState state = SourceState::idle;
  std::string text;              ///< one line for people: "listening on 127.0.0.1:39539"
  std::string last_error;        ///< the newest trouble, empty while there was none
  std::string first_bad;         ///< why the first bad packet was refused
  std::uint64_t received = 0;    ///< frames published
  std::uint64_t bad = 0;         ///< packets, lines or files refused as malformed
  std::uint64_t dropped = 0;     ///< good ones left out: too many a second, too late, of a second sender
  std::uint64_t reconnects = 0;  ///< how often the connection, device or process was opened again
  double rate = 0.0;             ///< frames a second over the last two seconds
};

/// Where a LiveInput puts its frames and says how it is. Thread: any.
class LiveOutput {
 public:
  virtual ~LiveOutput() = default;

  /// Hands a frame on. `sequence` is set here; `received` and `taken` become now where they are not set, `time` is
  /// kept from falling. Frames without a layout, or with a person of another joint count, count as bad. Frames with
  /// joints that are not finite are mended: such joints become missing.
  virtual void publish(LiveFrame frame) = 0;
  /// Counts a malformed packet; the first and the last message are kept.
  virtual void count_bad(const std::string& why) = 0;
  /// Counts good frames that were left out.
  virtual void count_dropped(std::uint64_t frames = 1) = 0;
  virtual void count_reconnect() = 0;
  /// @param text  one line for people
  virtual void set_state(SourceState state, std::string text) = 0;
  /// Keeps the newest trouble without a change of state.
  virtual void set_error(std::string what) = 0;
};

/// What one kind of source does. A new kind (camera, socket, file) is a class of this.
class LiveInput {
 public:
  virtual ~LiveInput() = default;

  /// Produces frames until its end or the stop request, which it must follow within a second also while it waits (use
  /// std::stop_callback to wake what blocks). Called once, on the source's thread.
  /// @throws Error when it cannot go on: the source becomes `failed` with the message
  virtual void run(LiveOutput& out, std::stop_token stop) = 0;
};

/// A live source of poses on a thread of its own. All methods return at once unless said otherwise.
/// Thread: any; `take_newest` one thread.
class PoseSource {
 public:
  /// @param uri  as the user named it
  PoseSource(std::string uri, std::unique_ptr<LiveInput> input);
  /// As stop().
  ~PoseSource();
  PoseSource(const PoseSource&) = delete;
  PoseSource& operator=(const PoseSource&) = delete;

  const std::string& uri() const { return uri_; }

  /// Starts the thread. Further calls do nothing.
  void start();
  /// Asks the thread to stop and joins it: within 2 s, after which a thread that hangs in a device is left behind and
  /// the log says so. The frames stay readable.
  void stop();

  SourceStatus status() const;
  /// The last frames. Closed when the source has ended.
  const FrameRing& frames() const;
  /// The newest frame, for drawing. @return true when a newer one came since the last call
  bool take_newest(LiveFramePtr& frame);

 private:
  struct Shared;
  std::string uri_;
  std::shared_ptr<Shared> shared_;  ///< outlives the source while a hanging thread uses it
};

}  // namespace purlscope::core
