#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/engine/refinement.h"

namespace purlscope::models::refinement {

/// Settings of a refinement. The defaults were chosen on classes that were only pretended to be unseen.
struct Options {
  std::string method = "em";     ///< one of method_names()
  std::int64_t bank = 16;        ///< windows kept of each label
  double threshold = 0;          ///< probability that the best label needs for its window to be kept
  std::int64_t warm_up = 5;      ///< windows seen before anything is learned
  double temperature = 0.7;      ///< of the labels' probabilities, in units of the score
  double weight = 4;             ///< of a window's likeness to the prototypes, in units of the score
  std::int64_t iterations = 5;   ///< em: of assignment and prototypes, every step
  double prior = 20;             ///< windows for which the means of before the stream count
  double learning_rate = 0.01;   ///< scale-shift: of Adam
  double decay = 0.01;           ///< scale-shift: pull of the scales to 1 and the shifts to 0 (official: both to 0)
  std::int64_t steps = 1;        ///< scale-shift: of gradient, every window
  std::int64_t schedule = 1000;  ///< scale-shift: steps over which the rate falls along a cosine to a tenth
  bool guard = true;             ///< watch what is learned and roll it back when it goes wrong
  bool operator==(const Options&) const = default;
};

/// Names of the methods with a clause on each, the default first.
struct MethodName {
  const char* name;
  const char* what;
};
const std::vector<MethodName>& method_names();

/// Settings that a method heeds beside those of all. @pre one of method_names()
const std::vector<std::string>& settings_of(const std::string& method);

/// All methods with their settings.
std::vector<core::RefineMethod> refine_methods();

/// Reads settings by the names above; null gives the defaults. @throws Error{Code::bad_argument} for an unknown key or
/// method, or an impossible value, naming what is allowed
Options options_from_json(const nlohmann::json& config);

nlohmann::json to_json(const Options& options);

}  // namespace purlscope::models::refinement
