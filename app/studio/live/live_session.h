#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/studio/live/closer.h"
#include "app/studio/live/live_meter.h"
#include "app/studio/live/score_history.h"
#include "core/live/live_window.h"
#include "core/live/pose_source.h"
#include "core/live/recorder.h"

namespace purlscope::app {

class EngineLink;
class Player;
class Session;

/// A live source as the window's recording. Takes the source's newest frames at the screen's pace, shows the last
/// seconds of them, has a window of them scored as often as the engine can (at most once a stride), and records.
///
/// Whoever moves in time while it is followed holds it: what is shown stands still, the source and the recording go on.
/// Opening something else leaves the source connected as well. Never waits for the source, the engine or the disk.
/// Thread: UI.
class LiveSession : public QObject {
  Q_OBJECT

 public:
  enum class Mode {
    off,        ///< no source
    following,  ///< the newest pose is shown as it comes
    held        ///< connected, but something else is looked at: an earlier moment, or another recording
  };

  LiveSession(Session* session, Player* player, EngineLink* engine, QObject* parent = nullptr);
  /// As disconnect_source(); waits up to 2 s for the source's thread.
  ~LiveSession() override;

  /// Leaves the source before and connects to another, followed. Whether it can be opened is told by status().
  /// @throws Error{Code::bad_argument} for an address that says nothing; the source before then stays
  void connect_source(const QString& uri);
  void disconnect_source();
  /// Closes sources; another one of the same place may be opened once it is idle.
  Closer* closer() { return &closer_; }
  bool connected() const { return source_ != nullptr; }
  /// Address of the source, as given; empty without one.
  QString uri() const;

  Mode mode() const { return mode_; }
  /// Goes to the newest pose and on with it.
  void follow();
  /// Lets what is shown stand still.
  void hold();
  /// True while the session's clip is this source's.
  bool showing() const;

  /// What was recognised in the last seconds.
  const ScoreHistory& history() const { return history_; }

  /// The state a moment ago.
  const core::SourceStatus& status() const { return status_; }
  /// The source has come to its end, or has failed.
  bool over() const { return ended_told_; }
  const LiveMeter& meter() const { return meter_; }
  /// Frames that were let go of before they could be shown.
  std::uint64_t missed() const { return missed_; }
  /// The longest time the UI thread left this waiting since the source was connected. Milliseconds.
  double longest_gap_ms() const { return longest_gap_ms_; }
  /// False while nobody, or not the chosen person, is in view.
  bool in_view() const { return in_view_; }

  /// Records all that comes from here on. @throws Error{Code::io} when the file cannot be created
  void record(const std::filesystem::path& file);
  void stop_recording();
  bool recording() const { return recorder_ != nullptr; }
  core::RecorderStatus recorded() const;
  const std::filesystem::path& record_file() const { return record_file_; }

  /// The labels or the person have changed while the source is shown: scores anew.
  void score_again();
  /// Whether windows of the followed source are to be learned from as they come, where refinement is on.
  void set_learning(bool on) { learning_ = on; }
  /// The window that is shown is scored again and learned from.
  void learn_now();
  /// An answer of the engine to what was asked for here.
  void take_result(core::RecognitionPtr recognition);

  static constexpr double kWindow = 2.0;  ///< seconds that are scored at a time, as `watch` has it
  static constexpr double kStride = 0.5;  ///< seconds from one window to the next

 Q_SIGNALS:
  void mode_changed();
  void status_changed();
  void recording_changed();
  void came_to_an_end();
  /// A recording was closed and can be opened; frames = 0: nothing came, and there is no file.
  void recorded_file(const QString& path, quint64 frames);
  /// The source gave up, or the recording did. The text says why and what to do.
  void failed(const QString& text);

 private:
  /// What the engine was asked for. Seconds of the stream.
  struct Asked {
    double begin = 0.0;
    double end = 0.0;
  };

  void poll();
  void measure_gap();
  void read_news();
  void refresh_status();
  void show_newest();
  void ask_when_due();
  void ask_newest(bool learn);
  void ask_held(bool learn);
  void player_moved();
  void set_mode(Mode mode);
  void retire(std::shared_ptr<core::PoseSource> source, std::unique_ptr<core::Recorder> recorder);

  Session* session_;
  Player* player_;
  EngineLink* engine_;
  std::shared_ptr<core::PoseSource> source_;  // shared with the threads that close it
  std::unique_ptr<core::Recorder> recorder_;  // reads the source
  std::filesystem::path record_file_;
  Closer closer_;
  std::string title_;  // what the clips are called
  Mode mode_ = Mode::off;
  QTimer poll_timer_;
  QTimer status_timer_;
  core::SourceStatus status_;
  core::PersonNumbers numbers_;
  LiveMeter meter_;
  ScoreHistory history_;
  std::optional<Asked> asked_;
  std::uint64_t cursor_ = 0;  // the last frame taken in
  std::uint64_t missed_ = 0;
  double newest_ = 0.0;             // seconds of the stream
  std::optional<double> last_end_;  // of the last window asked for
  bool shown_ = false;              // the session has a clip of this source, or had
  bool in_view_ = false;
  QElapsedTimer since_poll_;
  double longest_gap_ms_ = 0.0;
  bool moving_ = false;  // the player is being moved from here
  bool started_ = false;
  bool ended_told_ = false;
  bool learning_ = true;
};

}  // namespace purlscope::app
