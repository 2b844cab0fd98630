#pragma once

#include <QObject>
#include <QTimer>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/scores/lane_choice.h"
#include "core/engine/worker.h"
#include "core/timeline/score_track.h"
#include "core/timeline/segments.h"

namespace purlscope::app {

class EngineLink;
class LiveSession;
class Session;

/// Scores over time of what is shown, the labels that have a lane, and the segments in which one label wins. A long
/// recording is scored window by window whenever the engine has nothing else to do, a short one when asked; of a live
/// source the windows are taken as they come. Thread: UI.
class ScoreLanes : public QObject {
  Q_OBJECT

 public:
  ScoreLanes(Session* session, EngineLink* engine, LiveSession* live, QObject* parent = nullptr);

  /// Times of track and segments are seconds of the recording, or of the stream.
  const core::ScoreTrack& track() const { return track_; }
  /// By begin; found once all windows are scored. Of recordings alone.
  const std::vector<core::FoundSegment>& segments() const { return segments_; }
  /// Seconds on the track's clock at the time 0 of the clip that is shown.
  double offset() const;
  const std::vector<Lane>& lanes() const { return lanes_; }
  /// Colour slot of a label of the session; nothing where it is not among the top kLaneColours, which have one whether
  /// there is room for their lanes or not.
  std::optional<int> colour(std::size_t label) const;
  float scale() const { return scale_; }

  /// Whether lanes are to be seen: switched on, and there is something that lasts longer than an action or that was
  /// asked for.
  bool shown() const;
  /// How many lanes there is room for.
  void set_room(std::size_t lanes);

  bool scoring() const { return generation_ != 0; }
  /// Share of the windows that are done, 0 to 1.
  double progress() const;
  /// Why windows could not be scored, empty when all could.
  const std::string& reason() const { return reason_; }

  /// Scores the whole recording now, also a short one.
  void score();
  /// The same windows again, where there are any: what scores them has changed.
  void score_again();
  /// What was scored stays.
  void stop();
  bool on() const { return on_; }
  void set_on(bool on);
  const core::Sliding& sliding() const { return sliding_; }
  void set_sliding(const core::Sliding& sliding);

  /// A recording of at least so many windows is scored without being asked for.
  static constexpr double kLongFrom = 3.0;

 Q_SIGNALS:
  /// Track, segments, lanes or progress. At most ten times a second.
  void changed();
  void shown_changed();
  /// Colours of labels.
  void lanes_changed();

 private:
  void begin_anew();
  void restart();
  void take(const std::vector<core::Scanned>& answers);
  void take_live();
  void finish();
  void refresh();
  void choose(const std::vector<std::pair<std::string, int>>& colours);
  void tell_shown();
  void forget_unscored();
  bool is_long() const;
  std::vector<std::string> label_texts() const;

  Session* session_;
  EngineLink* engine_;
  LiveSession* live_;
  QTimer refresh_;
  core::Sliding sliding_;
  bool on_ = true;
  bool asked_ = false;  // for the clip that is shown
  bool was_shown_ = false;
  std::size_t room_ = 3;
  std::uint64_t generation_ = 0;    // of the scan that runs, 0 = none
  std::vector<std::size_t> order_;  // window of each stretch that was asked for
  std::size_t done_ = 0;
  std::vector<bool> fresh_;  // windows scored by this scan
  std::string reason_;
  core::ScoreTrack track_;
  std::vector<core::FoundSegment> segments_;
  std::vector<Lane> coloured_;
  std::vector<Lane> lanes_;  // those of them for which there is room
  float scale_ = 1.0F;
};

}  // namespace purlscope::app
