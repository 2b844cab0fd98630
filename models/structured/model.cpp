#include "models/structured/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/layout.h"
#include "core/base/safetensors.h"
#include "models/structured/attributes/file.h"
#include "models/structured/text/lexicon.h"
#include "models/weights/load.h"

namespace purlscope::models::structured {
namespace {

constexpr const char* kVersion = "3";  // of the file's contents; raised when features or attributes change

std::string statistics_name(std::size_t source, const char* moment) {
  return fmt::format("source.{}.{}", source, moment);
}

const std::string& metadata(const core::SafeTensors& file, const char* key) {
  const auto found = file.metadata().find(key);
  if (found != file.metadata().end()) return found->second;
  throw Error(Code::bad_format,
              fmt::format("{}: metadata lack \"{}\"; this is no complete model file", file.path().string(), key));
}

void expect(const core::SafeTensors& file, const char* key, const std::string& expected) {
  const std::string& found = metadata(file, key);
  if (found == expected) return;
  throw Error(Code::unsupported,
              fmt::format("{}: {} is \"{}\", this program reads \"{}\"", file.path().string(), key, found, expected));
}

at::Tensor positive(const core::SafeTensors& file, const std::string& name, const std::vector<std::int64_t>& shape) {
  at::Tensor tensor = load_tensor(file, name, shape);
  if ((tensor > 0).all().item<bool>()) return tensor;
  throw Error(Code::bad_format,
              fmt::format("{}: tensor {} holds values that are not positive", file.path().string(), name));
}

nlohmann::json source_list(const std::vector<Statistics>& sources) {
  nlohmann::json list = nlohmann::json::array();
  for (const Statistics& source : sources) list.push_back({{"source", source.source}, {"clips", source.clips}});
  return list;
}

std::vector<Statistics> read_sources(const core::SafeTensors& file) {
  std::vector<Statistics> sources;
  const nlohmann::json list = nlohmann::json::parse(metadata(file, "sources"));
  for (const nlohmann::json& entry : list) {
    const std::size_t i = sources.size();
    sources.push_back({entry.at("source").get<std::string>(), entry.at("clips").get<std::int64_t>(),
                       load_tensor(file, statistics_name(i, "mean"), {kValues}),
                       load_tensor(file, statistics_name(i, "variance"), {kValues}).clamp_min(0),
                       load_tensor(file, statistics_name(i, "mean_absolute"), {kValues})});
  }
  if (sources.empty())
    throw Error(Code::bad_format, fmt::format("{}: names no source of its data", file.path().string()));
  return sources;
}

/// Class of each sample; every class must have one, and none may lie outside the list.
std::vector<std::int64_t> read_classes(const core::SafeTensors& file, std::int64_t samples, std::size_t classes) {
  const at::Tensor stored = load_tensor(file, "class_of", {samples});
  std::vector<std::int64_t> out;
  std::vector<bool> used(classes);
  for (std::int64_t i = 0; i < samples; ++i) {
    const auto value = stored[i].item<float>();
    if (value < 0 || value >= static_cast<float>(classes)) {
      throw Error(Code::bad_format, fmt::format("{}: class_of[{}] is {}, expected one of {} classes, counted from 0",
                                                file.path().string(), i, value, classes));
    }
    out.push_back(static_cast<std::int64_t>(value));
    used[static_cast<std::size_t>(out.back())] = true;
  }
  for (std::size_t c = 0; c < classes; ++c) {
    if (!used[c]) throw Error(Code::bad_format, fmt::format("{}: class {} has no sample", file.path().string(), c));
  }
  return out;
}

TrainingSet read_training(const core::SafeTensors& file, const Options& options) {
  TrainingSet out;
  out.classes = nlohmann::json::parse(metadata(file, "classes")).get<std::vector<std::string>>();
  const auto classes = static_cast<std::int64_t>(out.classes.size());
  out.features.values = load_tensor(file, "values", {-1, kSampleValues});
  const std::int64_t samples = out.features.count();
  out.features.saliency = load_tensor(file, "saliency", {samples, static_cast<std::int64_t>(kNodes)});
  out.features.mirrored = at::zeros({samples}, at::kBool);  // no matter after training
  out.class_of = read_classes(file, samples, out.classes.size());
  out.texts.features = load_tensor(file, "text_features", {classes, kTextsPerLabel, -1});
  out.texts.words =
      load_tensor(file, "text_words", {classes, static_cast<std::int64_t>(MotionLexicon::bundled().size())});
  out.texts.said = load_tensor(file, "text_concepts", {classes, static_cast<std::int64_t>(kConcepts), kConceptParts});
  out.concept_scale = {load_tensor(file, "concept_mean", {static_cast<std::int64_t>(kConcepts), kConceptParts}),
                       positive(file, "concept_spread", {static_cast<std::int64_t>(kConcepts)})};
  out.joint_phrases =
      load_tensor(file, "joint_phrases", {static_cast<std::int64_t>(kJoints), out.texts.features.size(2)});
  out.sources = read_sources(file);
  if (options.attributes > 0) out.attributes = read_attribute_view(file, out.texts, options.lexicon);
  return out;
}

Calibration read_calibration(const core::SafeTensors& file, const Options& options) {
  constexpr auto kLevels = static_cast<std::int64_t>(core::kSentenceCount);
  const auto number = [&](const char* key) {
    const double value = std::stod(metadata(file, key));
    if (!std::isfinite(value))
      throw Error(Code::bad_format, fmt::format("{}: {} is not finite", file.path().string(), key));
    return value;
  };
  Calibration out;
  out.attention_weight = options.attention;
  out.grounding_weight = options.grounding;
  out.attributes_weight = options.attributes;
  out.level_weights = options.levels;
  out.motion_spread = positive(file, "motion_spread", {kLevels});
  out.text_spread = positive(file, "text_spread", {kLevels});
  out.attended_spread = number("attended_spread");
  out.grounding_spread = number("grounding_spread");
  out.total_spread = number("total_spread");
  out.temperature = number("temperature");
  out.none_logit = number("none_logit");
  if (std::min({out.attended_spread, out.grounding_spread, out.total_spread, out.temperature}) <= 0) {
    throw Error(Code::bad_format,
                fmt::format("{}: attended_spread, grounding_spread, total_spread and temperature must be positive",
                            file.path().string()));
  }
  return out;
}

/// Options that a user may not give are no mistake of the user's when they stand in a file.
Options read_options(const core::SafeTensors& file) {
  try {
    return options_from_json(nlohmann::json::parse(metadata(file, "options")));
  } catch (const Error& error) {
    throw Error(Code::bad_format, fmt::format("{}: damaged metadata \"options\": {}; get the file or fit it again",
                                              file.path().string(), error.what()));
  }
}

Model read(const core::SafeTensors& file) {
  expect(file, "architecture", kArchitecture);
  expect(file, "version", kVersion);
  Model out;
  out.name = metadata(file, "name");
  out.licence = metadata(file, "licence");
  out.data = metadata(file, "data");
  out.card = metadata(file, "card");
  out.text_encoder = metadata(file, "text_encoder");
  out.options = read_options(file);
  out.training = read_training(file, out.options);
  out.calibration = read_calibration(file, out.options);
  return out;
}

}  // namespace

void save_model(const Model& model, const std::filesystem::path& file) {
  const TrainingSet& training = model.training;
  WeightTensors tensors;
  tensors["values"] = store_tensor(training.features.values, "F16");
  tensors["saliency"] = store_tensor(training.features.saliency, "F16");
  tensors["class_of"] = store_tensor(at::tensor(training.class_of, at::kLong).to(at::kFloat));
  tensors["text_features"] = store_tensor(training.texts.features, "F16");
  tensors["text_words"] = store_tensor(training.texts.words, "F16");
  tensors["text_concepts"] = store_tensor(training.texts.said);
  tensors["concept_mean"] = store_tensor(training.concept_scale.mean);
  tensors["concept_spread"] = store_tensor(training.concept_scale.spread);
  tensors["joint_phrases"] = store_tensor(training.joint_phrases);
  tensors["motion_spread"] = store_tensor(model.calibration.motion_spread);
  tensors["text_spread"] = store_tensor(model.calibration.text_spread);
  if (training.attributes.fitted()) store(training.attributes, tensors);
  for (std::size_t i = 0; i < training.sources.size(); ++i) {
    tensors[statistics_name(i, "mean")] = store_tensor(training.sources[i].mean);
    tensors[statistics_name(i, "variance")] = store_tensor(training.sources[i].variance);
    tensors[statistics_name(i, "mean_absolute")] = store_tensor(training.sources[i].mean_absolute);
  }
  core::save_safetensors(file, tensors,
                         {{"architecture", kArchitecture},
                          {"version", kVersion},
                          {"name", model.name},
                          {"licence", model.licence},
                          {"data", model.data},
                          {"card", model.card},
                          {"text_encoder", model.text_encoder},
                          {"options", to_json(model.options).dump()},
                          {"classes", nlohmann::json(training.classes).dump()},
                          {"sources", source_list(training.sources).dump()},
                          {"attended_spread", fmt::format("{}", model.calibration.attended_spread)},
                          {"grounding_spread", fmt::format("{}", model.calibration.grounding_spread)},
                          {"total_spread", fmt::format("{}", model.calibration.total_spread)},
                          {"temperature", fmt::format("{}", model.calibration.temperature)},
                          {"none_logit", fmt::format("{}", model.calibration.none_logit)}});
}

void expect_encoder(const Model& model, TextEncoder& encoder) {
  constexpr double kTolerance = 1e-3;  // the same encoder differs by rounding alone, some 1e-6
  const auto refuse = [&](const std::string& difference) {
    return Error(Code::unsupported,
                 fmt::format("model {} was trained with another text encoder: {}; use that encoder "
                             "(--encoder, PURLSCOPE_ENCODER_DIR), or fit the model again with this one",
                             model.name, difference));
  };
  if (encoder.name() != model.text_encoder)
    throw refuse(fmt::format("with {}, found {}", model.text_encoder, encoder.name()));
  const std::int64_t dim = model.training.joint_phrases.size(1);
  if (encoder.dim() != dim)
    throw refuse(fmt::format("{} numbers a text, found {} of {}", dim, encoder.dim(), encoder.name()));
  const std::string& joint = core::joint_layout(kLayout)->joints.front();
  const at::Tensor found = encode_joint_phrase(joint, encoder);
  const auto difference = (found - model.training.joint_phrases[0]).abs().max().item<double>();
  if (!(difference <= kTolerance)) {
    throw refuse(fmt::format("the features of \"{}\" differ by up to {:.3g} from those of the {} in use (hash {})",
                             joint, difference, encoder.name(), encoder.hash()));
  }
}

Model load_model(const std::filesystem::path& path) {
  const core::SafeTensors file = core::SafeTensors::open(path);
  try {
    return read(file);
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: damaged metadata: {}", path.string(), error.what()));
  } catch (const std::logic_error& error) {  // std::stod
    throw Error(Code::bad_format,
                fmt::format("{}: metadata hold no number where one is expected ({})", path.string(), error.what()));
  }
}

}  // namespace purlscope::models::structured
