#pragma once

#include <nlohmann/json.hpp>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/skeleton/disturb.h"
#include "models/evaluation/folds.h"
#include "models/evaluation/method.h"

namespace purlscope::models {

/// Accuracy on the test clips as other sensors would have recorded them. The method learned from clips as they are.
class RobustnessTest {
 public:
  /// @throws Error{Code::bad_argument} for clips that cannot be changed so
  RobustnessTest(const LabelledClips& clips, const std::vector<core::Disturbance>& disturbances);
  void add_seed(ZeroShotMethod& method, const std::vector<core::Label>& candidates, const std::stop_token& stop);
  /// For each disturbance `accuracy` (mean, sd, per seed; a clip that cannot be used any more counts as wrong),
  /// `unusable` clips, and `other_action`: clips not counted, since a mirror makes another action of them that is not
  /// asked for. Where it is ("swipe left" turns into "swipe right"), that one is right.
  nlohmann::json to_json() const;

 private:
  struct Variant {
    std::string name;
    LabelledClips clips;
    std::vector<double> accuracy;
    bool in_mirror = false;
    std::int64_t unusable = 0;
    std::int64_t other_action = 0;
  };
  std::vector<Variant> variants_;
};

}  // namespace purlscope::models
