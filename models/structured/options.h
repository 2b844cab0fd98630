#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

namespace purlscope::models::structured {

/// From which candidates the spread of a part's scores is taken, by which the part is divided.
enum class Spread {
  training_classes,  ///< the model's own classes: a label's score does not depend on the other labels asked for
  candidates         ///< the candidates themselves, as in the study
};

/// Settings of the structured-attention recogniser. Defaults are those of the study's recipe PS with lexicon.
struct Options {
  double grounding = 1.0;               ///< weight of the motion concepts, which need no training; 0 = without
  double attention = 0.75;              ///< weight of the parts on attended nodes, all sixteen together
  double lexicon = 0.6;                 ///< weight of the motion words beside the sentence features; 0 = without
  double centring = 1.0;                ///< share of a candidate's mean attended training score that is subtracted
  std::int64_t samples_per_class = 10;  ///< training clips taken of a class, at most
  Spread spread = Spread::training_classes;
  double joint_text = 0.5;  ///< b1: weight of the likeness of sentence and joint phrase in the attention
  double own_part = 2.0;    ///< b2: weight of a sentence's own body part or third
  double saliency = 1.0;    ///< b3: weight of a node's log speed, z-scored over the clip
  double attributes = 2.0;  ///< scale of the 127 attributes beside the kinematic channels
  double ridge = 1.0;       ///< g: ridge of the motion-to-text regression, in samples of a class
  double text_ridge = 0.5;  ///< ridge of the text-to-prototype regression
  double whitening = 0.3;   ///< shrinkage of a node's within-class covariance towards its mean variance
};

/// Reads settings from JSON: keys as the members above, `spread` as "training-classes" or "candidates".
/// Null gives the defaults. @throws Error{Code::bad_argument} for an unknown key or an impossible value, naming both
Options options_from_json(const nlohmann::json& config);

nlohmann::json to_json(const Options& options);

}  // namespace purlscope::models::structured
