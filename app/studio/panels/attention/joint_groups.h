#pragma once

#include <QString>
#include <vector>

#include "core/base/layout.h"

namespace purlscope::app {

/// Parts of the body, in the order in which a matrix shows them.
enum class BodyPart { trunk, left_arm, right_arm, left_leg, right_leg };

/// Part a joint belongs to, by its name. A joint of no limb counts as trunk.
BodyPart body_part(const std::string& joint);
/// Name for people, translated: "left arm".
QString part_name(BodyPart part);

/// Joint indices sorted by body part, the layout's order kept within a part.
std::vector<std::size_t> joints_by_part(const core::JointLayout& layout);

}  // namespace purlscope::app
