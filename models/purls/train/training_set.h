#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/lab.h"
#include "models/purls/model/model.h"

namespace purlscope::models::purls {

/// Seen clips of every training set, and the seen classes in one numbering (target first).
struct TrainingSet {
  std::vector<core::Label> labels;            ///< [C] seen classes that have clips
  std::vector<TrainedClass> classes;          ///< [C] the same, with their data sets
  std::vector<std::int64_t> classes_per_set;  ///< seen classes of each set; their sum is C
  at::Tensor motions;                         ///< [N, 64, J, 3] canonical
  at::Tensor set;                             ///< [N] which set
  at::Tensor class_in_set;                    ///< [N] 0-based within its set
  at::Tensor target;                          ///< [N] class in the common numbering
};

/// Rows of a training set, by index. @param rows [n]
TrainingSet select_rows(const TrainingSet& set, const at::Tensor& rows);

/// Collects the clips of all seen classes: those of the target that are not unseen, and those of the other sets that do
/// not mean the same as an unseen class. Clips without a usable skeleton are left out with a warning in the log.
/// @throws Error{Code::bad_argument} with fewer than two seen classes, Error{Code::cancelled}
/// @param layout of the motions, Config::layout()
TrainingSet collect_seen(const core::LabData& data, const core::ProgressFn& progress, std::stop_token stop,
                         const std::string& layout = kOwnLayout);

/// The motion of a clip, [64, J, 3]: canonical_motion() in the layout of our networks, ntu_motion() in ntu25; nothing
/// (and a warning in the log) when it has no usable skeleton.
std::optional<at::Tensor> clip_motion(const core::ClipPtr& clip, const std::string& layout = kOwnLayout);

/// The same of a window, in the window's layout. @throws Error as both
at::Tensor window_motion(const core::Window& window);

/// Motions of clips, each computed once. Thread: one at a time.
class MotionStore {
 public:
  explicit MotionStore(std::string layout = kOwnLayout) : layout_(std::move(layout)) {}
  /// clip_motion(), undefined for a clip without a usable skeleton.
  const at::Tensor& find(const core::ClipPtr& clip);
  /// find() of usable clips. [N, 64, J, 3]
  at::Tensor stack(std::span<const core::ClipPtr> clips);

 private:
  std::string layout_;
  std::map<core::ClipPtr, at::Tensor> motions_;
};

}  // namespace purlscope::models::purls
