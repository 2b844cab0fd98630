#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "models/structured/attributes/view.h"
#include "models/structured/features/feature_set.h"
#include "models/structured/options.h"
#include "models/structured/text/grounding.h"

namespace purlscope::models::structured {

/// All that the closed form is computed from; also what a model file holds.
struct TrainingSet {
  MotionFeatures features;             ///< standardised by each clip's own source; N rows of kSampleValues
  std::vector<std::int64_t> class_of;  ///< [N] index in `classes`
  std::vector<std::string> classes;    ///< label texts, in the order of `texts`
  LabelTexts texts;                    ///< [C, ...]
  at::Tensor joint_phrases;            ///< [20, m]
  ConceptScale concept_scale;          ///< of the description bank
  std::vector<Statistics> sources;
  AttributeView attributes;  ///< fitted on all clips of the classes; none when its weight is 0
};

/// Standardises each set by its own remaining clips, fits the attribute view on them, and draws at most
/// `samples_per_class` of each class. The draw is the same on every platform for the same seed.
/// @param forbidden_names  lower-case names that no class played backwards may bear; names of classes left out may not
///                         be borne anyway
/// @throws Error{Code::bad_argument} when fewer than two classes remain
TrainingSet make_training_set(const std::vector<const FeatureSet*>& sets, const LeftOut& left_out,
                              const at::Tensor& joint_phrases, const Options& options, std::uint64_t seed,
                              const std::set<std::string>& forbidden_names = {});

}  // namespace purlscope::models::structured
