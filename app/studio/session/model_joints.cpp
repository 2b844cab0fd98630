#include "app/studio/session/model_joints.h"

#include <algorithm>

#include "app/studio/session/session.h"
#include "core/base/error.h"
#include "core/skeleton/retarget.h"

namespace purlscope::app {

std::optional<int> clip_joint(const Session& session, std::size_t model_joint) {
  if (!session.clip() || !session.recognition()) return std::nullopt;
  try {
    const auto map = core::retarget_map(*session.clip()->layout, session.recognition()->layout->id);
    const auto& terms = map->terms[model_joint];
    if (terms.empty()) return std::nullopt;
    return std::max_element(terms.begin(), terms.end(),
                            [](const auto& a, const auto& b) { return a.weight < b.weight; })
        ->source;
  } catch (const Error&) {
    return std::nullopt;  // no map between the layouts: nothing to mark
  }
}

void pin_model_joint(Session& session, std::size_t model_joint) {
  const auto joint = clip_joint(session, model_joint);
  if (!joint) return;
  const int person = session.person().value_or(core::most_energetic_person(*session.clip()));
  if (person < 0) return;
  const Pin pin{session.clip()->persons[static_cast<std::size_t>(person)].id, *joint};
  const auto& pins = session.pins();
  if (std::find(pins.begin(), pins.end(), pin) == pins.end()) session.toggle_pin(pin);
}

}  // namespace purlscope::app
