#include "app/cli/bench/subject.h"

#include <fmt/format.h>

#include "app/cli/bench/random_weights.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/engine/loader.h"
#include "core/formats/registry.h"
#include "core/weights/store.h"

namespace purlscope::app::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kSeed = 1;

}  // namespace

fs::path Subject::recording() { return core::resource("clips/wave.skeleton"); }

core::ClipPtr Subject::clip() {
  if (!clip_) clip_ = core::read_clip(recording(), {});
  return clip_;
}

std::unique_ptr<core::Engine> Subject::make_engine(const char* device) const {
  core::EngineOptions options;
  options.threads = options_.threads;
  options.device = device;
  options.model = core::weights_file(options_.model);
  return core::load_engine(options);
}

core::Engine& Subject::engine() {
  if (!engine_) engine_ = make_engine("cpu");
  return *engine_;
}

core::Engine& Subject::gpu_engine() {
  if (!gpu_engine_) gpu_engine_ = make_engine("cuda");
  return *gpu_engine_;
}

const core::EngineInfo& Subject::info() {
  if (!info_) info_ = engine().describe();
  return *info_;
}

const core::Window& Subject::window() {
  if (!window_) window_ = core::make_window(clip(), info().window);
  return *window_;
}

const fs::path& Subject::weights() {
  if (weights_.empty()) choose_weights();
  return weights_;
}

const std::string& Subject::weights_origin() {
  if (weights_.empty()) choose_weights();
  return weights_origin_;
}

void Subject::choose_weights() {
  if (!options_.weights.empty()) {
    weights_ = core::weights_file(options_.weights);
    std::error_code unreachable;
    if (!fs::exists(weights_, unreachable)) {
      throw Error(Code::not_found, fmt::format("{}: no such weight file, nor installed weights of that name; leave "
                                               "--weights out to measure with random ones",
                                               options_.weights));
    }
    weights_origin_ = options_.weights;
    return;
  }
  for (const core::InstalledWeights& installed : core::installed_weights()) {
    if (installed.kind != "shift-gcn") continue;
    weights_ = core::weights_file(installed.name);
    weights_origin_ = fmt::format("{} (installed)", installed.name);
    return;
  }
  weights_ = folder() / "random.safetensors";
  write_random_shift_gcn(weights_, kSeed);
  weights_origin_ = fmt::format("random (seed {}), of the published shape", kSeed);
}

}  // namespace purlscope::app::cli
