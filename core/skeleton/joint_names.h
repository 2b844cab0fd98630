#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace purlscope::core {

/// A joint's name such that names which differ only in spelling become equal: lower case without separators and name
/// spaces, the side in front and in full. "mixamorig:LeftUpLeg" -> "leftupleg", "HAND_TIP_RIGHT" -> "righthandtip",
/// "thigh.L" -> "leftthigh", "HipCenter" -> "hipcentre".
std::string comparable_name(std::string_view name);

/// The same for the joints of one skeleton. A first word that all of several names share is dropped: "Bip01 L Thigh".
std::vector<std::string> comparable_names(const std::vector<std::string>& names);

}  // namespace purlscope::core
