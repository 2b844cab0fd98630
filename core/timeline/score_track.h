#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/recognition.h"

namespace purlscope::core {

/// Probabilities of labels over time: windows of a recording or of a stream, scored one by one. Plain values; what has
/// not been scored, or could not be, is NaN.
struct ScoreTrack {
  std::vector<std::string> labels;   ///< [L]
  std::vector<TimeSpan> windows;     ///< [N] stretch that each was scored on, seconds
  std::vector<double> times;         ///< [N] the moment that a window's scores stand for, seconds, rising
  std::vector<float> probabilities;  ///< [N, L], label fastest
  std::vector<float> none;           ///< [N] "none of these"

  std::size_t size() const { return times.size(); }
  float at(std::size_t window, std::size_t label) const { return probabilities[window * labels.size() + label]; }
  bool scored(std::size_t window) const;
  /// Puts a window's scores in their places; labels are found by their text.
  void set(std::size_t window, const Recognition& result);
  /// Appends a window that ends later than all before.
  void add(const TimeSpan& window, double time, const Recognition& result);
  /// The scored window that stands nearest to a time, nothing when none does within `reach` seconds.
  std::optional<std::size_t> nearest(double time, double reach = std::numeric_limits<double>::infinity()) const;
};

/// A track with nothing scored yet; each window stands for its middle.
ScoreTrack empty_track(std::vector<std::string> labels, std::vector<TimeSpan> windows);

/// How a recording is cut for scores over time.
struct Sliding {
  double length = 2.0;   ///< of a window, seconds
  double stride = 0.25;  ///< from one window's beginning to the next one's, seconds
  bool operator==(const Sliding&) const = default;
};

/// Windows from the beginning to the end of a recording, the last one moved so that it ends with it. A recording
/// shorter than a window is one window. The stride is widened where there would be more windows than `most`.
/// @param duration seconds
/// @throws Error{Code::bad_argument} for a length, stride or duration that is not positive
std::vector<TimeSpan> sliding_windows(double duration, const Sliding& sliding, std::size_t most = 20000);

/// The numbers 0 to count - 1, first every eighth, then those half-way between, and so on: whoever works in this order
/// has an overview early.
std::vector<std::size_t> coarse_to_fine(std::size_t count);

}  // namespace purlscope::core
