#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/engine/recognition.h"
#include "core/skeleton/retarget.h"

namespace purlscope::render {

/// Which values of a recognition are shown: those of one sentence of a label, or by how much they exceed another's.
struct AttentionChoice {
  std::size_t label = 0;
  std::size_t sentence = 0;
  bool contribution = false;          ///< instead of attention
  std::optional<std::size_t> versus;  ///< label whose values are taken off
};

/// Values of joints over time for one sentence of one label, in the layout on screen.
class AttentionCourse {
 public:
  /// @throws Error{Code::bad_argument} when the recognition has no attention for the label or sentence,
  ///         Error{Code::shape_mismatch} when its arrays do not fit its spans and layout
  AttentionCourse(const core::Recognition& recognition, const AttentionChoice& choice,
                  const std::shared_ptr<const core::JointLayout>& screen);

  /// Values at a time, NaN where a joint has no counterpart in the model or the model saw nothing. [J]
  std::vector<float> at(double seconds) const;
  /// Least and greatest value over the whole course. Seconds of the clip.
  std::pair<float, float> range() const;
  /// The same at one time.
  std::pair<float, float> range_at(double seconds) const;

 private:
  std::vector<float> on_screen(const std::vector<float>& model_values) const;

  const core::Recognition& recognition_;
  AttentionChoice choice_;
  std::shared_ptr<const core::RetargetMap> map_;  ///< from the screen's layout to the model's; empty = the same
  std::size_t screen_joints_;
};

}  // namespace purlscope::render
