#include "core/timeline/score_track.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr double kRounding = 1e-9;  // of a stride
constexpr std::size_t kCoarsest = 8;

/// Index of a score by its label's text; most often at the place where it was before.
const LabelScore* score_of(const Recognition& result, const std::string& label, std::size_t guess) {
  if (guess < result.labels.size() && result.labels[guess].label == label) return &result.labels[guess];
  const auto found = std::find_if(result.labels.begin(), result.labels.end(),
                                  [&](const LabelScore& score) { return score.label == label; });
  return found == result.labels.end() ? nullptr : &*found;
}

}  // namespace

bool ScoreTrack::scored(std::size_t window) const { return !std::isnan(none[window]); }

void ScoreTrack::set(std::size_t window, const Recognition& result) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const LabelScore* score = score_of(result, labels[i], i);
    probabilities[window * labels.size() + i] = score != nullptr ? score->probability : kUnknown;
  }
  none[window] = result.none_of_these;
}

void ScoreTrack::add(const TimeSpan& window, double time, const Recognition& result) {
  windows.push_back(window);
  times.push_back(time);
  none.push_back(kUnknown);
  probabilities.resize(probabilities.size() + labels.size(), kUnknown);
  set(size() - 1, result);
}

std::optional<std::size_t> ScoreTrack::nearest(double time, double reach) const {
  const auto first = static_cast<std::size_t>(std::lower_bound(times.begin(), times.end(), time) - times.begin());
  std::size_t after = first;
  while (after < size() && !scored(after)) ++after;
  std::size_t before = first;
  while (before > 0 && !scored(before - 1)) --before;
  std::optional<std::size_t> best;
  if (after < size()) best = after;
  if (before > 0 && (!best || time - times[before - 1] < times[*best] - time)) best = before - 1;
  if (best && std::abs(times[*best] - time) > reach) return std::nullopt;
  return best;
}

ScoreTrack empty_track(std::vector<std::string> labels, std::vector<TimeSpan> windows) {
  ScoreTrack track;
  track.labels = std::move(labels);
  track.windows = std::move(windows);
  for (const TimeSpan& window : track.windows) track.times.push_back(0.5 * (window.begin + window.end));
  track.none.assign(track.size(), kUnknown);
  track.probabilities.assign(track.size() * track.labels.size(), kUnknown);
  return track;
}

std::vector<TimeSpan> sliding_windows(double duration, const Sliding& sliding, std::size_t most) {
  if (!(duration > 0.0) || !(sliding.length > 0.0) || !(sliding.stride > 0.0) || most == 0) {
    throw Error(Code::bad_argument, fmt::format("windows of {} s every {} s over {} s; all three must be above 0",
                                                sliding.length, sliding.stride, duration));
  }
  const double room = duration - sliding.length;
  if (room <= 0.0) return {{0.0, duration}};
  const double stride = std::max(sliding.stride, room / static_cast<double>(most));
  const auto steps = static_cast<std::size_t>(std::ceil(room / stride - kRounding));
  std::vector<TimeSpan> windows;
  windows.reserve(steps + 1);
  for (std::size_t i = 0; i <= steps; ++i) {
    const double begin = std::min(room, static_cast<double>(i) * stride);
    windows.push_back({begin, begin + sliding.length});
  }
  return windows;
}

std::vector<std::size_t> coarse_to_fine(std::size_t count) {
  std::vector<std::size_t> order;
  order.reserve(count);
  for (std::size_t i = 0; i < count; i += kCoarsest) order.push_back(i);
  for (std::size_t step = kCoarsest; step > 1; step /= 2) {
    for (std::size_t i = step / 2; i < count; i += step) order.push_back(i);
  }
  return order;
}

}  // namespace purlscope::core
