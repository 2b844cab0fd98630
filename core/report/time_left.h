#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace purlscope::core {

/// Estimates how long a list of jobs will still take, from jobs that are done.
class TimeLeft {
 public:
  /// @param kind  jobs of one kind take about as long as each other
  void learn(const std::string& kind, double seconds);

  /// @param left  kinds of the jobs to do, the running one first
  /// @param elapsed  seconds that the running job has taken
  /// @return seconds; a job of a kind never done counts as the mean of all. None until something is done
  std::optional<double> seconds(const std::vector<std::string>& left, double elapsed) const;

 private:
  struct Sum {
    double seconds = 0;
    int jobs = 0;
    double mean() const { return seconds / jobs; }
  };
  std::map<std::string, Sum> kinds_;
  Sum all_;
};

/// "about 40 s", "about 12 min", "about 3 h 20 min"
std::string about(double seconds);

}  // namespace purlscope::core
