#include "app/studio/scores/lane_choice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "app/studio/theme/lane_colours.h"

namespace purlscope::app {
namespace {

constexpr std::array<float, 3> kScales{0.1F, 0.2F, 0.5F};

/// Sum of squares over the windows that were scored. [L]
std::vector<double> weights_of(const core::ScoreTrack& track) {
  std::vector<double> weights(track.labels.size(), 0.0);
  for (std::size_t window = 0; window < track.size(); ++window) {
    for (std::size_t label = 0; label < weights.size(); ++label) {
      const auto value = static_cast<double>(track.at(window, label));
      if (std::isfinite(value)) weights[label] += value * value;
    }
  }
  return weights;
}

std::vector<std::size_t> heaviest(const std::vector<double>& weights, std::size_t count) {
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return weights[a] > weights[b]; });
  order.resize(std::min(order.size(), count));
  return order;
}

/// Colours that labels had stay theirs; the others take the one of their place in the list, or the next free one.
void colour(const core::ScoreTrack& track, const std::vector<std::pair<std::string, int>>& before,
            std::vector<Lane>& lanes) {
  std::array<bool, kLaneColours> taken{};
  std::vector<bool> done(lanes.size(), false);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const auto had = std::ranges::find(before, track.labels[lanes[i].label], &std::pair<std::string, int>::first);
    if (had == before.end() || taken[static_cast<std::size_t>(had->second)]) continue;
    lanes[i].colour = had->second;
    taken[static_cast<std::size_t>(had->second)] = done[i] = true;
  }
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (done[i]) continue;
    std::size_t slot = lanes[i].label % kLaneColours;
    while (taken[slot]) slot = (slot + 1) % kLaneColours;
    lanes[i].colour = static_cast<int>(slot);
    taken[slot] = true;
  }
}

}  // namespace

std::vector<Lane> choose_lanes(const core::ScoreTrack& track, std::size_t room, std::optional<std::size_t> chosen,
                               const std::vector<std::pair<std::string, int>>& before) {
  room = std::min<std::size_t>(room, kLaneColours);
  if (room == 0) return {};
  std::vector<std::size_t> labels = heaviest(weights_of(track), room);
  if (chosen && *chosen < track.labels.size() && std::ranges::find(labels, *chosen) == labels.end()) {
    labels.back() = *chosen;
  }
  std::ranges::sort(labels);
  std::vector<Lane> lanes;
  lanes.reserve(labels.size());
  for (const std::size_t label : labels) lanes.push_back({label, 0});
  colour(track, before, lanes);
  return lanes;
}

float lane_scale(const core::ScoreTrack& track, const std::vector<Lane>& lanes) {
  float most = 0.0F;
  for (std::size_t window = 0; window < track.size(); ++window) {
    for (const Lane& lane : lanes) most = std::fmax(most, track.at(window, lane.label));
  }
  const auto fits = std::ranges::find_if(kScales, [most](float scale) { return most <= scale; });
  return fits == kScales.end() ? 1.0F : *fits;
}

}  // namespace purlscope::app
