#pragma once

#include <cstddef>
#include <optional>

namespace purlscope::app {

class Session;

/// Joint of the clip's own layout that feeds a joint of the model most; nothing where none does.
std::optional<int> clip_joint(const Session& session, std::size_t model_joint);

/// Pins the joint of the clip that feeds a joint of the model, on the person that was recognised; pinned ones stay.
void pin_model_joint(Session& session, std::size_t model_joint);

}  // namespace purlscope::app
