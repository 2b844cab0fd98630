#include "core/live/live_window.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

namespace purlscope::core {

void PersonNumbers::see(const LiveFrame& frame) {
  for (const LivePerson& person : frame.persons) {
    if (ids_.size() < kMost && number(person.id) < 0) ids_.push_back(person.id);
  }
}

int PersonNumbers::number(const std::string& id) const {
  const auto found = std::ranges::find(ids_, id);
  return found == ids_.end() ? -1 : static_cast<int>(found - ids_.begin());
}

namespace {

using Frames = std::span<const LiveFramePtr>;

/// The persons that get a place, by id: nothing is said of the others.
std::map<std::string, std::optional<std::size_t>> newest_persons(Frames frames) {
  std::map<std::string, std::optional<std::size_t>> persons;
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
    for (const LivePerson& seen : (*frame)->persons) {
      if (persons.size() == kMostLivePersons) return persons;
      persons.try_emplace(seen.id);
    }
  }
  return persons;
}

}  // namespace

ClipPtr live_clip(const std::vector<LiveFramePtr>& frames, std::string name) {
  if (frames.empty()) return nullptr;
  const auto layout = frames.back()->layout;
  const auto other = std::find_if(frames.rbegin(), frames.rend(), [&](const auto& f) { return f->layout != layout; });
  const auto first = other.base();
  auto clip = std::make_shared<Clip>();
  clip->name = std::move(name);
  clip->format = "live";
  clip->layout = layout;
  clip->frames = static_cast<std::size_t>(frames.end() - first);
  const std::size_t joints = layout->size();
  auto places = newest_persons({first, frames.end()});
  std::size_t t = 0;
  for (auto frame = first; frame != frames.end(); ++frame, ++t) {
    clip->times.push_back((*frame)->time - (*first)->time);
    for (const LivePerson& seen : (*frame)->persons) {
      const auto place = places.find(seen.id);
      if (place == places.end()) continue;
      if (!place->second) {
        place->second = clip->persons.size();
        clip->persons.push_back({seen.id, std::vector<Vec3>(clip->frames * joints),
                                 std::vector<JointState>(clip->frames * joints, JointState::missing)});
      }
      Person& person = clip->persons[*place->second];
      std::ranges::copy(seen.joints, person.joints.begin() + static_cast<std::ptrdiff_t>(t * joints));
      std::ranges::copy(seen.state, person.state.begin() + static_cast<std::ptrdiff_t>(t * joints));
    }
  }
  return clip;
}

}  // namespace purlscope::core
