#include "core/live/persons/person_tracks.h"

#include <vector>

namespace purlscope::core {

void PersonTracks::name(LiveFrame& frame) {
  if (!tracker_ || layout_ != frame.layout) {
    layout_ = frame.layout;
    tracker_.emplace(*layout_);
  }
  std::vector<Detection> detections;
  for (const LivePerson& person : frame.persons) detections.push_back({person.joints, person.state, person.id});
  const std::vector<std::uint64_t> ids = tracker_->step(frame.time, detections);
  for (std::size_t p = 0; p < ids.size(); ++p) frame.persons[p].id = ids[p] == 0 ? "" : std::to_string(ids[p]);
  std::erase_if(frame.persons, [](const LivePerson& person) { return person.id.empty(); });
}

}  // namespace purlscope::core
