#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "models/structured/kinematics/motion.h"

namespace purlscope::models::structured {

/// Motion concepts: measures of a whole clip for which descriptions have words ("raise", "bend", "both hands"). Their
/// words stand in `resources/lexicon/concepts.json`, in this order.
inline constexpr std::array<std::string_view, 22> kConceptIds = {
    "hip_rise", "hip_low",   "lean",     "travel",         "legs_move",      "gait",      "knee_bend", "hand_high",
    "hand_low", "hand_head", "hand_fwd", "hand_rightward", "hand_across",    "both",      "together",  "repeat",
    "fast",     "twist",     "stride",   "circle",         "clockwise_seen", "elbow_bend"};
inline constexpr std::size_t kConcepts = kConceptIds.size();

/// The measures of one motion, each the higher the more a concept holds. [22]
std::vector<float> concept_values(const Motion& motion);

}  // namespace purlscope::models::structured
