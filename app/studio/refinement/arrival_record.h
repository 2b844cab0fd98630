#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "core/engine/recognition.h"
#include "core/engine/refinement.h"

namespace purlscope::app {

/// A window that was learned from, as people look back at it.
struct Arrival {
  std::string clip;  ///< name of the recording or source
  std::string path;  ///< of the recording; empty for a live source
  double begin = 0;  ///< seconds of the clip
  double end = 0;
  bool whole = false;         ///< the window was the whole clip
  std::uint64_t number = 0;   ///< since the start of refinement, from 0
  std::vector<float> energy;  ///< motion over its course, [kEnergyPoints], 0 to 1
};

/// Accuracy so far, on windows whose true label is known. Shares from 0 to 1.
struct ArrivalScore {
  double plain = 0;    ///< as it would have been without refinement
  double refined = 0;  ///< as it was
};

/// The windows that refinement has learned from, in order, and how many of them were right when they came: each is
/// counted by the scores that it got before it was learned from. Thread: one at a time.
class ArrivalRecord {
 public:
  /// @param recognition  of a window that is learned from
  void add(const core::Recognition& recognition);
  /// Refinement starts anew: windows are numbered from 0.
  void clear();
  /// What was learned is gone, and with it what was counted; the windows stay known.
  void clear_score();

  /// Windows counted: those whose recording bears one of the labels asked for.
  std::size_t known() const { return known_; }
  /// Of the last kCurve windows counted, what was right so far; the last one is of all.
  const std::deque<ArrivalScore>& curve() const { return curve_; }
  /// The window that the bank remembers; null when it is not known here (it came with a saved state).
  const Arrival* find(const core::BankEntry& entry) const;

  static constexpr std::size_t kCurve = 2000;
  static constexpr std::size_t kMost = 4000;  ///< windows looked back on
  static constexpr std::size_t kEnergyPoints = 12;

 private:
  std::deque<Arrival> arrivals_;
  std::deque<ArrivalScore> curve_;
  std::uint64_t number_ = 0;
  std::size_t known_ = 0;
  std::size_t plain_right_ = 0;
  std::size_t refined_right_ = 0;
};

}  // namespace purlscope::app
