#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "models/purls/data/texts.h"
#include "models/purls/net/backbone.h"
#include "models/purls/net/head.h"

namespace purlscope::models::purls {

/// What the head learns from.
enum class Objective {
  per_candidate,  ///< every seen class asks with its own sentences (default, no leak)
  paper,          ///< eq. 3: the true class asks; half over seen classes, half over the batch
  official,       ///< the true class asks; rows and columns of the batch, as the official code
  class_agnostic  ///< the mean of the seen classes' sentences asks
};

/// Whose sentences ask when unseen candidates are scored. Never the true label's.
enum class Queries { per_candidate, class_agnostic };

/// Which levels make the score.
enum class Levels { mean, global };

/// How a network is fitted. Rates follow one cycle: up over `warm_up` of the steps, down along a cosine.
struct FitOptions {
  std::int64_t epochs = 1;
  std::int64_t batch = 32;
  double learning_rate = 1e-3;  ///< highest rate of the cycle
  double weight_decay = 0.05;   ///< decoupled (AdamW)
  double warm_up = 0.3;         ///< share of the steps before the highest rate
  double gradient_clip = 5.0;   ///< largest gradient norm
  double label_smoothing = 0.05;
};

/// Every value of a training. `to_json` writes all of them, `parse` reads any subset and refuses unknown names.
///
/// | key | default | meaning |
/// |---|---|---|
/// | `backbone.widths`, `.strides` | [48,64,96,128], [2,1,2,1] | channels and time strides of the blocks |
/// | `backbone.frames` | 32 | frames the network samples from a window |
/// | `backbone.dropout` | 0.3 | before the classifiers |
/// | `backbone.{epochs,batch,learning_rate,weight_decay,warm_up,gradient_clip,label_smoothing}` | 30, 32, 0.003, 0.02,
/// 0.15, 5, 0.1 | FitOptions | | `head.form` | "paper" | or "official" (HeadForm) | | `head.objective` |
/// "per-candidate" | or "paper", "official", "class-agnostic" (Objective) | | `head.key_dim`, `.heads`, `.hidden`,
/// `.dropout`, `.input_gain`, `.temperature`, `.learn_weights` | 150, 1, 256, 0.3, 4, 0.1, false | HeadOptions | |
/// `head.same_class_positive` | true | objective "paper": samples of one class attract each other | | `head.node_noise`
/// | 0.02 | Gaussian noise on unit-norm nodes in training | | `head.{epochs,...}` | 8, 32, 0.002, 0.05, 0.3, 5, 0.05 |
/// FitOptions | | `nodes.slots` | 3 | time nodes T' | | `text.wording` | "bare" | or "wrapped" (PURLS' video prompts) |
/// | `text.centre` | true | subtract the mean of the seen classes |
/// | `scoring.queries` | "per-candidate" | or "class-agnostic" |
/// | `scoring.levels` | "mean" | or "global" |
/// | `validation` | 0.1 | share of each seen class kept for temperature and "none of these" |
struct Config {
  BackboneOptions backbone;
  std::int64_t frames = 32;
  FitOptions backbone_fit{30, 32, 3e-3, 0.02, 0.15, 5.0, 0.1};
  HeadOptions head;
  Objective objective = Objective::per_candidate;
  bool same_class_positive = true;
  double node_noise = 0.02;
  FitOptions head_fit{8, 32, 2e-3, 0.05, 0.3, 5.0, 0.05};
  std::int64_t slots = 3;
  Wording wording = Wording::bare;
  bool centre = true;
  Queries queries = Queries::per_candidate;
  Levels levels = Levels::mean;
  double validation = 0.1;

  /// @param json an object with any of the keys above; null = all defaults
  /// @throws Error{Code::bad_argument} naming an unknown key, a wrong type or a value out of range, and what is allowed
  static Config parse(const nlohmann::json& json);
  nlohmann::json to_json() const;
};

}  // namespace purlscope::models::purls
