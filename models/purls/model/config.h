#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/backbones/backbone.h"
#include "models/purls/data/augment.h"
#include "models/purls/data/texts.h"
#include "models/purls/net/head.h"
#include "models/training/device.h"

namespace purlscope::models::purls {

/// The backbone that is trained where no other is named.
inline constexpr const char* kSmallGcn = "small-gcn";

/// Joint layouts of motions: of the backbones that are trained here, and of published weights.
inline constexpr const char* kOwnLayout = "kinect20";
inline constexpr const char* kNtuLayout = "ntu25";

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

/// How the rate goes over the steps of a fit.
enum class Schedule {
  cycle,    ///< up over `warm_up` of the steps, down along a cosine
  constant  ///< the same throughout, as the published training
};

/// Which epoch's weights a fit ends with.
enum class Keep {
  best,  ///< of the epoch that is right on most seen clips kept out of training; the last where none are kept out
  last
};

/// What a fit computes in; weights, gradients and losses are in single precision always.
enum class Precision {
  single,
  mixed  ///< products and convolutions of the networks in bfloat16
};

/// How a network is fitted.
struct FitOptions {
  std::int64_t epochs = 1;
  std::int64_t batch = 32;
  double learning_rate = 1e-3;  ///< highest rate
  double weight_decay = 0.05;   ///< decoupled (AdamW)
  double warm_up = 0.3;         ///< share of the steps before the highest rate
  double gradient_clip = 5.0;   ///< largest gradient norm
  double label_smoothing = 0.05;
  Schedule schedule = Schedule::cycle;
  Keep keep = Keep::best;
  std::int64_t measure_every = 1;  ///< epochs from one measurement on the seen clips kept out to the next
  std::int64_t patience = 0;       ///< epochs without gain on these after which the fit stops; 0 = never
};

/// Every value of a training. `to_json` writes all of them, `parse` reads any subset and refuses unknown names.
/// The comments name the JSON keys; FitOptions and the options of both networks keep their members' names in the
/// sections `backbone` and `head`.
struct Config {
  std::string backbone_name = kSmallGcn;  ///< `backbone.name`: one of backbones::backbone_names()
  /// `backbone.pretrained`: name or file of a published Shift-GCN, which stays as it is; empty = one is trained. Where
  /// it is given and `backbone.name` is not, that is "shift-gcn".
  std::string pretrained;
  backbones::Options backbone;  ///< `backbone.width`, `.dropout`, `.stream`, `.map`, `.widths`, `.strides`
  std::int64_t frames = 32;     ///< `backbone.frames`: sampled from a window
  FitOptions backbone_fit{18, 32, 3e-3, 0.02, 0.15, 5, 0.1};  ///< `backbone.epochs`, `.batch`, ...
  AugmentOptions augment;  ///< `augment.rotation`, `.size`, `.crop`, `.speed`, ...: of the backbone's training clips
  HeadOptions head;  ///< `head.form` ("paper", "official"), `.partition` ("adaptive", "static", ...), `.key_dim`, ...
  Objective objective = Objective::per_candidate;        ///< `head.objective`: or "paper", "official", "class-agnostic"
  bool same_class_positive = true;                       ///< `head.same_class_positive`: for objective "paper"
  double node_noise = 0.02;                              ///< `head.node_noise`: on unit-norm nodes, in training
  FitOptions head_fit{8, 32, 2e-3, 0.05, 0.3, 5, 0.05};  ///< `head.epochs`, `.batch`, ...
  std::int64_t slots = 3;                                ///< `nodes.slots`: time nodes, at most the backbone's T'
  Wording wording = Wording::bare;                       ///< `text.wording`: or "wrapped" (PURLS' video prompts)
  GlobalText global_text = GlobalText::description;      ///< `text.global`: or "label"
  bool centre = true;                                    ///< `text.centre`: subtract the mean of the seen classes
  Queries queries = Queries::per_candidate;              ///< `scoring.queries`: or "class-agnostic"
  Levels levels = Levels::mean;                          ///< `scoring.levels`: or "global"
  Precision precision = Precision::single;               ///< `precision`: or "mixed"
  std::string device = kAutoDevice;                      ///< `device`: see find_device()
  double validation =
      0.1;  ///< `validation`: share of each seen class kept out of training: chooses the epoch, fits the calibration

  /// @param changes an object with any of the keys above; null = all defaults
  /// @throws Error{Code::bad_argument} naming an unknown key, a wrong type or a value out of range, and what is allowed
  static Config parse(const nlohmann::json& changes);
  nlohmann::json to_json() const;
  /// to_json() without `device`, which is the machine's business and not the model's.
  nlohmann::json portable_json() const;
  /// Of the motions that the backbone takes.
  const char* layout() const { return pretrained.empty() ? kOwnLayout : kNtuLayout; }
};

/// The settings of the published code (its defaults; accuracy by the global sentence alone), as far as Config has them.
/// Source: github.com/azzh1/PURLS, model/purls.py and its configurations.
nlohmann::json published_config();

}  // namespace purlscope::models::purls
