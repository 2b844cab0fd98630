#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/text/same_meaning.h"
#include "models/structured/fit/problem.h"
#include "models/structured/lab.h"
#include "models/structured/model.h"

namespace purlscope::models::structured {
namespace {

constexpr const char* kName = "purlscope-structured-v3";
constexpr const char* kLicence = "Apache-2.0";
constexpr int kRounds = 6;           // pseudo-unseen problems for temperature and "none of these"
constexpr std::size_t kHeldOut = 8;  // classes held out a round, over all sets
constexpr std::size_t kTrialsPerClass = 20;

struct HeldOut {
  std::size_t set;
  int label;
};

std::vector<HeldOut> draw_classes(const std::vector<FeatureSet>& sets, std::mt19937& generator) {
  std::vector<HeldOut> all;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    for (std::size_t c = 0; c < sets[s].labels.size(); ++c) all.push_back({s, static_cast<int>(c)});
  }
  for (std::size_t i = all.size(); i-- > 1;) std::swap(all[i], all[generator() % (i + 1)]);
  const auto count = static_cast<std::ptrdiff_t>(std::min(kHeldOut, all.size() / 2));
  return {all.begin(), all.begin() + count};
}

/// The held-out classes and all that mean the same.
LeftOut forbidden(const std::vector<FeatureSet>& sets, const std::vector<HeldOut>& held_out) {
  const auto pairs = core::same_meaning_pairs();
  const auto matches = [&](const FeatureSet& set, int label, const core::DatasetClass& name) {
    return set.source == name.first && set.classes[static_cast<std::size_t>(label)] == name.second;
  };
  LeftOut out(sets.size());
  for (const HeldOut& held : held_out) {
    out[held.set].insert(held.label);
    for (const auto& [a, b] : pairs) {
      const bool first = matches(sets[held.set], held.label, a);
      if (!first && !matches(sets[held.set], held.label, b)) continue;
      for (std::size_t s = 0; s < sets.size(); ++s) {
        for (int c = 0; c < static_cast<int>(sets[s].labels.size()); ++c) {
          if (matches(sets[s], c, first ? b : a)) out[s].insert(c);
        }
      }
    }
  }
  return out;
}

LabelTexts texts_of(const std::vector<FeatureSet>& sets, const std::vector<HeldOut>& classes) {
  std::vector<LabelTexts> texts;
  texts.reserve(classes.size());
  for (const HeldOut& held : classes) texts.push_back(sets[held.set].texts.one(held.label));
  return LabelTexts::join(texts);
}

MotionFeatures trial_rows(const FeatureSet& set, int label) {
  std::vector<std::int64_t> rows = set.rows_of(label);
  rows.resize(std::min(rows.size(), kTrialsPerClass));
  return set.features.rows(at::tensor(rows, at::kLong));
}

/// Two labels of one meaning among the candidates would make both "wrong": the later one is dropped.
std::vector<HeldOut> without_doubles(const std::vector<FeatureSet>& sets, const std::vector<HeldOut>& classes) {
  std::vector<HeldOut> out;
  for (const HeldOut& held : classes) {
    const LeftOut taken = forbidden(sets, out);
    if (!taken[held.set].contains(held.label)) out.push_back(held);
  }
  return out;
}

void add_trials(const std::vector<FeatureSet>& sets, const std::vector<HeldOut>& classes, const Problem& problem,
                std::vector<Trial>& trials) {
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const FeatureSet& set = sets[classes[c].set];
    const MotionFeatures rows = trial_rows(set, classes[c].label);
    if (rows.count() == 0) continue;
    const at::Tensor scores = problem.score(rows, set.source);
    for (std::int64_t i = 0; i < scores.size(0); ++i) {
      const at::Tensor row = scores[i].contiguous();
      const auto* values = row.const_data_ptr<float>();
      trials.push_back({{values, values + row.numel()}, static_cast<std::int64_t>(c)});
    }
  }
}

using Rounds = std::vector<std::vector<Trial>>;

