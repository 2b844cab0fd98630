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
#include "models/structured/features/features.h"
#include "models/structured/options.h"
#include "models/structured/text/text_features.h"

namespace purlscope::models::structured {

/// A data set reduced to features: what training and evaluation need of it.
struct FeatureSet {
  std::string source;         ///< kind of the data set, which source_of() gives for its clips
  MotionFeatures features;    ///< raw; one row a usable clip
  at::Tensor backwards;       ///< [rows, 406] raw clip measures of the same clips played backwards
  std::vector<int> label_of;  ///< class index of each row
  std::vector<std::string> labels;
  std::vector<std::string> classes;          ///< the same by their names in the data set
  LabelTexts texts;                          ///< of all labels
  std::vector<std::string> reversed_labels;  ///< names of the labels played backwards
  LabelTexts reversed_texts;                 ///< of these; none when no use is made of them
  std::vector<std::string> problems;         ///< clips that could not be used, with the reason

  /// Rows of the clips of a class, in order.
  std::vector<std::int64_t> rows_of(int label) const;
};

/// Features of one clip, raw.
struct ClipFeatures {
  MotionFeatures forward;  ///< one row
  at::Tensor backwards;    ///< [1, 406] clip measures of the clip played backwards
};

inline Preparation preparation_of(const Options& options) { return {options.steadying, options.left_leads}; }

/// How a motion that the left side of the body leads is described.
enum class Facing { canonical, as_recorded };

/// Features of clips, each computed once however many folds it takes part in. Thread: one at a time.
class FeatureStore {
 public:
  explicit FeatureStore(const Preparation& preparation) : preparation_(preparation) {}
  /// @return null for a clip that is too short or empty for a window; `problem`, when given, then says why
  const ClipFeatures* find(const core::ClipPtr& clip, Facing facing = Facing::canonical,
                           std::string* problem = nullptr);

 private:
  struct Entry {
    std::optional<ClipFeatures> features;
    std::string problem;
  };
  Preparation preparation_;
  std::map<std::pair<core::ClipPtr, Facing>, Entry> entries_;
};

/// Computes features of all clips and encodes all labels of a data set, for classes played backwards as well if the
/// options make use of them. Clips of a class whose name tells a side are described as they were recorded, the others
/// as canonical_motion() does. Clips without a class, or too short or empty for a window, are listed in `problems`.
/// @throws Error{Code::bad_format} when no clip is usable, Error{Code::cancelled}, Error of the encoder, which says
///         what to do where a table of features does not know a text played backwards
FeatureSet extract(const core::ClipSet& set, TextEncoder& encoder, FeatureStore& store, const Options& options,
                   const core::ProgressFn& progress, const std::stop_token& stop);

/// Classes of each feature set that may not be trained on.
using LeftOut = std::vector<std::set<int>>;

}  // namespace purlscope::models::structured
