#include "app/studio/panels/timeline/attention_lane.h"

#include <algorithm>

namespace purlscope::app {

AttentionLane overlay_spans(const std::vector<core::TimeSpan>& spans, const std::vector<float>& shares) {
  std::vector<double> borders;
  for (const core::TimeSpan& span : spans) borders.insert(borders.end(), {span.begin, span.end});
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  AttentionLane lane;
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    const double middle = 0.5 * (borders[i] + borders[i + 1]);
    float sum = 0.0F;
    for (std::size_t node = 0; node < spans.size(); ++node) {
      if (middle >= spans[node].begin && middle < spans[node].end) sum += shares[node];
    }
    lane.spans.push_back({borders[i], borders[i + 1]});
    lane.values.push_back(sum);
  }
  return lane;
}

}  // namespace purlscope::app
