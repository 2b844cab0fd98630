#include "models/purls/train/trainer.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "core/weights/sha256.h"
#include "models/purls/train/backbone_cache.h"
#include "models/purls/train/calibration.h"
#include "models/purls/train/stages.h"

namespace purlscope::models::purls {
namespace {

// Stretches of randomness that must not coincide between the parts of a training.
enum class Part : std::uint64_t { split, backbone_weights, backbone, head_weights, head, calibration };

std::uint64_t part_seed(std::uint64_t seed, Part part) {
  return make_generator(seed, static_cast<std::uint64_t>(part)).current_seed();
}

at::Generator part_generator(std::uint64_t seed, Part part) {
  return make_generator(seed, static_cast<std::uint64_t>(part));
}

struct Division {
  at::Tensor trained, held;  ///< row indices
};

/// Keeps a share of each class's clips out of training; a class keeps at least one clip to train on.
Division divide(const at::Tensor& target, double share, at::Generator generator) {
  const at::Tensor order = at::randperm(target.size(0), generator, at::TensorOptions().dtype(at::kLong));
  const at::Tensor shuffled = target.index_select(0, order);
  std::vector<std::int64_t> trained, held;
  const std::int64_t classes = target.max().item<std::int64_t>() + 1;
  for (std::int64_t label = 0; label < classes; ++label) {
    const at::Tensor rows = order.index_select(0, shuffled.eq(label).nonzero().squeeze(1));
    const auto keep = static_cast<std::int64_t>(share * static_cast<double>(rows.size(0)));
    for (std::int64_t i = 0; i < rows.size(0); ++i) (i < keep ? held : trained).push_back(rows[i].item<std::int64_t>());
  }
  return {at::tensor(trained, at::kLong), at::tensor(held, at::kLong)};
}

Provenance provenance_of(const core::LabData& data, const TrainingSet& seen, std::uint64_t seed,
                         const TextEncoder& encoder) {
  Provenance origin;
  origin.dataset = data.target.kind;
  origin.split = data.split;
  origin.seed = seed;
  origin.name = fmt::format("purls-{}-{}-seed{}", origin.dataset, origin.split, seed);
  for (const int label : data.unseen)
    origin.unseen.push_back(data.target.labels.at(static_cast<std::size_t>(label)).text);
  origin.classes = seen.classes;
  origin.text_encoder = encoder.name();
  origin.text_encoder_hash = encoder.hash();
  return origin;
}

/// Fits one model step by step.
class Trainer {
 public:
  Trainer(const core::LabData& data, const TrainingSet& seen, const TrainingPlan& plan, TextEncoder& encoder,
          const core::ProgressFn& progress, std::stop_token stop)
      : plan_(plan),
        seen_(seen),
        encoder_(encoder),
        progress_(progress),
        stop_(std::move(stop)),
        fingerprint_(training_fingerprint(data, seen, plan, encoder)),
        division_(divide(seen.target, plan.config.validation, part_generator(plan.seed, Part::split))),
        trained_(select_rows(seen, division_.trained)),
        held_(select_rows(seen, division_.held)) {
    Config config = plan.config;
    config.head.text_dim = encoder.dim();
    result_.model = make_model(config, seen.classes_per_set);
    result_.model.classifier->initialise(part_generator(plan.seed, Part::backbone_weights));
    result_.model.head->initialise(part_generator(plan.seed, Part::head_weights));
    result_.model.move_to(plan.device);
    result_.model.provenance = provenance_of(data, seen, plan.seed, encoder);
  }

  TrainedModel run() {
    const at::Tensor raw_texts =
        sentence_features(seen_.labels, plan_.config.wording, plan_.config.global_text, encoder_);
    result_.model.text_mean = raw_texts.mean(0);
    obtain_backbone();
    const at::Tensor texts = plan_.config.centre ? centre_texts(raw_texts, result_.model.text_mean) : raw_texts;
    fit_head(texts);
    calibrate(texts);
    return std::move(result_);
  }

  TrainedModel run_backbone() {
    obtain_backbone();
    return std::move(result_);
  }

 private:
  struct Named {
    const char *name, *title;
  };

  StageOptions stage_options(const Named& named, const FitOptions& fit, Part part, std::size_t index) const {
    StageOptions options;
    options.name = named.name;
    options.title = named.title;
    options.fit = fit;
    options.seed = part_seed(plan_.seed, part);
    options.fingerprint = fingerprint_;
    if (!plan_.checkpoints.empty()) options.checkpoint = checkpoint_files(plan_.checkpoints).at(index);
    return options;
  }

  /// From an earlier run where one left it.
  void obtain_backbone() {
    if (!plan_.config.pretrained.empty()) return take_pretrained();
    if (plan_.backbones.empty()) return fit_backbone();
    const BackboneCache cache(plan_.backbones, fingerprint_of_backbone());
    if (const auto report = cache.load(*result_.model.classifier)) {
      result_.backbone = *report;
      return;
    }
    fit_backbone();
    cache.store(*result_.model.classifier, result_.backbone);
  }

