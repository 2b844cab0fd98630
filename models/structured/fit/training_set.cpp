#include "models/structured/fit/training_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "core/base/error.h"
#include "core/base/shuffle.h"
#include "models/structured/attributes/samples.h"

namespace purlscope::models::structured {
namespace {

using Rows = std::vector<std::int64_t>;

Rows rows_kept(const FeatureSet& set, const std::set<int>& left_out) {
  Rows rows;
  for (std::size_t i = 0; i < set.label_of.size(); ++i) {
    if (!left_out.contains(set.label_of[i])) rows.push_back(static_cast<std::int64_t>(i));
  }
  return rows;
}

}  // namespace

TrainingSet make_training_set(const std::vector<const FeatureSet*>& sets, const LeftOut& left_out,
                              const at::Tensor& joint_phrases, const Options& options, std::uint64_t seed,
                              const std::set<std::string>& forbidden_names) {
  std::mt19937 generator(static_cast<std::uint32_t>(seed));
  TrainingSet out;
  out.joint_phrases = joint_phrases;
  std::vector<MotionFeatures> features;
  std::vector<LabelTexts> texts;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const FeatureSet& set = *sets[s];
    const Rows kept = rows_kept(set, left_out[s]);
    if (kept.empty()) continue;
    out.sources.push_back(measure(set.source, set.features.values.index_select(0, at::tensor(kept, at::kLong))));
    Rows drawn;
    for (std::size_t c = 0; c < set.labels.size(); ++c) {
      Rows rows = left_out[s].contains(static_cast<int>(c)) ? Rows{} : set.rows_of(static_cast<int>(c));
      if (rows.empty()) continue;
      core::shuffle(rows, generator);
      rows.resize(std::min(rows.size(), static_cast<std::size_t>(options.samples_per_class)));
      drawn.insert(drawn.end(), rows.begin(), rows.end());
      out.class_of.insert(out.class_of.end(), rows.size(), static_cast<std::int64_t>(out.classes.size()));
      out.classes.push_back(set.labels[c]);
      texts.push_back(set.texts.one(static_cast<std::int64_t>(c)));
    }
    MotionFeatures rows = standardise(set.features.rows(at::tensor(drawn, at::kLong)), out.sources.back());
    rows.values = rows.values.narrow(1, 0, kSampleValues);
    features.push_back(std::move(rows));
  }
  if (out.classes.size() < 2) {
    throw Error(Code::bad_argument, fmt::format("{} classes are left to train on, at least 2 are needed: add data "
                                                "sets or choose fewer unseen classes",
                                                out.classes.size()));
  }
  out.features = concatenate(features);
  out.texts = LabelTexts::join(texts);
  out.concept_scale = bank_scale();
  if (options.attributes > 0) {
    out.attributes =
        fit_attribute_view(attribute_samples(sets, left_out, forbidden_names, out.sources, options), options);
  }
  return out;
}

}  // namespace purlscope::models::structured
