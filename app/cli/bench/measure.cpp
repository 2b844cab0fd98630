#include "app/cli/bench/measure.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

#include "core/base/median.h"
#include "core/base/progress.h"

namespace purlscope::app::cli {

Times summarise(std::vector<double> ms) {
  constexpr double kMost = 0.95;
  std::ranges::sort(ms);
  const auto kept = static_cast<std::size_t>(std::ceil(kMost * static_cast<double>(ms.size())));
  return {core::median(std::span(ms)), ms[kept - 1], ms.size()};
}

std::vector<Times> measure(const std::vector<TimedRun>& runs, std::size_t repeat, const std::stop_token& stop) {
  std::vector<std::vector<double>> ms(runs.size());
  for (const TimedRun& run : runs) {
    core::throw_if_stopped(stop);
    run();
  }
  for (std::size_t round = 0; round < repeat; ++round) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      core::throw_if_stopped(stop);
      ms[i].push_back(runs[i]());
    }
  }
  std::vector<Times> times;
  std::ranges::transform(ms, std::back_inserter(times), summarise);
  return times;
}

}  // namespace purlscope::app::cli
