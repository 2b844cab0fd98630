#include "core/timeline/segments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace purlscope::core {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// A window that was scored.
struct Cell {
  std::size_t window = 0;
  double begin = 0.0;  ///< of the time that it stands for, seconds
  double end = 0.0;
  std::vector<float> scores;  ///< [L] smoothed
  float none = 0.0F;          ///< smoothed
  std::size_t best = kNone;   ///< label
};

/// Neighbouring cells of one label.
struct Run {
  std::size_t first = 0;  ///< index of cells
  std::size_t last = 0;   ///< inclusive
  std::size_t label = kNone;
};

bool usable(const ScoreTrack& track, std::size_t window) {
  if (!std::isfinite(track.none[window])) return false;
  for (std::size_t label = 0; label < track.labels.size(); ++label) {
    if (!std::isfinite(track.at(window, label))) return false;
  }
  return true;
}

/// The time that each window stands for: half-way to its neighbours where those are near, else its own share.
std::vector<Cell> cells_of(const ScoreTrack& track, double longest_gap) {
  std::vector<Cell> cells;
  for (std::size_t window = 0; window < track.size(); ++window) {
    if (usable(track, window)) cells.push_back({.window = window, .scores = {}});
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double time = track.times[cells[i].window];
    const TimeSpan& own = track.windows[cells[i].window];
    cells[i].begin = i == 0 ? own.begin : std::max(own.begin, time - 0.5 * longest_gap);
    cells[i].end = i + 1 == cells.size() ? own.end : std::min(own.end, time + 0.5 * longest_gap);
    if (i == 0) continue;
    const double before = track.times[cells[i - 1].window];
    if (time - before > longest_gap) continue;
    cells[i].begin = cells[i - 1].end = 0.5 * (before + time);
  }
  return cells;
}

/// Averages over the windows that stand within half of `width` of each cell's window.
void smooth(const ScoreTrack& track, double width, std::vector<Cell>& cells) {
  const std::size_t labels = track.labels.size();
  std::vector<double> sums(labels, 0.0);
  double none = 0.0;
  const auto move = [&](const Cell& cell, double sign) {
    for (std::size_t label = 0; label < labels; ++label) {
      sums[label] += sign * static_cast<double>(track.at(cell.window, label));
    }
    none += sign * static_cast<double>(track.none[cell.window]);
  };
  const auto time = [&](std::size_t i) { return track.times[cells[i].window]; };
  std::size_t first = 0;
  std::size_t next = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    while (next < cells.size() && time(next) <= time(i) + 0.5 * width) move(cells[next++], 1.0);
    while (time(first) < time(i) - 0.5 * width) move(cells[first++], -1.0);
    const double share = 1.0 / static_cast<double>(next - first);
    cells[i].none = static_cast<float>(none * share);
    cells[i].scores.resize(labels);
    for (std::size_t label = 0; label < labels; ++label) {
      cells[i].scores[label] = static_cast<float>(sums[label] * share);
    }
    cells[i].best = static_cast<std::size_t>(std::max_element(cells[i].scores.begin(), cells[i].scores.end()) -
                                             cells[i].scores.begin());
  }
}

bool believed(const Cell& cell, std::size_t label, double times_none) {
  return static_cast<double>(cell.scores[label]) >= times_none * static_cast<double>(cell.none);
}

/// The label of each cell, with hysteresis.
std::vector<std::size_t> labels_of(const std::vector<Cell>& cells, const SegmentOptions& options) {
  std::vector<std::size_t> out(cells.size(), kNone);
  std::size_t held = kNone;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    if (i > 0 && cells[i - 1].end < cell.begin) held = kNone;  // nothing is known of the time between
    if (held != kNone && !believed(cell, held, options.confidence * options.leave)) held = kNone;
    const bool enters = believed(cell, cell.best, options.confidence);
    if (held == kNone) {
      held = enters ? cell.best : kNone;
    } else if (enters && static_cast<double>(cell.scores[cell.best]) >=
                             options.takeover * static_cast<double>(cell.scores[held])) {
      const std::size_t before = std::exchange(held, cell.best);
      for (std::size_t k = i; k-- > 0 && out[k] == before && cells[k].scores[held] > cells[k].scores[before];) {
        out[k] = held;  // where it came to lead
      }
    }
    out[i] = held;
  }
  return out;
}

