#include "models/purls/train/backbone_cache.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/base/safetensors.h"
#include "models/purls/model/module_file.h"
#include "models/purls/train/snapshot.h"
#include "models/text/fingerprint.h"

namespace purlscope::models::purls {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr int kRevision = 3;  // of network, augmentation and fitting; a change there makes older files useless
constexpr std::uintmax_t kMostBytes = 1ULL << 30;
constexpr const char* kPrefix = "backbone.";

void add_bytes(Fingerprint& fingerprint, const at::Tensor& tensor) {
  const at::Tensor whole = tensor.contiguous();
  fingerprint.add(std::as_bytes(std::span(static_cast<const char*>(whole.const_data_ptr()), whole.nbytes())));
}

std::string hash_of_clips(const TrainingSet& set) {
  Fingerprint fingerprint;
  for (const at::Tensor* column : {&set.motions, &set.set, &set.class_in_set}) add_bytes(fingerprint, *column);
  return fmt::format("{:016x}", fingerprint.value());
}

std::string name_of(const json& fingerprint) {
  const std::string text = fingerprint.dump();
  Fingerprint hash;
  hash.add(std::as_bytes(std::span(text)));
  return fmt::format("{:016x}.safetensors", hash.value());
}

json metadata_json(const core::SafeTensors& file, const char* key) {
  const auto found = file.metadata().find(key);
  return found == file.metadata().end() ? json() : json::parse(found->second, nullptr, false);
}

json to_json(const StageReport& report) {
  return {{"epochs", report.epochs},     {"kept", report.kept},       {"loss", report.loss},
          {"accuracy", report.accuracy}, {"seconds", report.seconds}, {"curve", curve_to_json(report.curve)}};
}

StageReport report_from_json(const json& value) {
  StageReport report;
  report.epochs = value.at("epochs").get<std::int64_t>();
  report.kept = value.at("kept").get<std::int64_t>();
  report.loss = value.at("loss").get<double>();
  report.accuracy = value.at("accuracy").get<double>();
  report.seconds = value.at("seconds").get<double>();
  report.curve = curve_from_json(value.at("curve"));
  return report;
}

/// Gives a module its present state back unless kept: a file may turn out damaged half way.
class Restore {
 public:
  explicit Restore(torch::nn::Module& module) : module_(module), before_(module) {}
  ~Restore() {
    if (!kept_) before_.restore(module_);
  }
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;
  void keep_new() { kept_ = true; }

 private:
  torch::nn::Module& module_;
  Snapshot before_;
  bool kept_ = false;
};

/// Removes the files longest unused until the folder holds `kMostBytes`.
void prune(const fs::path& folder) {
  struct Kept {
    fs::file_time_type written;
    std::uintmax_t bytes;
    fs::path path;
  };
  std::error_code ignored;
  std::vector<Kept> files;
  std::uintmax_t total = 0;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    std::error_code gone;
    const Kept file{entry.last_write_time(gone), entry.file_size(gone), entry.path()};
    if (gone) continue;
    total += file.bytes;
    files.push_back(file);
  }
  std::ranges::sort(files, {}, &Kept::written);
  for (const Kept& file : files) {
    if (total <= kMostBytes) return;
    if (fs::remove(file.path, ignored)) total -= file.bytes;
  }
}

}  // namespace

json backbone_fingerprint(const Config& config, std::uint64_t seed, const TrainingSet& trained, const TrainingSet& held,
                          at::DeviceType device) {
  const json settings = config.to_json();
  json fingerprint = {{"revision", kRevision},
                      {"program", core::version()},
                      {"threads", at::get_num_threads()},
                      {"backbone", settings.at("backbone")},
                      {"augment", settings.at("augment")},
                      {"seed", seed},
                      {"classes_per_set", trained.classes_per_set},
                      {"precision", settings.at("precision")},
                      {"clips", hash_of_clips(trained)},
                      {"held_clips", hash_of_clips(held)}};
  if (device != at::kCPU) fingerprint["device"] = c10::DeviceTypeName(device, true);
  return fingerprint;
}

BackboneCache::BackboneCache(const fs::path& folder, json fingerprint)
    : file_(folder / name_of(fingerprint)), fingerprint_(std::move(fingerprint)) {}

std::optional<StageReport> BackboneCache::load(torch::nn::Module& backbone) const {
  std::error_code ignored;
  if (!fs::exists(file_, ignored)) return std::nullopt;
  try {
    const core::SafeTensors file = core::SafeTensors::open(file_);
    if (metadata_json(file, "fingerprint") != fingerprint_) return std::nullopt;
    const json report = metadata_json(file, "report");
    if (!report.is_object()) throw Error(Code::bad_format, "without a readable 'report'");
    Restore restore(backbone);
    load_module(file, kPrefix, backbone);
    StageReport trained = report_from_json(report);
    restore.keep_new();
    backbone.eval();
    return trained;
  } catch (const std::exception& error) {
    core::log(core::LogLevel::info,
              fmt::format("{}: damaged cache of a backbone ({}); it is trained anew", file_.string(), error.what()));
    fs::remove(file_, ignored);
    return std::nullopt;
  }
}

void BackboneCache::store(const torch::nn::Module& backbone, const StageReport& report) const {
  try {
    TensorMap tensors;
    store_module(backbone, kPrefix, tensors);
    std::error_code ignored;
    fs::create_directories(file_.parent_path(), ignored);
    core::save_safetensors(
        file_, tensors,
        {{"architecture", "backbone-cache"}, {"fingerprint", fingerprint_.dump()}, {"report", to_json(report).dump()}});
    prune(file_.parent_path());
  } catch (const Error& error) {
    core::log(core::LogLevel::warning,
              fmt::format("the trained backbone is not kept for other runs: {}", error.what()));
  }
}

}  // namespace purlscope::models::purls
