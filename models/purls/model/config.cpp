#include "models/purls/model/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"

namespace purlscope::models::purls {
namespace {

using nlohmann::json;

template <class Enum, std::size_t N>
using Names = std::array<std::pair<const char*, Enum>, N>;

constexpr Names<HeadForm, 2> kForms = {{{"paper", HeadForm::paper}, {"official", HeadForm::official}}};
constexpr Names<Objective, 4> kObjectives = {{{"per-candidate", Objective::per_candidate},
                                              {"paper", Objective::paper},
                                              {"official", Objective::official},
                                              {"class-agnostic", Objective::class_agnostic}}};
constexpr Names<Wording, 2> kWordings = {{{"bare", Wording::bare}, {"wrapped", Wording::wrapped}}};
constexpr Names<GlobalText, 2> kGlobalTexts = {
    {{"description", GlobalText::description}, {"label", GlobalText::label}}};
constexpr Names<Partition, 3> kPartitions = {
    {{"adaptive", Partition::adaptive}, {"static", Partition::static_set}, {"global", Partition::global}}};
constexpr Names<Queries, 2> kQueries = {
    {{"per-candidate", Queries::per_candidate}, {"class-agnostic", Queries::class_agnostic}}};
constexpr Names<Precision, 2> kPrecisions = {{{"single", Precision::single}, {"mixed", Precision::mixed}}};
constexpr Names<Schedule, 2> kSchedules = {{{"cycle", Schedule::cycle}, {"constant", Schedule::constant}}};
constexpr Names<Keep, 2> kKeeps = {{{"best", Keep::best}, {"last", Keep::last}}};
constexpr Names<Levels, 2> kLevelChoices = {{{"mean", Levels::mean}, {"global", Levels::global}}};

template <class Enum, std::size_t N>
Enum choice(const json& value, const char* key, const Names<Enum, N>& names) {
  std::vector<std::string> known;
  for (const auto& [name, item] : names) {
    if (value == name) return item;
    known.emplace_back(name);
  }
  throw Error(Code::bad_argument,
              fmt::format("config key '{}' is {}: expected one of {}", key, core::json_excerpt(value), known));
}

template <class Enum, std::size_t N>
const char* name_of(Enum value, const Names<Enum, N>& names) {
  for (const auto& [name, item] : names) {
    if (item == value) return name;
  }
  return "";
}

bool same_kind(const json& expected, const json& found) {
  if (expected.is_number_float()) return found.is_number();
  if (expected.is_number()) return found.is_number_integer();
  return expected.type() == found.type();
}

/// Lays `changes` over `base`, key by key.
void overlay(json& base, const json& changes, const std::string& path) {
  for (const auto& [key, value] : changes.items()) {
    const std::string full = path.empty() ? key : fmt::format("{}.{}", path, key);
    if (!base.contains(key)) {
      std::vector<std::string> known;
      for (const auto& item : base.items()) known.push_back(item.key());
      throw Error(Code::bad_argument, fmt::format("unknown config key '{}': expected one of {}", full, known));
    }
    json& target = base[key];
    if (!same_kind(target, value)) {
      throw Error(Code::bad_argument, fmt::format("config key '{}' is {}: expected a value like {}", full,
                                                  core::json_excerpt(value), core::json_excerpt(target)));
    }
    if (target.is_object()) {
      overlay(target, value, full);
    } else {
      target = value;
    }
  }
}

double in_range(const json& section, const char* key, double low, double high) {
  const double value = section.at(key).get<double>();
  if (value >= low && value <= high) return value;
  throw Error(Code::bad_argument, fmt::format("config key '{}' is {}: expected {} to {}", key, value, low, high));
}

std::int64_t count_in(const json& section, const char* key, std::int64_t low, std::int64_t high) {
  return static_cast<std::int64_t>(in_range(section, key, static_cast<double>(low), static_cast<double>(high)));
}

std::vector<std::int64_t> counts(const json& section, const char* key, std::int64_t high) {
  std::vector<std::int64_t> values;
  for (const json& item : section.at(key)) {
    if (!item.is_number_integer() || item.get<std::int64_t>() < 1 || item.get<std::int64_t>() > high) {
      throw Error(Code::bad_argument, fmt::format("config key '{}' holds {}: expected integers from 1 to {}", key,
                                                  core::json_excerpt(item), high));
    }
    values.push_back(item.get<std::int64_t>());
  }
  if (values.empty()) throw Error(Code::bad_argument, fmt::format("config key '{}' is empty: expected integers", key));
  return values;
}

json fit_to_json(const FitOptions& fit) {
  return {{"epochs", fit.epochs},
          {"batch", fit.batch},
          {"learning_rate", fit.learning_rate},
          {"weight_decay", fit.weight_decay},
          {"warm_up", fit.warm_up},
          {"gradient_clip", fit.gradient_clip},
          {"label_smoothing", fit.label_smoothing},
          {"schedule", name_of(fit.schedule, kSchedules)},
          {"keep", name_of(fit.keep, kKeeps)},
          {"measure_every", fit.measure_every},
          {"patience", fit.patience}};
}

FitOptions fit_from_json(const json& section) {
  FitOptions fit;
  fit.epochs = count_in(section, "epochs", 1, 100000);
  fit.batch = count_in(section, "batch", 2, 65536);
  fit.learning_rate = in_range(section, "learning_rate", 1e-8, 10);
  fit.weight_decay = in_range(section, "weight_decay", 0, 10);
  fit.warm_up = in_range(section, "warm_up", 0, 1);
  fit.gradient_clip = in_range(section, "gradient_clip", 1e-6, 1e6);
  fit.label_smoothing = in_range(section, "label_smoothing", 0, 0.9);
  fit.schedule = choice(section.at("schedule"), "schedule", kSchedules);
  fit.keep = choice(section.at("keep"), "keep", kKeeps);
  fit.measure_every = count_in(section, "measure_every", 1, 100000);
  fit.patience = count_in(section, "patience", 0, 100000);
  return fit;
}

constexpr double kMostDropout = 0.95;

constexpr const char* kPretrainedNetwork = "shift-gcn";  // whose published weights can be read
constexpr const char* kPretrainedKey = "pretrained";

/// A network for pretrained weights where the changes name none.
void choose_pretrained_network(const json& changes, json& all) {
  const auto section = changes.find("backbone");
  if (section == changes.end() || !section->is_object() || section->contains("name")) return;
  if (section->value(kPretrainedKey, json()).is_string() && section->value(kPretrainedKey, json()) != "") {
    all["backbone"]["name"] = kPretrainedNetwork;
  }
}

/// Published weights fit one network of one size with one input.
void check_pretrained_network(const Config& config) {
  if (config.pretrained.empty()) return;
  const bool joints = config.backbone.stream.empty() || config.backbone.stream == "joint";
  if (config.backbone_name == kPretrainedNetwork && config.backbone.width == 1 && joints) return;
  throw Error(
      Code::bad_argument,
      fmt::format("config key 'backbone.pretrained' is '{}' for a '{}' of width {} and stream '{}': expected "
                  "'backbone.name' {}, 'backbone.width' 1 and 'backbone.stream' joint, which its weights are of",
                  config.pretrained, config.backbone_name, config.backbone.width,
                  config.backbone.stream.empty() ? "own" : config.backbone.stream, kPretrainedNetwork));
}

constexpr const char* kOwnStream = "own";  // what a network is shown where no stream is named

void read_backbone(const json& section, Config& config) {
  config.backbone_name = section.at("name").get<std::string>();
  config.backbone.stream = section.at("stream").get<std::string>();
  if (config.backbone.stream == kOwnStream) config.backbone.stream.clear();
  config.backbone.width = section.at("width").get<double>();
  config.backbone.map = section.at("map").get<std::int64_t>();
  config.backbone.widths = counts(section, "widths", 4096);
  config.backbone.strides = counts(section, "strides", 8);
  if (config.backbone.widths.size() != config.backbone.strides.size()) {
    throw Error(Code::bad_argument, fmt::format("config keys 'backbone.widths' and 'backbone.strides' have {} and {} "
                                                "entries: expected one of each per block",
                                                config.backbone.widths.size(), config.backbone.strides.size()));
  }
  config.backbone.dropout = in_range(section, "dropout", 0, kMostDropout);
  config.frames = count_in(section, "frames", 8, 512);
  config.backbone_fit = fit_from_json(section);
  config.pretrained = section.at(kPretrainedKey).get<std::string>();
  check_pretrained_network(config);
}

json augment_to_json(const AugmentOptions& augment) {
  return {{"rotation", augment.rotation}, {"size", augment.size},   {"crop", augment.crop},
          {"speed", augment.speed},       {"noise", augment.noise}, {"joint_dropout", augment.joint_dropout},
          {"mirror", augment.mirror}};
}

AugmentOptions augment_from_json(const json& section) {
  AugmentOptions augment;
  augment.rotation = in_range(section, "rotation", 0, 3.15);
  augment.size = in_range(section, "size", 0, 0.9);
  augment.crop = in_range(section, "crop", 0, 0.9);
  augment.speed = in_range(section, "speed", 0, 0.9);
  augment.noise = in_range(section, "noise", 0, 1);
  augment.joint_dropout = in_range(section, "joint_dropout", 0, 0.9);
  augment.mirror = in_range(section, "mirror", 0, 1);
  return augment;
}

void read_head(const json& section, Config& config) {
  config.head.form = choice(section.at("form"), "head.form", kForms);
  config.objective = choice(section.at("objective"), "head.objective", kObjectives);
  config.head.key_dim = count_in(section, "key_dim", 1, 4096);
  config.head.heads = count_in(section, "heads", 1, 64);
  config.head.hidden = count_in(section, "hidden", 1, 65536);
  config.head.dropout = in_range(section, "dropout", 0, kMostDropout);
  config.head.input_gain = in_range(section, "input_gain", 1e-3, 1e3);
  config.head.temperature = in_range(section, "temperature", 1e-3, 0.99);
  config.head.learn_weights = section.at("learn_weights").get<bool>();
  config.head.partition = choice(section.at("partition"), "head.partition", kPartitions);
  config.head.body_parts = section.at("body_parts").get<bool>();
  config.head.intervals = section.at("intervals").get<bool>();
  config.head.node_dim = backbones::backbone_shape(config.backbone_name, config.backbone).channels;
  config.same_class_positive = section.at("same_class_positive").get<bool>();
  config.node_noise = in_range(section, "node_noise", 0, 1);
  config.head_fit = fit_from_json(section);
}

/// Time nodes, of which there can be no more than time steps.
std::int64_t slots_of(const json& section, const Config& config) {
  const std::int64_t slots = count_in(section, "slots", 1, config.frames);
  const backbones::Shape shape = backbones::backbone_shape(config.backbone_name, config.backbone);
  const std::int64_t steps = shape.steps(config.frames);
  if (slots <= steps) return slots;
  std::int64_t frames = slots - 1;
  for (const std::int64_t stride : shape.strides) frames *= stride;
  throw Error(
      Code::bad_argument,
      fmt::format("config key 'nodes.slots' is {}, but {} makes {} time steps of {} frames: expected at most {}, "
                  "or a 'backbone.frames' of at least {}",
                  slots, config.backbone_name, steps, config.frames, steps, frames + 1));
}

}  // namespace

json published_config() {
  return {{"head",
           {{"form", "official"},
            {"objective", "official"},
            {"heads", 2},
            {"hidden", 1024},
            {"dropout", 0.5},
            {"input_gain", 1.0},
            {"temperature", 0.07},
            {"learn_weights", true},
            {"node_noise", 0.0}}},
          {"nodes", {{"slots", 3}}},
          {"text", {{"wording", "bare"}, {"centre", false}}},
          {"scoring", {{"levels", "global"}}}};
}

json Config::to_json() const {
  json backbone_json = fit_to_json(backbone_fit);
  backbone_json.update({{"name", backbone_name},
                        {kPretrainedKey, pretrained},
                        {"stream", backbone.stream.empty() ? kOwnStream : backbone.stream},
                        {"width", backbone.width},
                        {"map", backbone.map},
                        {"widths", backbone.widths},
                        {"strides", backbone.strides},
                        {"frames", frames},
                        {"dropout", backbone.dropout}});
  json head_json = fit_to_json(head_fit);
  head_json.update({{"form", name_of(head.form, kForms)},
                    {"objective", name_of(objective, kObjectives)},
                    {"key_dim", head.key_dim},
                    {"heads", head.heads},
                    {"hidden", head.hidden},
                    {"dropout", head.dropout},
                    {"input_gain", head.input_gain},
                    {"temperature", head.temperature},
                    {"learn_weights", head.learn_weights},
                    {"partition", name_of(head.partition, kPartitions)},
                    {"body_parts", head.body_parts},
                    {"intervals", head.intervals},
                    {"same_class_positive", same_class_positive},
                    {"node_noise", node_noise}});
  return {
      {"backbone", backbone_json},
      {"augment", augment_to_json(augment)},
      {"head", head_json},
      {"nodes", {{"slots", slots}}},
      {"text",
       {{"wording", name_of(wording, kWordings)}, {"global", name_of(global_text, kGlobalTexts)}, {"centre", centre}}},
      {"scoring", {{"queries", name_of(queries, kQueries)}, {"levels", name_of(levels, kLevelChoices)}}},
      {"precision", name_of(precision, kPrecisions)},
      {"device", device},
      {"validation", validation}};
}

json Config::portable_json() const {
  json all = to_json();
  all.erase("device");
  return all;
}

Config Config::parse(const json& changes) {
  Config config;
  if (!changes.is_null() && !changes.is_object()) {
    throw Error(Code::bad_argument,
                fmt::format("the training config is {}: expected a JSON object", changes.type_name()));
  }
  json all = config.to_json();
  if (changes.is_object()) {
    choose_pretrained_network(changes, all);
    overlay(all, changes, "");
  }
  read_backbone(all.at("backbone"), config);
  config.augment = augment_from_json(all.at("augment"));
  read_head(all.at("head"), config);
  config.slots = slots_of(all.at("nodes"), config);
  config.wording = choice(all.at("text").at("wording"), "text.wording", kWordings);
  config.global_text = choice(all.at("text").at("global"), "text.global", kGlobalTexts);
  config.centre = all.at("text").at("centre").get<bool>();
  config.queries = choice(all.at("scoring").at("queries"), "scoring.queries", kQueries);
  config.levels = choice(all.at("scoring").at("levels"), "scoring.levels", kLevelChoices);
  config.precision = choice(all.at("precision"), "precision", kPrecisions);
  config.device = all.at("device").get<std::string>();
  check_device(config.device);
  config.validation = in_range(all, "validation", 0, 0.5);
  return config;
}

}  // namespace purlscope::models::purls
