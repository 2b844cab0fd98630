#include "models/purls/model/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "models/backbones/graph/small_gcn.h"
#include "models/purls/data/motion.h"
#include "models/purls/model/module_file.h"
#include "models/purls/net/nodes.h"
#include "models/weights/load.h"

namespace purlscope::models::purls {
namespace {

using nlohmann::json;

constexpr const char* kArchitecture = "purls";
constexpr std::int64_t kChunk = 64;  // samples scored at once: bounds memory at kChunk x C x 8 x m floats

json to_json(const PurlsModel& model) {
  const Provenance& origin = model.provenance;
  json classes = json::array();
  for (const TrainedClass& trained : origin.classes) classes.push_back({trained.dataset, trained.index, trained.label});
  return {{"config", model.config.portable_json()},
          {"text_dim", model.config.head.text_dim},
          {"name", origin.name},
          {"dataset", origin.dataset},
          {"split", origin.split},
          {"unseen", origin.unseen},
          {"classes", classes},
          {"classes_per_set", model.classifier->classes_per_set()},
          {"text_encoder", origin.text_encoder},
          {"text_encoder_hash", origin.text_encoder_hash},
          {"seed", origin.seed},
          {"pretrained", {{"weights", origin.pretrained.weights}, {"classes", origin.pretrained.classes}}},
          {"temperature", model.calibration.temperature},
          {"none_score", model.calibration.none_score}};
}

/// Sizes as the file states them.
struct Sizes {
  Config config;
  std::vector<std::int64_t> classes_per_set;
};

Sizes sizes_from_json(const json& facts) {
  Sizes sizes{Config::parse(facts.at("config")), facts.at("classes_per_set").get<std::vector<std::int64_t>>()};
  sizes.config.head.text_dim = facts.at("text_dim").get<std::int64_t>();
  std::vector<std::int64_t> positive = sizes.classes_per_set;
  positive.push_back(sizes.config.head.text_dim);
  if (std::ranges::any_of(positive, [](std::int64_t size) { return size < 1; })) {
    throw Error(Code::bad_format, fmt::format("'classes_per_set' and 'text_dim' are {} and {}, expected sizes above 0",
                                              facts.at("classes_per_set").dump(), facts.at("text_dim").dump()));
  }
  return sizes;
}

/// Compares the stated sizes with the tensors, whose sizes the file's own length bounds, before a network of these
/// sizes takes memory.
void expect_sizes(const core::SafeTensors& file, const Sizes& sizes) {
  constexpr auto kLevels = static_cast<std::int64_t>(core::kSentenceCount);
  const HeadOptions& head = sizes.config.head;
  expect_shape(file, "text_mean", {kLevels, head.text_dim});
  expect_shape(file, "node_mean", {-1, head.node_dim});
  if (sizes.config.backbone_name == kSmallGcn) {  // the sizes of the others are bounded by the width's own limits
    const std::vector<std::int64_t> widths = backbones::SmallGcn::block_widths(sizes.config.backbone);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      expect_shape(file, fmt::format("backbone.block{}.mix.weight", i), {widths[i], i == 0 ? -1 : 2 * widths[i - 1]});
    }
  }
  for (std::size_t i = 0; i < sizes.classes_per_set.size(); ++i) {
    expect_shape(file, fmt::format("backbone.head{}.weight", i), {sizes.classes_per_set[i], head.node_dim});
  }
  const bool joint = head.form == HeadForm::official;
  const std::int64_t together = joint ? kLevels : 1;
  expect_shape(file, "head.attention.linear_q.weight", {head.key_dim * head.heads, head.text_dim});
  expect_shape(file, fmt::format("head.skel_encoder.{}.weight", joint ? 2 : 0),
               {head.hidden, together * head.node_dim});
  expect_shape(file, fmt::format("head.skel_encoder.{}.weight", joint ? 7 : 2),
               {together * head.text_dim, head.hidden});
}

Calibration calibration_from_json(const json& facts) {
  const Calibration calibration{facts.at("temperature").get<double>(), facts.at("none_score").get<double>()};
  if (calibration.temperature > 0 && std::isfinite(calibration.temperature) && std::isfinite(calibration.none_score))
    return calibration;
  throw Error(Code::bad_format, fmt::format("'temperature' and 'none_score' are {} and {}, expected a number above 0 "
                                            "and a number",
                                            facts.at("temperature").dump(), facts.at("none_score").dump()));
}

void read_origin(const json& facts, PurlsModel& model) {
  Provenance& origin = model.provenance;
  origin.name = facts.at("name").get<std::string>();
  origin.dataset = facts.at("dataset").get<std::string>();
  origin.split = facts.at("split").get<std::string>();
  origin.unseen = facts.at("unseen").get<std::vector<std::string>>();
  for (const json& entry : facts.at("classes")) {
    origin.classes.push_back({entry.at(0).get<std::string>(), entry.at(1).get<int>(), entry.at(2).get<std::string>()});
  }
  origin.text_encoder = facts.at("text_encoder").get<std::string>();
  origin.text_encoder_hash = facts.at("text_encoder_hash").get<std::string>();
  origin.seed = facts.at("seed").get<std::uint64_t>();
  if (const auto pretrained = facts.find("pretrained"); pretrained != facts.end()) {
    origin.pretrained = {pretrained->at("weights").get<std::string>(), pretrained->at("classes").get<std::int64_t>()};
  }
  model.calibration = calibration_from_json(facts);
}

std::string metadata(const core::SafeTensors& file, const std::string& key) {
  const auto found = file.metadata().find(key);
  if (found != file.metadata().end()) return found->second;
  throw Error(Code::bad_format, fmt::format("{}: metadata has no '{}': expected a model written by `purlscope train`",
                                            file.path().string(), key));
}

/// Runs a reading of the metadata; whatever is wrong with them is the file's fault, not the caller's.
template <typename Read>
auto from_metadata(const core::SafeTensors& file, Read&& read) {
  const auto damaged = [&](const std::exception& error) {
    return Error(Code::bad_format, fmt::format("{}: metadata 'purls' is damaged ({}): train the model again",
                                               file.path().string(), error.what()));
  };
  try {
    return read();
  } catch (const json::exception& error) {
    throw damaged(error);
  } catch (const Error& error) {
    throw damaged(error);
  }
}

}  // namespace

