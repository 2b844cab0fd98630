#pragma once

#include <QPolygonF>
#include <QRectF>
#include <functional>
#include <vector>

#include "core/timeline/score_track.h"

namespace purlscope::app {

/// The scores of a label as lines to be drawn: one a stretch without a gap. Before the first window and behind the last
/// one the scores go on level as far as those windows reach; where many windows share a pixel, the highest counts.
/// @param scale score at the top of `area`
/// @param x_of  pixels of a time of the track, rising
std::vector<QPolygonF> lane_curves(const core::ScoreTrack& track, std::size_t label, float scale, const QRectF& area,
                                   const std::function<double(double)>& x_of);

}  // namespace purlscope::app
