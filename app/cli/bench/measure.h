#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <vector>

namespace purlscope::app::cli {

/// One run of a stage. @return milliseconds, of the part that counts
using TimedRun = std::function<double()>;

/// Times of the runs of one stage. Milliseconds.
struct Times {
  double median = 0;
  double p95 = 0;  ///< the least time that at least 95 % of the runs kept to
  std::size_t n = 0;
};

/// @param ms  at least one
Times summarise(std::vector<double> ms);

/// Runs in turn (a, b, a, b, ...), so that whatever else the machine does meets all alike: one warm-up each, then
/// `repeat` that count. @return the times of each
/// @throws Error{Code::cancelled}, and what a run throws
std::vector<Times> measure(const std::vector<TimedRun>& runs, std::size_t repeat, const std::stop_token& stop);

}  // namespace purlscope::app::cli
