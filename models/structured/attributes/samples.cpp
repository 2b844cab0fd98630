#include "models/structured/attributes/samples.h"

#include "core/base/ascii.h"

namespace purlscope::models::structured {
namespace {

/// Collects the classes of one direction of time.
struct Direction {
  std::vector<at::Tensor> measures;
  std::vector<std::int64_t> class_of;
  std::vector<LabelTexts> texts;

  void add(const at::Tensor& rows, LabelTexts text) {
    class_of.insert(class_of.end(), static_cast<std::size_t>(rows.size(0)), static_cast<std::int64_t>(texts.size()));
    measures.push_back(rows);
    texts.push_back(std::move(text));
  }
};

/// Names of the classes left out, as texts and data sets call them.
std::set<std::string> names_left_out(const std::vector<const FeatureSet*>& sets, const LeftOut& left_out) {
  std::set<std::string> names;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    for (const int label : left_out[s]) {
      const auto place = static_cast<std::size_t>(label);
      names.insert(core::lower_ascii(sets[s]->labels.at(place)));
      if (place < sets[s]->classes.size()) names.insert(core::lower_ascii(sets[s]->classes[place]));
    }
  }
  return names;
}

}  // namespace

AttributeSamples attribute_samples(const std::vector<const FeatureSet*>& sets, const LeftOut& left_out,
                                   const std::set<std::string>& forbidden_names, const std::vector<Statistics>& sources,
                                   const Options& options) {
  std::set<std::string> forbidden = names_left_out(sets, left_out);
  forbidden.insert(forbidden_names.begin(), forbidden_names.end());
  Direction forward;
  Direction reversed;
  std::size_t source = 0;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const FeatureSet& set = *sets[s];
    bool any = false;
    for (std::size_t c = 0; c < set.labels.size(); ++c) {
      const auto label = static_cast<int>(c);
      const at::Tensor rows = at::tensor(set.rows_of(label), at::kLong);
      if (left_out[s].contains(label) || rows.numel() == 0) continue;
      any = true;
      const Statistics& scale = sources.at(source);
      const auto text = static_cast<std::int64_t>(c);
      forward.add(standardise_measures(clip_measures(set.features.values.index_select(0, rows)), scale),
                  set.texts.one(text));
      if (!uses_reversal(options) || forbidden.contains(core::lower_ascii(set.reversed_labels[c]))) continue;
      reversed.add(standardise_measures(set.backwards.index_select(0, rows), scale), set.reversed_texts.one(text));
    }
    if (any) ++source;
  }
  AttributeSamples out;
  out.forward = LabelTexts::join(forward.texts);
  out.reversed_classes = static_cast<std::int64_t>(reversed.texts.size());
  if (!reversed.texts.empty()) out.reversed = LabelTexts::join(reversed.texts);
  out.class_of = forward.class_of;
  for (const std::int64_t label : reversed.class_of) out.class_of.push_back(out.forward.count() + label);
  forward.measures.insert(forward.measures.end(), reversed.measures.begin(), reversed.measures.end());
  out.measures = at::cat(forward.measures);
  return out;
}

}  // namespace purlscope::models::structured
