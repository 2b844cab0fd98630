#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "core/text/labels.h"

namespace purlscope::models::structured {

/// From which candidates the spread of a part's scores is taken, by which the part is divided.
enum class Spread {
  training_classes,  ///< the model's own classes: a label's score does not depend on the other labels asked for
  candidates         ///< the candidates themselves, as in the study
};

/// Settings of the structured-attention recogniser. Defaults are those of the study's recipe F4.
struct Options {
  double grounding = 1.0;       ///< weight of the motion concepts, which need no training; 0 = without
  double attributes = 0.7;      ///< weight of the attribute view, the regressions on whole clips; 0 = without
  double reversal = 0.35;       ///< weight of the time-reversed classes in the attribute view; 0 = without
  double attention = 0.4;       ///< weight of the parts on attended nodes, all sixteen together
  double lexicon = 0.6;         ///< weight of the motion words beside the sentence features; 0 = without
  double centring = 1.0;        ///< share of a candidate's mean training score by regressions that is subtracted
  double centring_share = 1.0;  ///< of the training samples over which that mean is taken, highest scores first
  /// Weight of each sentence in the attended parts.
  std::array<double, core::kSentenceCount> levels = {1, 1, 1, 1, 1, 1, 1, 1};
  std::int64_t samples_per_class = 10;  ///< training clips taken of a class, at most
  Spread spread = Spread::training_classes;
  double steadying = 0.08;       ///< seconds over which joints are steadied against the sensor's noise; 0 = not
  double left_leads = 1.15;      ///< how much farther the left side must reach for a mirror; 0 = never mirrored
  double joint_text = 0.5;       ///< b1: weight of the likeness of sentence and joint phrase in the attention
  double own_part = 2.0;         ///< b2: weight of a sentence's own body part or third
  double saliency = 1.0;         ///< b3: weight of a node's log speed, z-scored over the clip
  double attribute_scale = 2.0;  ///< of the 127 attributes beside the kinematic channels
  double ridge = 1.0;            ///< g: ridge of the motion-to-text regression, in samples of a class
  double text_ridge = 0.5;       ///< ridge of the text-to-prototype regression
  double whitening = 0.3;        ///< shrinkage of a node's within-class covariance towards its mean variance
};

/// Whether classes played backwards are trained on.
inline bool uses_reversal(const Options& options) { return options.attributes > 0 && options.reversal > 0; }

/// Reads settings from JSON: keys as the members above, `levels` as eight numbers, `spread` as "training-classes" or
/// "candidates". Null gives the defaults. @throws Error{Code::bad_argument} for an unknown key or an impossible value,
/// naming both
Options options_from_json(const nlohmann::json& config);

nlohmann::json to_json(const Options& options);

}  // namespace purlscope::models::structured
