#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/text/sides.h"

namespace purlscope::models::structured {

/// The labels asked for, then those that a mirror makes of them where their names tell a side: motions seen in a mirror
/// are scored for these.
class MirroredLabels {
 public:
  MirroredLabels() = default;
  explicit MirroredLabels(std::span<const core::Label> labels) : all_(labels.begin(), labels.end()) {
    for (const core::Label& label : labels) {
      in_mirror_.push_back(in_mirror_.size());
      if (auto mirrored = core::mirror_label(label)) {
        in_mirror_.back() = all_.size();
        all_.push_back(std::move(*mirrored));
      }
    }
  }

  std::size_t count() const { return in_mirror_.size(); }  ///< labels asked for
  const std::vector<core::Label>& all() const { return all_; }
  /// Index in all() of what stands for a label, for a motion as it is or in a mirror.
  std::size_t place(std::size_t label, bool mirrored) const { return mirrored ? in_mirror_.at(label) : label; }
  /// The same for all labels.
  std::vector<std::int64_t> places(bool mirrored) const {
    std::vector<std::int64_t> out;
    for (std::size_t i = 0; i < count(); ++i) out.push_back(static_cast<std::int64_t>(place(i, mirrored)));
    return out;
  }

 private:
  std::vector<core::Label> all_;
  std::vector<std::size_t> in_mirror_;
};

}  // namespace purlscope::models::structured
