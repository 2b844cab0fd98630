#include "models/structured/fit/training_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "core/base/error.h"
#include "core/base/shuffle.h"
#include "core/skeleton/window.h"
#include "core/text/sides.h"

namespace purlscope::models::structured {
namespace {

using Rows = std::vector<std::int64_t>;

Rows rows_of_class(const FeatureSet& set, int label) {
  Rows rows;
  for (std::size_t i = 0; i < set.label_of.size(); ++i) {
    if (set.label_of[i] == label) rows.push_back(static_cast<std::int64_t>(i));
  }
  return rows;
}

Rows rows_kept(const FeatureSet& set, const std::set<int>& left_out) {
  Rows rows;
  for (std::size_t i = 0; i < set.label_of.size(); ++i) {
    if (!left_out.contains(set.label_of[i])) rows.push_back(static_cast<std::int64_t>(i));
  }
  return rows;
}

MotionFeatures features_of(const core::ClipPtr& clip, Facing facing) {
  core::WindowOptions options;
  options.layout = std::string(kLayout);
  const core::Window window = core::make_window(clip, options);
  return motion_features(facing == Facing::canonical ? canonical_motion(window) : steady_motion(window));
}

}  // namespace

const MotionFeatures* FeatureStore::find(const core::ClipPtr& clip, Facing facing, std::string* problem) {
  auto entry = entries_.find({clip, facing});
  if (entry == entries_.end()) {
    entry = entries_.try_emplace({clip, facing}).first;
    try {
      entry->second.features = features_of(clip, facing);
    } catch (const Error& error) {
      entry->second.problem = error.what();
    }
  }
  if (problem != nullptr) *problem = entry->second.problem;
  return entry->second.features ? &*entry->second.features : nullptr;
}

FeatureSet extract(const core::ClipSet& set, TextEncoder& encoder, FeatureStore& store,
                   const core::ProgressFn& progress, const std::stop_token& stop) {
  FeatureSet out;
  out.source = set.kind;
  out.problems = set.problems;
  std::vector<MotionFeatures> parts;
  for (std::size_t i = 0; i < set.clips.size(); ++i) {
    core::throw_if_stopped(stop);
    const core::ClipPtr& clip = set.clips[i];
    if (progress)
      progress({"Describing motions", static_cast<double>(i) / static_cast<double>(set.clips.size()), clip->name});
    if (!clip->label_index || *clip->label_index < 0 ||
        static_cast<std::size_t>(*clip->label_index) >= set.labels.size()) {
      out.problems.push_back(fmt::format("{}: no class among the {} of the data set", clip->name, set.labels.size()));
      continue;
    }
    const core::Label& label = set.labels[static_cast<std::size_t>(*clip->label_index)];
    const Facing facing = core::names_a_side(label.text) ? Facing::as_recorded : Facing::canonical;
    std::string problem;
    const MotionFeatures* features = store.find(clip, facing, &problem);
    if (features == nullptr) {
      out.problems.push_back(problem);
      continue;
    }
    parts.push_back(*features);
    out.label_of.push_back(*clip->label_index);
  }
  if (parts.empty())
    throw Error(Code::bad_format, fmt::format("{}: no usable clip among {}", set.path, set.clips.size()));
  out.features = concatenate(parts);
  for (const core::Label& label : set.labels) out.labels.push_back(label.text);
  out.classes = set.classes.size() == set.labels.size() ? set.classes : out.labels;
  out.texts = encode_labels(set.labels, encoder, progress, stop);
  return out;
}

TrainingSet make_training_set(const std::vector<const FeatureSet*>& sets, const LeftOut& left_out,
                              const at::Tensor& joint_phrases, const Options& options, std::uint64_t seed) {
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
      Rows rows = left_out[s].contains(static_cast<int>(c)) ? Rows{} : rows_of_class(set, static_cast<int>(c));
      if (rows.empty()) continue;
      core::shuffle(rows, generator);
      rows.resize(std::min(rows.size(), static_cast<std::size_t>(options.samples_per_class)));
      drawn.insert(drawn.end(), rows.begin(), rows.end());
      out.class_of.insert(out.class_of.end(), rows.size(), static_cast<std::int64_t>(out.classes.size()));
      out.classes.push_back(set.labels[c]);
      texts.push_back(set.texts.one(static_cast<std::int64_t>(c)));
    }
    features.push_back(standardise(set.features.rows(at::tensor(drawn, at::kLong)), out.sources.back()));
  }
  if (out.classes.size() < 2) {
    throw Error(Code::bad_argument, fmt::format("{} classes are left to train on, at least 2 are needed: add data "
                                                "sets or choose fewer unseen classes",
                                                out.classes.size()));
  }
  out.features = concatenate(features);
  out.texts = LabelTexts::join(texts);
  out.concept_scale = bank_scale();
  return out;
}

}  // namespace purlscope::models::structured