void PurlsModel::move_to(at::Device device) {
  const c10::InferenceMode normal_tensors(false);
  classifier->to(device);
  head->to(device);
  device_ = device;
}

at::Tensor PurlsModel::nodes(const at::Tensor& motions) const {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  std::vector<at::Tensor> parts;
  for (const at::Tensor& part : motions.split(kChunk)) {
    const at::Tensor features = backbone->features(sample_frames(part.to(device_), config.frames));
    parts.push_back(pool_nodes(features, config.slots).to(at::kCPU));
  }
  return at::cat(parts);
}

at::Tensor PurlsModel::on_joints(const at::Tensor& values, const at::Tensor& motion) const {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  const at::Tensor steps = backbone->joint_shares(sample_frames(motion.to(at::kCPU).unsqueeze(0), config.frames)[0]);
  if (!steps.defined()) return values.to(at::kCPU);
  const at::Tensor shares =
      at::matmul(slot_shares(config.slots, steps.size(0)), steps.flatten(1)).view({config.slots, -1, steps.size(2)});
  std::vector<std::int64_t> sizes = values.sizes().vec();
  sizes.back() = config.slots;
  sizes.push_back(backbone->nodes());
  return at::matmul(values.to(at::kCPU).view(sizes).unsqueeze(-2), shares).squeeze(-2).flatten(-2);
}

at::Tensor PurlsModel::texts(std::span<const core::Label> labels, TextEncoder& encoder) const {
  const c10::InferenceMode normal_tensors(false);
  const at::Tensor features = sentence_features(labels, config.wording, config.global_text, encoder);
  return config.centre ? centre_texts(features, text_mean) : features;
}

at::Tensor PurlsModel::level_shares() const {
  const auto levels = static_cast<std::int64_t>(core::kSentenceCount);
  if (config.levels == Levels::mean) return head->equal_shares();
  at::Tensor shares = at::zeros({levels}, device_);
  shares[levels - 1] = 1;
  return shares;
}

at::Tensor PurlsModel::queries(const at::Tensor& texts) const {
  if (config.queries == Queries::per_candidate) return texts;
  if (config.objective == Objective::class_agnostic) return agnostic_query().to(texts.device()).expand_as(texts);
  const at::Tensor mean = texts.mean(0, true);
  return (mean / mean.norm(2, -1, true).clamp_min(1e-9)).expand_as(texts);
}

at::Tensor PurlsModel::agnostic_query() const {
  return (text_mean / text_mean.norm(2, -1, true).clamp_min(1e-9)).unsqueeze(0);
}

