#pragma once

#include <cstddef>
#include <vector>

#include "core/timeline/score_track.h"

namespace purlscope::core {

/// How stretches of one action are found in scores over time.
struct SegmentOptions {
  double smoothing = 1.0;    ///< seconds over which scores are averaged
  double takeover = 1.2;     ///< times the score of the label before from which on another one takes over
  double confidence = 1.0;   ///< times the score of "none of these" from which on a label is believed
  double leave = 0.8;        ///< share of `confidence` below which a believed label ends
  double min_length = 1.0;   ///< seconds; what is shorter goes to its neighbours
  double longest_gap = 1.5;  ///< seconds between scored windows beyond which nothing is known of the time between
};

/// A stretch in which one label wins.
struct FoundSegment {
  double begin = 0.0;     ///< seconds
  double end = 0.0;       ///< seconds, exclusive
  std::size_t label = 0;  ///< index in ScoreTrack::labels
  double score = 0.0;     ///< mean probability of the label over the windows of the stretch, not smoothed
};

/// Finds the stretches of one action. Each scored window stands for the time half-way to its neighbours. Scores are
/// averaged over `smoothing`; the best label of a window is believed where it reaches `confidence`; it stays until
/// another one is `takeover` times as probable, or it falls below `leave`. The border lies where the newer label came
/// to lead. Stretches shorter than `min_length` then go, shortest first, to the neighbour whose label is more probable
/// there. Time in which no label is believed, or which was not scored, belongs to no stretch.
///
/// Of equal labels the first one wins. Plain mathematics: no state, any thread; O(windows x labels).
/// @return by begin, not overlapping
std::vector<FoundSegment> find_segments(const ScoreTrack& track, const SegmentOptions& options = {});

/// Index of the stretch that holds a time, segments.size() where none does.
std::size_t segment_at(const std::vector<FoundSegment>& segments, double time);

}  // namespace purlscope::core
