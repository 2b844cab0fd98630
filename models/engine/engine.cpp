#include "models/engine/engine.h"

#include <ATen/Version.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>
#include <torch/version.h>

#include <utility>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/stopwatch.h"
#include "core/skeleton/ntu_preprocess.h"
#include "models/engine/guard.h"
#include "models/engine/registry.h"
#include "models/engine/threads.h"
#include "models/training/device.h"

namespace purlscope::models {
namespace fs = std::filesystem;
namespace {

constexpr const char* kDefaultModel = "weights/default.safetensors";

std::string build_line() {
  return fmt::format("LibTorch {}, {}, {}", TORCH_VERSION, at::hasMKL() ? "MKL" : "no MKL", at::get_cpu_capability());
}

std::vector<float> to_vector(const at::Tensor& tensor) {
  const at::Tensor values = tensor.contiguous();
  const auto* data = values.const_data_ptr<float>();
  return {data, data + values.numel()};
}

at::Tensor to_tensor(const core::NdArray& array) {
  const std::vector<std::int64_t> shape(array.shape.begin(), array.shape.end());
  return at::tensor(array.data).view(shape);
}

}  // namespace

CpuEngine::CpuEngine(core::EngineOptions options)
    : options_(std::move(options)), threads_(set_threads(options_.threads)) {
  if (options_.device.empty()) options_.device = kAutoDevice;
  check_device(options_.device);
}

core::EngineInfo CpuEngine::describe() const {
  return guarded("engine description", [&] {
    const Recogniser& model = recogniser();
    core::EngineInfo info;
    info.model = model.name();
    info.text_encoder = encoder_name();
    info.scoring = model.scoring();
    info.device = device_;
    info.build = build_line();
    info.threads = threads_;
    info.window = model.window();
    info.card = model.card();
    return info;
  });
}

void CpuEngine::set_labels(const core::LabelSet& labels, std::stop_token stop) {
  guarded("setting the labels", [&] {
    if (labels.labels.empty()) throw Error(Code::bad_argument, "no labels given; type at least one");
    const c10::InferenceMode inference;
    Recogniser& model = recogniser();
    TextEncoder& texts = encoder();
    const core::Stopwatch watch;
    model.set_labels(labels, texts, stop);
    labels_set_ = true;
    refinement_.set_scorer(model.scorer(), refinement::identity_of(model.name(), texts.name(), texts.hash(), labels));
    text_ms_ += watch.ms();
  });
}

core::Recognition CpuEngine::recognise(const core::Window& window, bool with_attention, std::stop_token stop) {
  return guarded("recognition", [&] {
    if (!labels_set_) throw Error(Code::bad_argument, "no labels are set; set at least one before recognising");
    core::throw_if_stopped(stop);
    const c10::InferenceMode inference;
    const core::Stopwatch watch;
    Recogniser& model = recogniser();
    Sample sample;
    sample.with_said = refinement_.needs_said();
    const bool refining = refinement_.on();
    core::Recognition result = model.recognise(window, with_attention, stop, refining ? &sample : nullptr);
    if (refining) {
      refinement_.refine(result, {std::move(sample.features), std::move(sample.evidence),
                                  window.clip ? window.clip->name : std::string(), window.begin, window.end});
    }
    result.model = model.name();
    result.scoring = model.scoring();
    result.text_encoder = encoder_name();
    result.timings.load = std::exchange(load_ms_, 0.0);
    result.timings.text = std::exchange(text_ms_, 0.0);
    result.timings.total = watch.ms() + result.timings.load + result.timings.text;
    return result;
  });
}

core::NdArray CpuEngine::encode(const std::vector<std::string>& texts) {
  return guarded("text encoding", [&] {
    const c10::InferenceMode inference;
    TextEncoder& network = encoder();
    core::NdArray features({texts.size(), static_cast<std::size_t>(network.dim())});
    if (texts.empty()) return features;
    features.data = to_vector(network.encode(texts));
    return features;
  });
}

core::ClosedSetResult CpuEngine::classify_closed_set(const core::Clip& clip, const fs::path& weights) {
  return guarded("closed-set classification", [&] {
    const core::Clip* const only = &clip;
    return std::move(run_closed_set({&only, 1}, weights).front());
  });
}

std::vector<core::ClosedSetResult> CpuEngine::classify_closed_sets(const std::vector<core::ClipPtr>& clips,
                                                                   const fs::path& weights) {
  return guarded("closed-set classification", [&] {
    std::vector<const core::Clip*> all;
    for (const core::ClipPtr& clip : clips) all.push_back(clip.get());
    return run_closed_set(all, weights);
  });
}

std::vector<core::ClosedSetResult> CpuEngine::run_closed_set(std::span<const core::Clip* const> clips,
                                                             const fs::path& weights) {
  if (clips.empty()) return {};
  const c10::InferenceMode inference;
  const auto share = static_cast<double>(clips.size());
  const core::Stopwatch total;
  const ShiftGcn& network = closed_set(weights);
  core::Timings timings;
  timings.load = total.ms() / share;

  const core::Stopwatch preprocess;
  std::vector<at::Tensor> windows;
  for (const core::Clip* clip : clips) windows.push_back(to_tensor(core::ntu_preprocess(*clip)));
  timings.preprocess = preprocess.ms() / share;

  const core::Stopwatch backbone;
  const at::Tensor logits = network.logits(windows.size() == 1 ? windows[0].unsqueeze(0) : at::stack(windows));
  timings.backbone = backbone.ms() / share;
  timings.total = total.ms() / share;
  std::vector<core::ClosedSetResult> results;
  for (std::int64_t i = 0; i < logits.size(0); ++i) {
    results.push_back({to_vector(logits[i]), network.classes(), ShiftGcn::kArchitecture, network.device(), timings});
  }
  return results;
}

Recogniser& CpuEngine::recogniser() const {
  if (!recogniser_) {
    const core::Stopwatch watch;
    recogniser_ = load_recogniser(options_.model.empty() ? core::resource(kDefaultModel) : options_.model);
    device_ = recogniser_->compute_on(options_.device);
    load_ms_ += watch.ms();
  }
  return *recogniser_;
}

TextEncoder& CpuEngine::encoder() {
  if (!encoder_) {
    const core::Stopwatch watch;
    encoder_ = open_encoder(options_);
    load_ms_ += watch.ms();
  }
  return *encoder_;
}

std::string CpuEngine::encoder_name() const {
  const bool is_default = !options_.features && (options_.encoder.empty() || options_.encoder == "minilm");
  if (is_default) return kMiniLmName;  // known without opening it: the model's description must not fail by it
  if (!encoder_) encoder_ = open_encoder(options_);
  return encoder_->name();
}

const ShiftGcn& CpuEngine::closed_set(const fs::path& weights) {
  std::error_code missing;
  const auto written = fs::last_write_time(weights, missing);
  if (missing) {
    throw Error(Code::not_found, fmt::format("{}: {}; give a checkpoint converted by tools/convert_checkpoint.py",
                                             weights.string(), missing.message()));
  }
  if (!closed_set_.network || closed_set_.file != weights || closed_set_.written != written) {
    auto network = std::make_unique<ShiftGcn>(ShiftGcn::load(weights));
    network->compute_on(options_.device, options_.plain);
    closed_set_ = {weights, written, std::move(network)};
  }
  return *closed_set_.network;
}

}  // namespace purlscope::models
