#pragma once

#include <set>
#include <string>
#include <vector>

#include "models/structured/attributes/view.h"
#include "models/structured/features/feature_set.h"

namespace purlscope::models::structured {

/// All clips of the classes that may be trained on, and, where the options ask for it, the same played backwards.
///
/// A class played backwards is another class: "sit down" becomes "stand up". One whose name equals that of a class
/// which may not be trained on is left out, or the unseen class would be trained on under a made-up recording.
///
/// @param forbidden_names  such names, in lower case, beside those of the classes left out
/// @param sources          statistics of each set that has clips left, in order
AttributeSamples attribute_samples(const std::vector<const FeatureSet*>& sets, const LeftOut& left_out,
                                   const std::set<std::string>& forbidden_names, const std::vector<Statistics>& sources,
                                   const Options& options);

}  // namespace purlscope::models::structured
