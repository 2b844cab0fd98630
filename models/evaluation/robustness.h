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
  /// For each disturbance `accuracy` (mean, sd, per seed; a clip that cannot be used any more counts as wrong) and
  /// `unusable` clips.
  nlohmann::json to_json() const;

 private:
  struct Variant {
    std::string name;
    LabelledClips clips;
    std::vector<double> accuracy;
    std::int64_t unusable = 0;
  };
  std::vector<Variant> variants_;
};

}  // namespace purlscope::models