/// Scores of windows of classes that the model has not seen, against candidates it has not seen.
Rounds pseudo_unseen_trials(const std::vector<FeatureSet>& sets, const at::Tensor& joint_phrases,
                            const Options& options, const core::ProgressFn& progress, const std::stop_token& stop) {
  std::vector<const FeatureSet*> pointers;
  pointers.reserve(sets.size());
  for (const FeatureSet& set : sets) pointers.push_back(&set);
  std::mt19937 generator(0);
  Rounds rounds(kRounds);
  for (int round = 0; round < kRounds; ++round) {
    if (progress) progress({"Calibrating on held-out classes", static_cast<double>(round) / kRounds, ""});
    const std::vector<HeldOut> classes = without_doubles(sets, draw_classes(sets, generator));
    const TrainingSet training = make_training_set(pointers, forbidden(sets, classes), joint_phrases, options,
                                                   static_cast<std::uint64_t>(round));
    add_trials(sets, classes, fit_problem(training, texts_of(sets, classes), options, {}, stop),
               rounds[static_cast<std::size_t>(round)]);
  }
  return rounds;
}

std::vector<Trial> join(const Rounds& rounds) {
  std::vector<Trial> out;
  for (const std::vector<Trial>& round : rounds) out.insert(out.end(), round.begin(), round.end());
  return out;
}

double share(std::int64_t count, std::size_t of) {
  return of == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(of);
}

std::string read_card(const std::filesystem::path& model_file) {
  std::filesystem::path file = model_file;
  std::ifstream in(file.replace_extension(".md"));
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string join(const std::vector<FeatureSet>& sets) {
  std::string out;
  for (const FeatureSet& set : sets) out += (out.empty() ? "" : ", ") + set.source;
  return out;
}

void refuse_no_sets(const std::vector<core::ClipSet>& sets) {
  if (!sets.empty()) return;
  throw Error(Code::bad_argument, "no data set given: name at least one folder of recordings");
}

}  // namespace
}  // namespace purlscope::models::structured

namespace purlscope::models {

nlohmann::json fit_structured(const std::vector<core::ClipSet>& sets, const std::filesystem::path& out,
                              TextEncoder& encoder, const core::ProgressFn& progress, std::stop_token stop) {
  using namespace structured;
  refuse_no_sets(sets);
  const core::Stopwatch watch;
  const c10::NoGradGuard no_grad;
  Model model;
  std::vector<FeatureSet> features;
  std::vector<const FeatureSet*> pointers;
  features.reserve(sets.size());
  pointers.reserve(sets.size());
  FeatureStore store(preparation_of(model.options));
  for (const core::ClipSet& set : sets) features.push_back(extract(set, encoder, store, model.options, progress, stop));
  for (const FeatureSet& set : features) pointers.push_back(&set);

  model.name = kName;
  model.licence = kLicence;
  model.data = join(features);
  model.card = read_card(out);
  model.text_encoder = encoder.name();
  const at::Tensor joint_phrases = encode_joint_phrases(encoder);
  const Rounds rounds = pseudo_unseen_trials(features, joint_phrases, model.options, progress, stop);
  model.training = make_training_set(pointers, LeftOut(features.size()), joint_phrases, model.options, 0);
  const ClosedForm form = fit_closed_form(model.training, model.options);
  model.calibration = measure_spread(form, model.training.texts, [&](double fraction) {
    core::throw_if_stopped(stop);
    if (progress) progress({"Measuring score spreads", fraction, ""});
  });
  const std::vector<Trial> trials = join(rounds);
  const CalibrationTest test = test_calibration(model.calibration, rounds);
  fit_probabilities(model.calibration, trials);
  save_model(model, out);

  const auto right = std::ranges::count_if(trials, [](const Trial& trial) {
    return std::ranges::max_element(trial.scores) - trial.scores.begin() == trial.truth;
  });
  return {{"model", out.string()},
          {"name", model.name},
          {"data", model.data},
          {"classes", model.training.classes.size()},
          {"samples", model.training.class_of.size()},
          {"temperature", model.calibration.temperature},
          {"none_logit", model.calibration.none_logit},
          {"held_out_trials", trials.size()},
          {"held_out_accuracy", share(right, trials.size())},
          {"calibration_error", test.error},
          {"none_though_asked", share(test.none_though_asked, trials.size())},
          {"none_where_not_asked", share(test.none_where_not_asked, trials.size())},
          {"bytes", std::filesystem::file_size(out)},
          {"seconds", watch.seconds()}};
}

}  // namespace purlscope::models
