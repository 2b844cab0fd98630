#include "models/purls/method.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "models/purls/model/explain.h"
#include "models/purls/scorer.h"

namespace purlscope::models::purls {
namespace {

using nlohmann::json;

constexpr const char* kAnyFolder = "folder";  // kind of a set whose class order is its own

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

/// Refuses a model of another backbone than the one asked for; an empty name asks for none.
void expect_backbone(const PurlsModel& model, const std::string& name) {
  if (name.empty() || name == model.config.backbone_name) return;
  throw Error(Code::bad_argument,
              fmt::format("the model {} has the backbone '{}', not '{}': leave the backbone out, or "
                          "train a model with it",
                          model.provenance.name, model.config.backbone_name, name));
}

/// AdamW without decay is Adam.
bool fitted_as_published(const json& head) {
  return head["schedule"] == "constant" && head["weight_decay"] == 0 && head["learning_rate"] == 1e-4 &&
         head["batch"] == 256;
}

/// What a run under the published protocol does otherwise than the published one.
std::vector<std::string> differences(const json& config, const std::string& layout, const std::string& text_encoder) {
  std::vector<std::string> out = {
      fmt::format("backbone {} on {} (published: Shift-GCN, pre-trained on the seen classes)",
                  config["backbone"]["name"].get<std::string>(), layout),
      fmt::format("text encoder {} (published: CLIP ViT-B/32)", text_encoder)};
  if (!fitted_as_published(config["head"])) {
    out.emplace_back("head fitted by AdamW over one cycle of the rate (published: Adam, rate 1e-4, batch 256)");
  }
  const json settings = published_config().flatten();  // items() refers to it
  for (const auto& [key, published] : settings.items()) {
    const json& own = config.at(json::json_pointer(key));
    if (own == published) continue;
    out.push_back(fmt::format("config {} {} (published: {})", key.substr(1), own.dump(), published.dump()));
  }
  return out;
}

}  // namespace

PurlsMethod::PurlsMethod(Config config, std::filesystem::path backbones, TextEncoder& encoder)
    : config_(std::move(config)),
      backbones_(std::move(backbones)),
      device_(find_device(config_.device)),
      encoder_(encoder),
      motions_(config_.layout()) {}

PurlsMethod::PurlsMethod(const std::filesystem::path& model, const std::string& backbone, at::Device device,
                         TextEncoder& encoder)
    : device_(device), encoder_(encoder), given_(load_model(core::model_file(model))) {
  config_ = given_->config;
  motions_ = MotionStore(config_.layout());
  expect_encoder(*given_, encoder);
  expect_backbone(*given_, backbone);
  given_->move_to(device);
}

void PurlsMethod::fit(const core::LabData& training, std::uint64_t seed, const core::ProgressFn& progress,
                      std::stop_token stop) {
  text_source_ = training.target.text_source;
  if (given_) {
    expect_unseen(*given_, training);
    return;
  }
  const TrainingSet seen = collect_seen(training, progress, stop, config_.layout());
  trained_ = train_model(training, seen, {config_, seed, {}, backbones_, device_}, encoder_, progress, std::move(stop));
}

at::Tensor PurlsMethod::nodes_of(std::span<const core::ClipPtr> clips) { return model().nodes(motions_.stack(clips)); }

at::Tensor PurlsMethod::scores_by(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                                  const Similarities& similarities, const std::stop_token& stop) {
  return score_where(
      clips, candidates.size(), [&](const core::ClipPtr& clip) { return motions_.find(clip).defined(); },
      [&](std::span<const core::ClipPtr> usable, const at::Tensor& rows) {
        return model().scores(similarities(nodes_of(usable), model().texts(candidates, encoder_), rows));
      },
      stop);
}

at::Tensor PurlsMethod::scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                               std::stop_token stop) {
  return scores_by(
      clips, candidates,
      [&](const at::Tensor& nodes, const at::Tensor& texts, const at::Tensor&) {
        return model().similarities(nodes, texts);
      },
      stop);
}

at::Tensor PurlsMethod::as_published(std::span<const std::int64_t> truth) {
  published_ = true;
  return at::tensor(std::vector<std::int64_t>(truth.begin(), truth.end()), at::kLong);
}

at::Tensor PurlsMethod::published_scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                                         std::span<const std::int64_t> truth, std::stop_token stop) {
  const at::Tensor labels = as_published(truth);
  return scores_by(
      clips, candidates,
      [&](const at::Tensor& nodes, const at::Tensor& texts, const at::Tensor& rows) {
        return model().published_similarities(nodes, texts, labels.index_select(0, rows));
      },
      stop);
}

json PurlsMethod::facts() const {
  const json config = config_.to_json();
  json out = {{"method", "purls"},
              {"backbone", config_.backbone_name},
              {"device", device_.str()},
              {"text", fmt::format("{}, eight sentences, {}, from {}", encoder_.name(),
                                   config["text"]["wording"].get<std::string>(), text_source_)},
              {"objective", config["head"]["objective"]},
              {"scoring", published_ ? json("true label") : config["scoring"]["queries"]}};
  if (const Pretrained& pretrained = model().provenance.pretrained; !pretrained.none()) {
    out["zero_shot"] = false;
    out["zero_shot_reason"] = pretrained.reason();
  }
  if (published_) out["differs"] = differences(config, config_.layout(), encoder_.name());
  return out;
}

NodeRanks PurlsMethod::ranks(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                             std::stop_token stop) {
  const at::Tensor nodes = nodes_of(clips);
  const at::Tensor texts = model().texts(candidates, encoder_);
  const at::Tensor scores = model().scores(model().similarities(nodes, texts));
  const at::Tensor best = std::get<1>(scores.topk(std::min<std::int64_t>(2, scores.size(1)), 1));
  std::vector<at::Tensor> attention;
  std::vector<at::Tensor> contribution;
  for (std::int64_t i = 0; i < nodes.size(0); ++i) {
    core::throw_if_stopped(stop);
    const Explanation explanation = explain(model(), nodes[i], texts.index_select(0, best[i]));
    const at::Tensor shares = explanation.contribution.sum(1);  // [2, S]
    attention.push_back(explanation.attention[0].mean(0));
    contribution.push_back(shares.size(0) > 1 ? shares[0] - shares[1] : shares[0]);
  }
  return {at::stack(attention), at::stack(contribution)};
}

at::Tensor PurlsMethod::scores_of_nodes(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                                        const at::Tensor& kept, std::stop_token /*stop*/) {
  const at::Tensor stays = kept.unsqueeze(2);
  const at::Tensor nodes = nodes_of(clips) * stays + model().node_mean * (1 - stays);
  return model().scores(model().similarities(nodes, model().texts(candidates, encoder_)));
}

std::shared_ptr<const refinement::Scorer> PurlsMethod::scorer(std::span<const core::Label> candidates,
                                                              std::stop_token /*stop*/) {
  std::vector<std::string> names;
  for (const core::Label& label : candidates) names.push_back(label.text);
  return std::make_shared<const PurlsScorer>(model(), std::move(names), model().texts(candidates, encoder_));
}

at::Tensor PurlsMethod::refinable_features(std::span<const core::ClipPtr> clips) { return nodes_of(clips).flatten(1); }

}  // namespace purlscope::models::purls
