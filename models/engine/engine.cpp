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

}  // namespace

CpuEngine::CpuEngine(core::EngineOptions options)
    : options_(std::move(options)), threads_(set_threads(options_.threads)) {}

core::EngineInfo CpuEngine::describe() const {
  return guarded("engine description", [&] {
    const Recogniser& model = recogniser();
    core::EngineInfo info;
    info.model = model.name();
    info.text_encoder = encoder_name();
    info.scoring = model.scoring();
    info.device = "CPU";
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
    const c10::InferenceMode inference;
    const core::Stopwatch total;
    core::ClosedSetResult result;
    const ShiftGcn& network = closed_set(weights);
    result.timings.load = total.ms();

    const core::Stopwatch preprocess;
    core::NdArray input = core::ntu_preprocess(clip);
    const std::vector<std::int64_t> shape(input.shape.begin(), input.shape.end());
    const at::Tensor tensor = at::from_blob(input.data.data(), shape, at::kFloat);
    result.timings.preprocess = preprocess.ms();

    const core::Stopwatch backbone;
    result.logits = to_vector(network.forward(tensor).logits);
    result.timings.backbone = backbone.ms();
    result.classes = network.classes();
    result.architecture = ShiftGcn::kArchitecture;
    result.timings.total = total.ms();
    return result;
  });
}

Recogniser& CpuEngine::recogniser() const {
  if (!recogniser_) {
    const core::Stopwatch watch;
    recogniser_ = load_recogniser(options_.model.empty() ? core::resource(kDefaultModel) : options_.model);
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
    closed_set_ = {weights, written, std::make_unique<ShiftGcn>(ShiftGcn::load(weights))};
  }
  return *closed_set_.network;
}

}  // namespace purlscope::models
