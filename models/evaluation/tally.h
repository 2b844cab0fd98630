#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace purlscope::models {

/// Counts the predictions of several seeds on the clips of unseen classes: what every method's evaluation shares.
class Tally {
 public:
  /// @param classes names of the unseen classes, in the order of the split @param truth [N] class of each clip
  Tally(std::vector<std::string> classes, std::vector<std::int64_t> truth);

  /// @param predicted [N] class that one seed's model gives each clip
  void add_seed(std::span<const std::int64_t> predicted);

  /// The fields `unseen`, `accuracy` (fractions, with a 95 % interval over draws of the clips), `per_class` (null for a
  /// class without clips), `confusion` (summed over seeds) and `samples` of `purlscope evaluate`.
  nlohmann::json to_json() const;

 private:
  std::vector<std::string> classes_;
  std::vector<std::int64_t> truth_;
  std::vector<double> per_seed_;
  std::vector<double> right_;                         ///< [N] seeds that got the clip right
  std::vector<std::vector<std::int64_t>> confusion_;  ///< [true][predicted]
};

}  // namespace purlscope::models