  /// Published weights stay as they are; the classifiers beside them are never used.
  void take_pretrained() {
    result_.model.provenance.pretrained = load_pretrained(plan_.config.pretrained, *result_.model.backbone);
    result_.model.classifier->eval();
  }

  nlohmann::json fingerprint_of_backbone() const {
    return backbone_fingerprint(plan_.config, plan_.seed, trained_, held_, plan_.device.type());
  }

  void fit_backbone() {
    constexpr double kShare = 0.7;  // of the whole job's time, for the progress bar
    BackboneStage stage(result_.model, trained_, held_);
    const Named named{"backbone", "Training the backbone"};
    StageOptions options = stage_options(named, plan_.config.backbone_fit, Part::backbone, 0);
    options.progress_end = kShare;
    result_.backbone = run_stage(stage, options, progress_, stop_);
  }

  void fit_head(const at::Tensor& texts) {
    const at::Tensor nodes = result_.model.nodes(trained_.motions);
    result_.model.node_mean = nodes.mean(0);
    HeadStage stage(result_.model, {nodes, trained_.target}, {held_nodes(), held_.target}, texts);
    const Named named{"head", "Training the PURLS head"};
    StageOptions options = stage_options(named, plan_.config.head_fit, Part::head, 1);
    options.progress_begin = 0.7;
    result_.head = run_stage(stage, options, progress_, stop_);
  }

  at::Tensor held_nodes() const { return held_.target.size(0) > 0 ? result_.model.nodes(held_.motions) : at::Tensor(); }

  /// On clips held out; on those trained on where none were.
  void calibrate(const at::Tensor& texts) {
    const bool held = held_.target.size(0) > 0;
    const TrainingSet& rows = held ? held_ : trained_;
    const PurlsModel& model = result_.model;
    const at::Tensor scores = model.scores(model.similarities(model.nodes(rows.motions), texts));
    result_.held_clips = held_.target.size(0);
    result_.held_accuracy = held ? scores.argmax(1).eq(rows.target).to(at::kDouble).mean().item<double>()
                                 : std::numeric_limits<double>::quiet_NaN();
    result_.model.calibration = fit_calibration(scores, rows.target, part_seed(plan_.seed, Part::calibration));
  }

  const TrainingPlan& plan_;
  const TrainingSet& seen_;
  TextEncoder& encoder_;
  const core::ProgressFn& progress_;
  std::stop_token stop_;
  nlohmann::json fingerprint_;
  Division division_;
  TrainingSet trained_, held_;
  TrainedModel result_;
};

}  // namespace

std::vector<std::filesystem::path> checkpoint_files(const std::filesystem::path& folder) {
  return {folder / "checkpoint-backbone.safetensors", folder / "checkpoint-head.safetensors"};
}

nlohmann::json training_fingerprint(const core::LabData& data, const TrainingSet& seen, const TrainingPlan& plan,
                                    const TextEncoder& encoder) {
  nlohmann::json classes = nlohmann::json::array();
  for (std::size_t i = 0; i < seen.labels.size(); ++i) {
    nlohmann::json entry = {seen.classes[i].dataset, seen.classes[i].label};
    for (const auto& sentence : seen.labels[i].sentences) entry.push_back(sentence.text);
    classes.push_back(std::move(entry));
  }
  const std::string& pretrained = plan.config.pretrained;
  return {{"config", plan.config.portable_json()},
          {"pretrained", pretrained.empty() ? std::string() : core::sha256_of(pretrained_file(pretrained))},
          {"seed", plan.seed},
          {"dataset", data.target.kind},
          {"split", data.split},
          {"classes", classes},
          {"clips", seen.target.size(0)},
          {"text_encoder", encoder.hash()}};
}

TrainedModel train_model(const core::LabData& data, const TrainingSet& seen, const TrainingPlan& plan,
                         TextEncoder& encoder, const core::ProgressFn& progress, std::stop_token stop) {
  const c10::InferenceMode normal_tensors(false);
  return within_memory(plan.device,
                       [&] { return Trainer(data, seen, plan, encoder, progress, std::move(stop)).run(); });
}

TrainedModel train_backbone(const core::LabData& data, const TrainingSet& seen, const TrainingPlan& plan,
                            TextEncoder& encoder, const core::ProgressFn& progress, std::stop_token stop) {
  if (!plan.config.pretrained.empty()) {
    throw Error(
        Code::bad_argument,
        "config key 'backbone.pretrained': this method trains its backbone on the seen classes alone; leave the "
        "key out, or use the method purls");
  }
  const c10::InferenceMode normal_tensors(false);
  return within_memory(plan.device,
                       [&] { return Trainer(data, seen, plan, encoder, progress, std::move(stop)).run_backbone(); });
}

}  // namespace purlscope::models::purls
