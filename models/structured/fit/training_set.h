#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/lab.h"
#include "models/structured/fit/features.h"
#include "models/structured/options.h"
#include "models/structured/text/grounding.h"
#include "models/structured/text/text_features.h"

namespace purlscope::models::structured {

/// All that the closed form is computed from; also what a model file holds.
struct TrainingSet {
  MotionFeatures features;             ///< standardised by each clip's own source; N rows
  std::vector<std::int64_t> class_of;  ///< [N] index in `classes`
  std::vector<std::string> classes;    ///< label texts, in the order of `texts`
  LabelTexts texts;                    ///< [C, ...]
  at::Tensor joint_phrases;            ///< [20, m]
  ConceptScale concept_scale;          ///< of the description bank
  std::vector<Statistics> sources;
};

/// A data set reduced to features: what training and evaluation need of it.
struct FeatureSet {
  std::string source;         ///< kind of the data set, which source_of() gives for its clips
  MotionFeatures features;    ///< raw; one row a usable clip
  std::vector<int> label_of;  ///< class index of each row
  std::vector<std::string> labels;
  std::vector<std::string> classes;   ///< the same by their names in the data set
  LabelTexts texts;                   ///< of all labels
  std::vector<std::string> problems;  ///< clips that could not be used, with the reason
};

/// How a motion that the left side of the body leads is described.
enum class Facing { canonical, as_recorded };

/// Features of clips, each computed once however many folds it takes part in. Thread: one at a time.
class FeatureStore {
 public:
  /// @return null for a clip that is too short or empty for a window; `problem`, when given, then says why
  const MotionFeatures* find(const core::ClipPtr& clip, Facing facing = Facing::canonical,
                             std::string* problem = nullptr);

 private:
  struct Entry {
    std::optional<MotionFeatures> features;
    std::string problem;
  };
  std::map<std::pair<core::ClipPtr, Facing>, Entry> entries_;
};

/// Computes features of all clips and encodes all labels of a data set. Clips of a class whose name tells a side are
/// described as they were recorded, the others as canonical_motion() does. Clips without a class, or too short or empty
/// for a window, are listed in `problems`.
/// @throws Error{Code::bad_format} when no clip is usable, Error{Code::cancelled}
FeatureSet extract(const core::ClipSet& set, TextEncoder& encoder, FeatureStore& store,
                   const core::ProgressFn& progress, const std::stop_token& stop);

/// Classes of each feature set that may not be trained on.
using LeftOut = std::vector<std::set<int>>;

/// Standardises each set by its own remaining clips and draws at most `samples_per_class` of each class.
/// The draw is the same on every platform for the same seed.
/// @throws Error{Code::bad_argument} when fewer than two classes remain
TrainingSet make_training_set(const std::vector<const FeatureSet*>& sets, const LeftOut& left_out,
                              const at::Tensor& joint_phrases, const Options& options, std::uint64_t seed);

}  // namespace purlscope::models::structured
