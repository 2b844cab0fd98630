#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "core/engine/refinement.h"

namespace purlscope::models::refinement {

/// Watches what refinement does to the answers, against what they would be without it.
class Guard {
 public:
  static constexpr std::size_t kWindow = 60;  ///< windows looked back on
  static constexpr std::size_t kFewest = 30;  ///< before that nothing is judged
  static constexpr double kSwallowed = 0.45;  ///< a label got that much more of the windows than without refinement
  static constexpr double kCollapsed = 0.5;   ///< labels are shared out that much less evenly
  static constexpr double kDisagrees = 0.4;   ///< share of the surer half of windows that keep their label

  /// @param plain, refined probabilities of the labels, [L]
  void add(const at::Tensor& plain, const at::Tensor& refined);
  core::RefinementPoint point(std::uint64_t window) const;
  /// What has gone wrong, a clause; nothing when all is well or too little has been seen.
  /// @param names of the labels
  std::optional<std::string> complaint(const std::vector<std::string>& names) const;
  void clear() { seen_.clear(); }

 private:
  struct Seen {
    at::Tensor plain, refined;
    std::int64_t plain_best = 0, refined_best = 0;
    double margin = 0;  ///< of the two likeliest labels without refinement
  };
  struct Shares {
    at::Tensor plain, refined;  ///< [L] share of the windows that a label got
  };
  Shares shares() const;

  std::deque<Seen> seen_;
};

}  // namespace purlscope::models::refinement
