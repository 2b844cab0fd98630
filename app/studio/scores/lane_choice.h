#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/timeline/score_track.h"

namespace purlscope::app {

/// A label whose scores are drawn over time.
struct Lane {
  std::size_t label = 0;  ///< index in the track
  int colour = 0;         ///< of lane_colour()
};

/// The labels that are worth a lane: those with the most score over time (the mean of its square, so that a short clear
/// action counts as well as a long vague one), and the chosen one in any case. In the order of the track.
/// @param room   most lanes, at most kLaneColours
/// @param before colours by label text, which those labels keep
std::vector<Lane> choose_lanes(const core::ScoreTrack& track, std::size_t room, std::optional<std::size_t> chosen,
                               const std::vector<std::pair<std::string, int>>& before = {});

/// Upper end of the scale that the lanes share: the smallest of 10, 20, 50 and 100 % that holds all of them.
float lane_scale(const core::ScoreTrack& track, const std::vector<Lane>& lanes);

}  // namespace purlscope::app
