#pragma once

#include <memory>
#include <vector>

#include "core/base/clip.h"

namespace purlscope::core {

/// How one target joint is made from source joints: a weighted sum, plus its state when all sources are given.
struct RetargetTerm {
  int source = 0;
  float weight = 1.0F;

  bool operator==(const RetargetTerm&) const = default;
};

/// A map between two joint layouts. Linear in the joints, so attention can travel back along it.
struct RetargetMap {
  std::shared_ptr<const JointLayout> from;
  std::shared_ptr<const JointLayout> to;
  std::vector<std::vector<RetargetTerm>> terms;  ///< [J_to]; empty = missing
  std::vector<JointState> state;                 ///< [J_to]: given (a direct copy), inferred or missing
  /// [J_to] further ways, best first, for frames in which a source of `terms` is missing. What they make is inferred.
  std::vector<std::vector<std::vector<RetargetTerm>>> fallbacks;

  /// One frame. `in` [J_from], `out` [J_to]. A target is missing when no way to make it has all of its sources.
  void apply(const Vec3* in, const JointState* in_state, Vec3* out, JointState* out_state) const;

  /// Inverse for values on joints that add up, attention and contribution: a target's value goes to the joint that it
  /// copies, else to those that it is made from, by their weights above zero; values of several targets add up in a
  /// source. So the sum stays what it was, but for missing targets, which have nowhere to go. Joints that no target
  /// is made from get NaN and stay hollow. `values` [J_to] -> [J_from].
  /// @throws Error{Code::shape_mismatch} when `values` has another size
  std::vector<float> map_back(const std::vector<float>& values) const;
};

}  // namespace purlscope::core
