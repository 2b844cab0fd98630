#include "models/structured/features/feature_set.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/skeleton/window.h"
#include "core/text/sides.h"
#include "models/structured/kinematics/backwards.h"
#include "models/structured/text/reversal.h"

namespace purlscope::models::structured {
namespace {

ClipFeatures features_of(const core::ClipPtr& clip, Facing facing, const Preparation& preparation) {
  core::WindowOptions options;
  options.layout = std::string(kLayout);
  const core::Window window = core::make_window(clip, options);
  const CanonicalMotion motion =
      facing == Facing::canonical ? canonical_motion(window, preparation) : steady_motion(window, preparation);
  return {motion_features(motion), clip_measures_of(backwards(motion.motion))};
}

/// Names and texts of the labels played backwards.
void reverse_labels(FeatureSet& out, const std::vector<core::Label>& labels, TextEncoder& encoder,
                    const core::ProgressFn& progress, const std::stop_token& stop) {
  std::vector<core::Label> reversed;
  for (const core::Label& label : labels) {
    reversed.push_back(ReversalWords::bundled().reversed(label));
    out.reversed_labels.push_back(reversed.back().text);
  }
  try {
    out.reversed_texts = encode_labels(reversed, encoder, progress, stop);
  } catch (const Error& error) {
    if (error.code() != Code::not_found) throw;
    throw Error(error.code(), fmt::format("{} (a text of a class played backwards); give features of these texts as "
                                          "well, or do without such classes: --config with {{\"reversal\": 0}}",
                                          error.what()));
  }
}

}  // namespace

std::vector<std::int64_t> FeatureSet::rows_of(int label) const {
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < label_of.size(); ++i) {
    if (label_of[i] == label) rows.push_back(static_cast<std::int64_t>(i));
  }
  return rows;
}

const ClipFeatures* FeatureStore::find(const core::ClipPtr& clip, Facing facing, std::string* problem) {
  auto entry = entries_.find({clip, facing});
  if (entry == entries_.end()) {
    entry = entries_.try_emplace({clip, facing}).first;
    try {
      entry->second.features = features_of(clip, facing, preparation_);
    } catch (const Error& error) {
      entry->second.problem = error.what();
    }
  }
  if (problem != nullptr) *problem = entry->second.problem;
  return entry->second.features ? &*entry->second.features : nullptr;
}

FeatureSet extract(const core::ClipSet& set, TextEncoder& encoder, FeatureStore& store, const Options& options,
                   const core::ProgressFn& progress, const std::stop_token& stop) {
  FeatureSet out;
  out.source = set.kind;
  out.problems = set.problems;
  std::vector<MotionFeatures> parts;
  std::vector<at::Tensor> backwards;
  for (std::size_t i = 0; i < set.clips.size(); ++i) {
    core::throw_if_stopped(stop);
    const core::ClipPtr& clip = set.clips[i];
    if (progress) {
      const std::size_t count = set.clips.size();
      progress({"Describing motions", static_cast<double>(i) / static_cast<double>(count), clip->name, i, count});
    }
    if (!clip->label_index || *clip->label_index < 0 ||
        static_cast<std::size_t>(*clip->label_index) >= set.labels.size()) {
      out.problems.push_back(fmt::format("{}: no class among the {} of the data set", clip->name, set.labels.size()));
      continue;
    }
    const core::Label& label = set.labels[static_cast<std::size_t>(*clip->label_index)];
    const Facing facing = core::names_a_side(label.text) ? Facing::as_recorded : Facing::canonical;
    std::string problem;
    const ClipFeatures* features = store.find(clip, facing, &problem);
    if (features == nullptr) {
      out.problems.push_back(problem);
      continue;
    }
    parts.push_back(features->forward);
    backwards.push_back(features->backwards);
    out.label_of.push_back(*clip->label_index);
  }
  if (parts.empty())
    throw Error(Code::bad_format, fmt::format("{}: no usable clip among {}", set.path, set.clips.size()));
  out.features = concatenate(parts);
  out.backwards = at::cat(backwards);
  for (const core::Label& label : set.labels) out.labels.push_back(label.text);
  out.classes = set.classes.size() == set.labels.size() ? set.classes : out.labels;
  out.texts = encode_labels(set.labels, encoder, progress, stop);
  if (uses_reversal(options)) reverse_labels(out, set.labels, encoder, progress, stop);
  return out;
}

}  // namespace purlscope::models::structured
