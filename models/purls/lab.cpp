#include "models/purls/lab.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "core/base/paths.h"
#include "models/evaluation/wordings.h"
#include "models/evaluation/zero_shot.h"
#include "models/purls/method.h"
#include "models/purls/published_dynapurls.h"
#include "models/purls/train/checkpoint.h"
#include "models/purls/train/model_card.h"
#include "models/purls/train/trainer.h"

namespace purlscope::models {
namespace {

using nlohmann::json;
using purls::Config;

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out)
    throw Error(Code::io,
                fmt::format("{}: cannot be written: check the folder's permissions and free space", file.string()));
}

Error no_report(const std::filesystem::path& file) {
  return {Code::bad_format,
          fmt::format("{}: not a training report: start over with --fresh, or delete it", file.string())};
}

json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  json value = json::parse(in, nullptr, false);
  if (!value.is_object()) throw no_report(file);
  return value;
}

bool is_there(const std::filesystem::path& file) {
  std::error_code failure;
  const bool there = std::filesystem::exists(file, failure);
  if (!failure) return there;
  throw Error(Code::io,
              fmt::format("{}: {}: check the name and that you may read its folder", file.string(), failure.message()));
}

/// The report of a finished training in this folder; null when there is none.
json finished_report(const std::filesystem::path& folder, const json& fingerprint) {
  if (!is_there(folder / "train.json") || !is_there(folder / "model.safetensors")) return {};
  json report = read_json(folder / "train.json");
  const std::string difference = purls::first_difference(report.value("fingerprint", json()), fingerprint);
  if (difference.empty()) return report;
  throw Error(Code::bad_argument,
              fmt::format("{} holds the model of another training ({}): choose another folder, or start "
                          "over with --fresh",
                          folder.string(), difference));
}

void remove_file(const std::filesystem::path& file) {
  std::error_code failure;
  std::filesystem::remove(file, failure);
  if (failure) {
    throw Error(Code::io, fmt::format("{}: cannot be removed: {}: check the folder's permissions", file.string(),
                                      failure.message()));
  }
}

void remove_training(const std::filesystem::path& folder) {
  auto files = purls::checkpoint_files(folder);
  for (const char* name : {"model.safetensors", "train.json", "card.md"}) files.push_back(folder / name);
  for (const auto& file : files) remove_file(file);
}

/// Of both networks, one after the other.
json curve_of(const purls::TrainedModel& trained) {
  json curve = purls::curve_to_json(trained.backbone.curve);
  for (json& point : purls::curve_to_json(trained.head.curve)) curve.push_back(std::move(point));
  return curve;
}

purls::Curve read_curve(const json& report, const std::filesystem::path& file) {
  try {
    return purls::curve_from_json(report.value("curve", json::array()));
  } catch (const json::exception&) {
    throw no_report(file);
  }
}

/// Tells the epochs of a training that was finished before.
void replay(purls::Curve curve, const core::ProgressFn& progress) {
  if (!progress) return;
  for (core::TrainingPoint& point : curve) {
    core::Progress step;
    step.stage = "Trained already";
    step.fraction = 1;
    step.point = std::move(point);
    progress(step);
  }
}

json train_report(const purls::TrainedModel& trained, const json& fingerprint, const std::filesystem::path& file) {
  json report = {{"epochs", trained.backbone.epochs + trained.head.epochs},
                 {"backbone_epochs", trained.backbone.epochs},
                 {"head_epochs", trained.head.epochs},
                 {"backbone_loss", trained.backbone.loss},
                 {"seen_loss", trained.head.loss},
                 {"backbone_accuracy", trained.backbone.accuracy},
                 {"seen_accuracy", trained.head.accuracy},
                 {"held_clips", trained.held_clips},
                 {"held_accuracy", nullptr},
                 {"backbone_best_epoch", trained.backbone.kept},
                 {"head_best_epoch", trained.head.kept},
                 {"curve", curve_of(trained)},
                 {"seconds", trained.backbone.seconds + trained.head.seconds},
                 {"device", trained.model.device().str()},
                 {"model", file.string()},
                 {"fingerprint", fingerprint}};
  if (std::isfinite(trained.held_accuracy)) report["held_accuracy"] = trained.held_accuracy;
  return report;
}

/// Whether what a config names is there.
void check_machine(const Config& config) {
  find_device(config.device);
  if (!config.pretrained.empty()) purls::check_pretrained(config.pretrained);
}

}  // namespace

