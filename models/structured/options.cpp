#include "models/structured/options.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"

namespace purlscope::models::structured {
namespace {

constexpr const char* kCandidates = "candidates";
constexpr const char* kTrainingClasses = "training-classes";
constexpr double kMostLevelWeight = 10;
constexpr std::int64_t kMostSamplesPerClass = 50;  // the dual solve grows with the cube of all samples

/// A number setting with its bounds.
struct Number {
  const char* key;
  double Options::*member;
  double least, most;
};

constexpr std::array<Number, 16> kNumbers = {{{"grounding", &Options::grounding, 0, 10},
                                              {"attributes", &Options::attributes, 0, 10},
                                              {"reversal", &Options::reversal, 0, 1},
                                              {"attention", &Options::attention, 0.001, 10},
                                              {"lexicon", &Options::lexicon, 0, 10},
                                              {"centring", &Options::centring, 0, 1},
                                              {"centring_share", &Options::centring_share, 0.001, 1},
                                              {"steadying", &Options::steadying, 0, 1},
                                              {"left_leads", &Options::left_leads, 0, 100},
                                              {"joint_text", &Options::joint_text, 0, 10},
                                              {"own_part", &Options::own_part, 0, 10},
                                              {"saliency", &Options::saliency, 0, 3},
                                              {"attribute_scale", &Options::attribute_scale, 0.01, 100},
                                              {"ridge", &Options::ridge, 1e-3, 1e3},
                                              {"text_ridge", &Options::text_ridge, 1e-3, 1e3},
                                              {"whitening", &Options::whitening, 1e-3, 1}}};

[[noreturn]] void refuse(const std::string& key, const nlohmann::json& found, const std::string& expected) {
  throw Error(Code::bad_argument, fmt::format("setting \"{}\" of the structured method: found {}, expected {}", key,
                                              core::json_excerpt(found), expected));
}

void set_number(Options& options, const Number& number, const nlohmann::json& value) {
  const bool fits = value.is_number() && value.get<double>() >= number.least && value.get<double>() <= number.most;
  if (!fits) refuse(number.key, value, fmt::format("a number from {} to {}", number.least, number.most));
  options.*number.member = value.get<double>();
}

void set_samples(Options& options, const std::string& key, const nlohmann::json& value) {
  const bool fits =
      value.is_number_integer() && value.get<std::int64_t>() >= 1 && value.get<std::int64_t>() <= kMostSamplesPerClass;
  if (!fits) refuse(key, value, fmt::format("an integer from 1 to {}", kMostSamplesPerClass));
  options.samples_per_class = value.get<std::int64_t>();
}

void set_levels(Options& options, const std::string& key, const nlohmann::json& value) {
  double total = 0;
  bool fits = value.is_array() && value.size() == options.levels.size();
  for (std::size_t i = 0; fits && i < options.levels.size(); ++i) {
    fits = value[i].is_number() && value[i].get<double>() >= 0 && value[i].get<double>() <= kMostLevelWeight;
    total += fits ? options.levels[i] = value[i].get<double>() : 0;
  }
  if (!fits || total <= 0) refuse(key, value, fmt::format("eight numbers from 0 to {}, not all 0", kMostLevelWeight));
}

void set_spread(Options& options, const std::string& key, const nlohmann::json& value) {
  if (value != kCandidates && value != kTrainingClasses) {
    refuse(key, value, fmt::format(R"("{}" or "{}")", kTrainingClasses, kCandidates));
  }
  options.spread = value == kCandidates ? Spread::candidates : Spread::training_classes;
}

std::string known_keys() {
  std::string keys = "samples_per_class, spread, levels";
  for (const Number& number : kNumbers) keys += fmt::format(", {}", number.key);
  return keys;
}

void set(Options& options, const std::string& key, const nlohmann::json& value) {
  if (key == "samples_per_class") return set_samples(options, key, value);
  if (key == "spread") return set_spread(options, key, value);
  if (key == "levels") return set_levels(options, key, value);
  for (const Number& number : kNumbers) {
    if (key == number.key) return set_number(options, number, value);
  }
  throw Error(Code::bad_argument,
              fmt::format("unknown setting \"{}\" of the structured method; known: {}", key, known_keys()));
}

}  // namespace

Options options_from_json(const nlohmann::json& config) {
  Options options;
  if (config.is_null()) return options;
  if (!config.is_object()) {
    throw Error(Code::bad_argument,
                fmt::format("settings of the structured method: found {}, expected an object", config.type_name()));
  }
  for (const auto& [key, value] : config.items()) set(options, key, value);
  return options;
}

nlohmann::json to_json(const Options& options) {
  nlohmann::json out;
  for (const Number& number : kNumbers) out[number.key] = options.*number.member;
  out["samples_per_class"] = options.samples_per_class;
  out["levels"] = options.levels;
  out["spread"] = options.spread == Spread::candidates ? kCandidates : kTrainingClasses;
  return out;
}

}  // namespace purlscope::models::structured