at::Tensor PurlsModel::similarities(const at::Tensor& nodes, const at::Tensor& texts) const {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  const at::Tensor sentences = texts.to(device_), asking = queries(sentences);
  std::vector<at::Tensor> parts;
  for (const at::Tensor& part : nodes.split(kChunk)) {
    const at::Tensor pooled = head->attend_candidates(asking, part.to(device_)).pooled;
    parts.push_back((head->project(pooled) * sentences).sum(-1).to(at::kCPU));
  }
  return at::cat(parts);
}

at::Tensor PurlsModel::said(const at::Tensor& nodes, const at::Tensor& texts) const {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  const at::Tensor sentences = texts.to(device_);
  return head->project(head->attend_candidates(queries(sentences), nodes.to(device_)).pooled).to(texts.device());
}

at::Tensor PurlsModel::published_similarities(const at::Tensor& nodes, const at::Tensor& texts,
                                              const at::Tensor& truth) const {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  const at::Tensor sentences = texts.to(device_), own = sentences.index_select(0, truth.to(device_));
  const at::Tensor projected = head->project(head->attend_own(own, nodes.to(device_)).pooled);  // [N, 8, m]
  return at::einsum("nlm,clm->ncl", {projected, sentences}).to(at::kCPU);
}

at::Tensor PurlsModel::scores(const at::Tensor& similarities) const {
  return at::matmul(similarities, level_shares().to(similarities.device()));
}

PurlsModel make_model(const Config& config, const std::vector<std::int64_t>& classes_per_set) {
  const c10::InferenceMode normal_tensors(false);
  PurlsModel model;
  model.config = config;
  model.layout = core::joint_layout(config.layout());
  model.backbone = backbones::make_backbone(config.backbone_name, *model.layout, config.backbone);
  model.classifier = std::make_shared<SeenClassifier>(model.backbone, config.backbone.dropout, classes_per_set);
  model.head = std::make_shared<PurlsHead>(
      config.head, partition_logits(config.head.partition, *model.layout, config.slots, model.backbone->nodes()));
  const std::int64_t nodes = config.slots * model.backbone->nodes();
  model.text_mean = at::zeros({static_cast<std::int64_t>(core::kSentenceCount), config.head.text_dim});
  model.node_mean = at::zeros({nodes, config.head.node_dim});
  model.classifier->eval();
  model.head->eval();
  return model;
}

void save_model(const PurlsModel& model, const std::filesystem::path& file) {
  TensorMap tensors;
  store_module(*model.backbone, "backbone.", tensors);
  store_module(model.classifier->heads(), "backbone.", tensors);
  store_module(*model.head, "head.", tensors);
  tensors["text_mean"] = store_tensor(model.text_mean);
  tensors["node_mean"] = store_tensor(model.node_mean);
  core::save_safetensors(file, tensors,
                         {{"architecture", kArchitecture},
                          {"name", model.provenance.name},
                          {"card", model.card},
                          {"purls", to_json(model).dump()}});
}

PurlsModel load_model(const std::filesystem::path& path) {
  const core::SafeTensors file = core::SafeTensors::open(path);
  const std::string architecture = metadata(file, "architecture");
  if (architecture != kArchitecture) {
    throw Error(Code::bad_format,
                fmt::format("{}: architecture is '{}', expected '{}'", path.string(), architecture, kArchitecture));
  }
  const std::string text = metadata(file, "purls");
  const json facts = from_metadata(file, [&] { return json::parse(text); });
  const Sizes sizes = from_metadata(file, [&] { return sizes_from_json(facts); });
  expect_sizes(file, sizes);
  PurlsModel model = make_model(sizes.config, sizes.classes_per_set);
  from_metadata(file, [&] { read_origin(facts, model); });
  model.file = path;
  load_module(file, "backbone.", *model.backbone);
  load_module(file, "backbone.", model.classifier->heads());
  load_module(file, "head.", *model.head);
  const c10::InferenceMode normal_tensors(false);
  model.text_mean = load_tensor(file, "text_mean", model.text_mean.sizes().vec());
  model.node_mean = load_tensor(file, "node_mean", model.node_mean.sizes().vec());
  model.card = metadata(file, "card");
  return model;
}

void expect_encoder(const PurlsModel& model, const TextEncoder& encoder) {
  if (model.provenance.text_encoder_hash == encoder.hash()) return;
  throw Error(
      Code::bad_format,
      fmt::format("{}: the model {} was trained with texts of {} (hash {}), but the encoder in use is {} (hash {}): "
                  "choose that encoder, or train again",
                  model.file.string(), model.provenance.name, model.provenance.text_encoder,
                  model.provenance.text_encoder_hash, encoder.name(), encoder.hash()));
}

}  // namespace purlscope::models::purls