std::vector<Run> runs_of(const std::vector<Cell>& cells, const std::vector<std::size_t>& labels) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool joined = i > 0 && labels[i] == labels[i - 1] && cells[i - 1].end >= cells[i].begin;
    if (joined) {
      runs.back().last = i;
    } else {
      runs.push_back({i, i, labels[i]});
    }
  }
  return runs;
}

double mean_score(const std::vector<Cell>& cells, const Run& run, std::size_t label) {
  if (label == kNone) return -1.0;
  double sum = 0.0;
  for (std::size_t i = run.first; i <= run.last; ++i) sum += static_cast<double>(cells[i].scores[label]);
  return sum;
}

/// Gives the shortest stretch that is too short to its neighbours. @return false when there is none
bool dissolve_shortest(const std::vector<Cell>& cells, double min_length, std::vector<std::size_t>& labels) {
  const std::vector<Run> runs = runs_of(cells, labels);
  std::size_t shortest = runs.size();
  double least = min_length - 1e-9;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const double length = cells[runs[r].last].end - cells[runs[r].first].begin;
    if (runs[r].label == kNone || length >= least) continue;
    shortest = r;
    least = length;
  }
  if (shortest == runs.size()) return false;
  const Run& run = runs[shortest];
  const auto neighbour = [&](std::size_t r, double here, double there) {
    return r < runs.size() && here <= there ? runs[r].label : kNone;
  };
  const std::size_t before =
      shortest == 0 ? kNone : neighbour(shortest - 1, cells[run.first].begin, cells[runs[shortest - 1].last].end);
  const std::size_t after = shortest + 1 == runs.size()
                                ? kNone
                                : neighbour(shortest + 1, cells[runs[shortest + 1].first].begin, cells[run.last].end);
  const std::size_t heir = mean_score(cells, run, before) >= mean_score(cells, run, after) ? before : after;
  std::fill(labels.begin() + static_cast<std::ptrdiff_t>(run.first),
            labels.begin() + static_cast<std::ptrdiff_t>(run.last) + 1, heir);
  return true;
}

}  // namespace

std::vector<FoundSegment> find_segments(const ScoreTrack& track, const SegmentOptions& options) {
  if (track.labels.empty()) return {};
  std::vector<Cell> cells = cells_of(track, options.longest_gap);
  smooth(track, options.smoothing, cells);
  std::vector<std::size_t> labels = labels_of(cells, options);
  if (cells.empty()) return {};
  const double min_length = std::min(options.min_length, cells.back().end - cells.front().begin);
  while (dissolve_shortest(cells, min_length, labels)) {
  }
  std::vector<FoundSegment> found;
  for (const Run& run : runs_of(cells, labels)) {
    if (run.label == kNone) continue;
    double sum = 0.0;
    for (std::size_t i = run.first; i <= run.last; ++i) {
      sum += static_cast<double>(track.at(cells[i].window, run.label));
    }
    const double score = sum / static_cast<double>(run.last - run.first + 1);
    found.push_back({cells[run.first].begin, cells[run.last].end, run.label, score});
  }
  return found;
}

std::size_t segment_at(const std::vector<FoundSegment>& segments, double time) {
  const auto after = std::upper_bound(segments.begin(), segments.end(), time,
                                      [](double t, const FoundSegment& segment) { return t < segment.begin; });
  if (after == segments.begin()) return segments.size();
  const auto at = static_cast<std::size_t>(after - segments.begin()) - 1;
  return time < segments[at].end ? at : segments.size();
}

}  // namespace purlscope::core
