#include "models/purls/lab.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/base/paths.h"
#include "core/base/stopwatch.h"
#include "models/evaluation/seed_progress.h"
#include "models/purls/train/checkpoint.h"
#include "models/purls/train/report.h"
#include "models/purls/train/trainer.h"

namespace purlscope::models {
namespace {

using nlohmann::json;
using purls::Config;
using purls::PurlsModel;

constexpr const char* kPublished = "published";
constexpr const char* kLeakFree = "leak-free";
constexpr const char* kAnyFolder = "folder";  // kind of a set whose class order is its own

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out)
    throw Error(Code::io,
                fmt::format("{}: cannot be written: check the folder's permissions and free space", file.string()));
}

json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  json value = json::parse(in, nullptr, false);
  if (!value.is_object()) {
    throw Error(Code::bad_format,
                fmt::format("{}: not a training report: start over with --fresh, or delete it", file.string()));
  }
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
                 {"seconds", trained.backbone.seconds + trained.head.seconds},
                 {"model", file.string()},
                 {"fingerprint", fingerprint}};
  if (std::isfinite(trained.held_accuracy)) report["held_accuracy"] = trained.held_accuracy;
  return report;
}

void check_protocol(const std::string& protocol) {
  if (protocol == kPublished || protocol == kLeakFree) return;
  throw Error(Code::bad_argument,
              fmt::format("unknown protocol '{}': expected '{}' or '{}'", protocol, kLeakFree, kPublished));
}

[[noreturn]] void refuse_class(const PurlsModel& model, const std::string& label, const std::string& kind,
                               const std::string& split) {
  throw Error(Code::bad_argument,
              fmt::format("the model {} was trained on '{}' of {}, which is unseen in split '{}' or means the same as "
                          "an unseen class: train a model for this split",
                          model.provenance.name, label, kind, split));
}

/// Refuses a model that has seen what it is to be tested on.
void expect_unseen(const PurlsModel& model, const core::LabData& data) {
  const auto refuse = [&](const core::ClipSet& set, int label) {
    const std::string& text = set.labels.at(static_cast<std::size_t>(label)).text;
    for (const auto& trained : model.provenance.classes) {
      // The order of classes is fixed for a known kind of set, whatever the texts call them.
      const bool same = trained.label == text || (set.kind != kAnyFolder && trained.index == label);
      if (trained.dataset != set.kind || !same) continue;
      refuse_class(model, text, set.kind, data.split);
    }
  };
  for (const int label : data.unseen) refuse(data.target, label);
  for (const auto& [set, label] : data.left_out) refuse(data.others.at(set), label);
  // Also in sets that are not at hand now.
  for (const core::ForbiddenClass& forbidden : data.forbidden) {
    for (const auto& trained : model.provenance.classes) {
      const bool same = trained.label == forbidden.name || (forbidden.index >= 0 && trained.index == forbidden.index);
      if (trained.dataset == forbidden.kind && same) refuse_class(model, trained.label, forbidden.kind, data.split);
    }
  }
}

/// Index of the best-scored unseen class for every test clip.
std::vector<std::int64_t> predict(const PurlsModel& model, const purls::TestSet& test, const std::string& protocol,
                                  TextEncoder& encoder) {
  const at::Tensor nodes = model.nodes(test.motions), texts = model.texts(test.labels, encoder);
  const at::Tensor similarities = protocol == kPublished ? model.published_similarities(nodes, texts, test.truth)
                                                         : model.similarities(nodes, texts);
  const at::Tensor best = model.scores(similarities).argmax(1).contiguous();
  const auto* data = best.const_data_ptr<std::int64_t>();
  return {data, data + best.numel()};
}

}  // namespace

Config evaluation_config(const core::EvaluateOptions& options) {
  const Config own = Config::parse(options.config);
  if (options.protocol != kPublished) return own;
  json config = purls::published_config();
  if (options.config.is_object()) config.merge_patch(options.config);
  return Config::parse(config);
}

std::filesystem::path backbone_folder() { return core::user_cache_dir() / "backbones"; }

void check_purls(const core::TrainOptions& options) { Config::parse(options.config); }

void check_purls(const core::EvaluateOptions& options) {
  check_protocol(options.protocol);
  if (!options.backbone.empty() && options.backbone != purls::kBackboneName) {
    throw Error(Code::bad_argument, fmt::format("no backbone '{}' to train PURLS on: expected '{}'", options.backbone,
                                                purls::kBackboneName));
  }
  evaluation_config(options);
}

json train_purls(const core::LabData& data, const core::TrainOptions& options, TextEncoder& encoder,
                 const core::ProgressFn& progress, const std::stop_token& stop) {
  const purls::TrainingPlan plan{Config::parse(options.config), options.seed, options.out, {}};
  std::error_code failed;
  std::filesystem::create_directories(options.out, failed);
  if (failed) throw Error(Code::io, fmt::format("{}: cannot be created: {}", options.out.string(), failed.message()));
  if (!options.resume) remove_training(options.out);

  const purls::TrainingSet seen = purls::collect_seen(data, progress, stop);
  const json fingerprint = purls::training_fingerprint(data, seen, plan, encoder);
  if (json report = finished_report(options.out, fingerprint); !report.is_null()) {
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

json evaluate_purls(const core::LabData& data, const core::EvaluateOptions& options, TextEncoder& encoder,
                    const core::ProgressFn& progress, std::stop_token stop) {
  const core::Stopwatch watch;
  check_purls(options);
  const Config config = evaluation_config(options);
  const purls::TestSet test = purls::collect_unseen(data, progress, stop);
  purls::EvaluationReport report(data, test);
  if (!options.model.empty()) {
    const PurlsModel model = purls::load_model(core::model_file(options.model));
    purls::expect_encoder(model, encoder);
    expect_unseen(model, data);
    report.add_seed(predict(model, test, options.protocol, encoder), model);
  } else {
    const purls::TrainingSet seen = purls::collect_seen(data, progress, stop);
    const int seeds = std::max(1, options.seeds);
    for (int seed = 0; seed < seeds; ++seed) {
      const purls::TrainingPlan plan{config, static_cast<std::uint64_t>(seed), {}, backbone_folder()};
      const auto trained = purls::train_model(data, seen, plan, encoder, seed_progress(progress, seed, seeds), stop);
      report.add_seed(predict(trained.model, test, options.protocol, encoder), trained.model);
    }
  }
  return report.to_json(options.protocol, encoder.name(), watch.seconds());
}

}  // namespace purlscope::models