/// The published protocol means the published head and training too, where the config says nothing else.
Config evaluation_config(const core::EvaluateOptions& options) {
  const Config own = Config::parse(options.config);
  const std::string named = options.backbone.empty() ? own.backbone_name : options.backbone;
  const json::json_pointer key("/backbone/name");
  if (options.config.is_object() && options.config.contains(key) && own.backbone_name != named) {
    throw Error(Code::bad_argument, fmt::format("backbone '{}' is asked for, but config key 'backbone.name' is '{}': "
                                                "state one of them",
                                                named, own.backbone_name));
  }
  json config = options.protocol == kPublished ? purls::published_config() : json::object();
  if (options.config.is_object()) config.merge_patch(options.config);
  config["backbone"]["name"] = named;
  return Config::parse(config);
}

std::filesystem::path backbone_folder() { return core::user_cache_dir() / "backbones"; }

void check_purls(const core::TrainOptions& options) {
  refuse_paraphrases("purls", options.paraphrases);
  check_machine(Config::parse(options.config));
}

void check_purls(const core::EvaluateOptions& options) {
  check_evaluation(options);
  refuse_paraphrases("purls", options.paraphrases);
  check_machine(evaluation_config(options));
}

json train_purls(const core::LabData& data, const core::TrainOptions& options, TextEncoder& encoder,
                 const core::ProgressFn& progress, const std::stop_token& stop) {
  const Config config = Config::parse(options.config);
  const purls::TrainingPlan plan{config, options.seed, options.out, {}, find_device(config.device)};
  std::error_code failed;
  std::filesystem::create_directories(options.out, failed);
  if (failed) throw Error(Code::io, fmt::format("{}: cannot be created: {}", options.out.string(), failed.message()));
  if (!options.resume) remove_training(options.out);

  const purls::TrainingSet seen = purls::collect_seen(data, progress, stop, plan.config.layout());
  const json fingerprint = purls::training_fingerprint(data, seen, plan, encoder);
  if (json report = finished_report(options.out, fingerprint); !report.is_null()) {
    replay(read_curve(report, options.out / "train.json"), progress);
    report.erase("fingerprint");
    return report;
  }
  purls::TrainedModel trained = purls::train_model(data, seen, plan, encoder, progress, stop);
  trained.model.card = purls::model_card(data, trained);
  const auto file = options.out / "model.safetensors";
  purls::save_model(trained.model, file);
  json report = train_report(trained, fingerprint, file);
  write_text(options.out / "card.md", trained.model.card);
  write_text(options.out / "train.json", report.dump(2) + "\n");
  for (const auto& checkpoint : purls::checkpoint_files(options.out)) remove_file(checkpoint);
  report.erase("fingerprint");
  return report;
}

namespace {

/// @tparam Method PurlsMethod or one made of it
template <typename Method>
json evaluate_method(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
                     const core::ProgressFn& progress, std::stop_token stop) {
  const Config config = evaluation_config(options);
  const at::Device device = find_device(config.device);
  const auto run = [&](Method method) {
    return within_memory(device, [&] { return evaluate_zero_shot(data, options, method, progress, std::move(stop)); });
  };
  return options.model.empty() ? run(Method(config, backbone_folder(), encoder))
                               : run(Method(options.model, options.backbone, device, encoder));
}

}  // namespace

json evaluate_purls(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
                    const core::ProgressFn& progress, std::stop_token stop) {
  check_purls(options);
  return evaluate_method<purls::PurlsMethod>(data, options, encoder, progress, std::move(stop));
}

namespace {

constexpr int kOrders = 5;

core::EvaluateOptions as_stream(const core::EvaluateOptions& options) {
  core::EvaluateOptions out = options;
  if (out.protocol == kPublished) return out;  // a way of its own to learn, and a measure of its own
  if (out.orders == 0) out.orders = kOrders;
  if (out.refinement.is_null()) out.refinement = json::object();
  if (out.refinement.is_object() && !out.refinement.contains("method")) out.refinement["method"] = "scale-shift";
  return out;
}

}  // namespace

void check_dynapurls(const core::EvaluateOptions& options) { check_purls(as_stream(options)); }

json evaluate_dynapurls(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
                        const core::ProgressFn& progress, std::stop_token stop) {
  if (options.protocol == kPublished) {
    check_purls(options);
    return evaluate_method<purls::PublishedDynaPurls>(data, options, encoder, progress, std::move(stop));
  }
  json report = evaluate_purls(data, as_stream(options), encoder, progress, std::move(stop));
  report["method"] = "dynapurls";
  return report;
}

}  // namespace purlscope::models
