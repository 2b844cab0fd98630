#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace purlscope::models {

/// Clips that are tested, in the order of all that is counted of them.
struct TestedClips {
  std::vector<std::string> places;  ///< [N] files
  std::vector<std::int64_t> truth;  ///< [N] class
};

/// Counts the predictions of several seeds on the clips of unseen classes: what every method's evaluation shares.
class Tally {
 public:
  /// @param classes names of the unseen classes, in the order of the split
  Tally(std::vector<std::string> classes, TestedClips clips);

  /// @param predicted [N] class that one seed's model gives each clip
  void add_seed(std::span<const std::int64_t> predicted);
  /// @param predicted [N] the same before refinement, which is not counted
  void add_before(std::span<const std::int64_t> predicted);

  /// The fields `unseen`, `accuracy` (fractions, with a 95 % interval over draws of the clips), `per_class` (null for a
  /// class without clips), `confusion` (summed over seeds) and `samples` of `purlscope evaluate`; and `predictions`:
  /// `clips`, `truth`, `predicted` (by seed) and, after add_before(), `before`.
  nlohmann::json to_json() const;

 private:
  std::vector<std::string> classes_;
  TestedClips clips_;
  std::vector<double> per_seed_;
  std::vector<double> right_;                                  ///< [N] seeds that got the clip right
  std::vector<std::vector<std::int64_t>> confusion_;           ///< [true][predicted]
  std::vector<std::vector<std::int64_t>> predicted_, before_;  ///< [seed][N]
};

}  // namespace purlscope::models
