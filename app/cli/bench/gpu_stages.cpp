#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "app/cli/bench/stages.h"
#include "core/base/error.h"
#include "core/engine/loader.h"

namespace purlscope::app::cli {
namespace {

constexpr std::size_t kBatch = 64;
/// Arithmetic of Shift-GCN on one person, 300 frames of 25 joints: a multiplication and an addition count as two.
constexpr double kWindowGflop = 3.57;
constexpr double kMsPerSecond = 1000;

struct Runs {
  std::vector<core::ClipPtr> clips;
  core::GpuReport gpu;
  std::vector<core::ClosedSetResult> last;
  std::vector<double> ms;
};

double largest_difference(const std::vector<float>& found, const std::vector<float>& expected) {
  double most = 0, size = 1;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    most = std::max(most, static_cast<double>(std::abs(found.at(i) - expected[i])));
    size = std::max(size, static_cast<double>(std::abs(expected[i])));
  }
  return most / size;
}

Json facts_of(const Runs& runs, Subject& subject) {
  const core::ClosedSetResult expected = subject.engine().classify_closed_set(*subject.clip(), subject.weights());
  const double gflops = kWindowGflop * kMsPerSecond / summarise(runs.ms).median;
  Json facts = {{"device", runs.last.front().device},
                {"weights", subject.weights_origin()},
                {"windows_per_second", number(kMsPerSecond / summarise(runs.ms).median)},
                {"gflops", number(gflops)},
                {"logits_difference_to_cpu", number(largest_difference(runs.last.front().logits, expected.logits))}};
  if (runs.gpu.peak_gflops > 0) facts["share_of_peak_fp32"] = number(gflops / runs.gpu.peak_gflops);
  return facts;
}

/// Windows from the processor's memory to logits in it, a window's share of the time.
Prepared prepare_windows(Subject& subject, std::size_t windows) {
  const auto runs = std::make_shared<Runs>();
  runs->gpu = core::load_engine_module().gpu();
  if (!runs->gpu.usable) throw Error(Code::unsupported, runs->gpu.detail);
  runs->clips.assign(windows, subject.clip());
  const auto run = [runs, &subject] {
    runs->last = subject.gpu_engine().classify_closed_sets(runs->clips, subject.weights());
    runs->ms.push_back(runs->last.front().timings.backbone);
    return runs->ms.back();
  };
  return {run, [runs, &subject] { return facts_of(*runs, subject); }};
}

}  // namespace

Prepared prepare_gpu_window(Subject& subject) { return prepare_windows(subject, 1); }
Prepared prepare_gpu_batch(Subject& subject) { return prepare_windows(subject, kBatch); }

}  // namespace purlscope::app::cli
