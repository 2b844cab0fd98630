#include "app/cli/bench/engine_check.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <vector>

#include "app/cli/bench/subject.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/progress.h"
#include "core/engine/loader.h"
#include "core/formats/registry.h"
#include "core/text/descriptions.h"

namespace purlscope::app::cli {
namespace {

constexpr std::size_t kLabels = 5;
constexpr const char* kNtuLayout = "ntu25";

std::vector<core::ClipPtr> bundled_clips() {
  std::vector<core::ClipPtr> clips;
  for (const auto& entry : std::filesystem::directory_iterator(core::resource("clips"))) {
    if (entry.path().extension() != ".skeleton") continue;
    clips.push_back(core::read_clip(entry.path(), {}));
  }
  return clips;
}

std::unique_ptr<core::Engine> make_engine(const std::string& device, bool plain) {
  core::EngineOptions options;
  options.device = device;
  options.plain = plain;
  return core::load_engine(options);
}

}  // namespace

EngineCheck check_engine(const EngineCheckOptions& options, const std::stop_token& stop) {
  BenchOptions bench;
  bench.weights = options.weights;
  Subject subject(bench);
  core::CheckEngine engine(make_engine(options.device, false), make_engine("cpu", true));
  const std::vector<std::string> labels = core::DescriptionBank::bundled().labels();
  engine.set_labels(core::make_label_set({labels.begin(), labels.begin() + kLabels}), stop);
  const core::WindowOptions window = engine.describe().window;
  EngineCheck check;
  for (const core::ClipPtr& clip : bundled_clips()) {
    core::throw_if_stopped(stop);
    engine.recognise(core::make_window(clip, window), true, stop);
    if (clip->layout->id == kNtuLayout) {
      check.device = engine.classify_closed_set(*clip, subject.weights()).device;
    }
  }
  check.report = engine.report();
  check.weights = subject.weights_origin();
  return check;
}

std::string describe(const EngineCheck& check) {
  constexpr double kPercent = 100;
  if (!check.report.agrees()) {
    return fmt::format("closed-set networks on {} and the processor, operator by operator, differ first at {}",
                       check.device, check.report.first);
  }
  return fmt::format(
      "closed-set networks on {} and the processor, operator by operator, agree: {} answers, {} values, the farthest "
      "at "
      "{:.1f} % of what may be ({}); weights: {}",
      check.device, check.report.answers, check.report.values, kPercent * check.report.worst, check.report.worst_at,
      check.weights);
}

}  // namespace purlscope::app::cli
