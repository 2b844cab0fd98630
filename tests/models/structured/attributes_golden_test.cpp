#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "core/formats/dataset.h"
#include "models/structured/fit/training_set.h"
#include "tests/support/shared.h"

namespace purlscope::models::structured {
namespace {

/// A clip and its scores for "pick up with two hands" and "sit down".
struct Golden {
  const char* clip;
  std::array<double, 2> scores;
};

// From the accuracy study's own program (NumPy): split ru2 of NW-UCLA with UTD-MHAD beside, repeated recordings kept,
// descriptions published with PURLS, no lexicon, so that neither the bank nor its words have a part in it.
constexpr std::array<Golden, 12> kGolden = {{{"a02_s01_e00_v01", {1.95399, 0.44987}},
                                             {"a02_s02_e03_v02", {1.91401, -0.08423}},
                                             {"a02_s04_e01_v03", {2.07538, 0.21421}},
                                             {"a02_s06_e00_v01", {1.77866, 0.31398}},
                                             {"a02_s07_e03_v01", {1.99064, 0.69155}},
                                             {"a02_s09_e00_v02", {0.54604, 0.90978}},
                                             {"a05_s01_e00_v01", {1.08456, 0.32116}},
                                             {"a05_s02_e03_v02", {0.66112, 1.08222}},
                                             {"a05_s04_e01_v03", {0.21424, 0.41056}},
                                             {"a05_s06_e01_v02", {0.70833, 0.70237}},
                                             {"a05_s08_e00_v01", {1.64311, 0.42461}},
                                             {"a05_s09_e02_v03", {1.16503, 0.22645}}}};

TEST(AttributeViewSlow, RepeatsTheStudysScores) {
  PURLSCOPE_NEEDS_SHARED();
  const auto data = test::shared_dir() / "data";
  const auto texts = test::shared_dir() / "texts";
  const core::LabData lab = core::load_lab_data(data / "nw-ucla", "ru2", {data / "utd-mhad"},
                                                {texts / "gpt3_nw-ucla.tsv", texts / "gpt3_utd-mhad.tsv"});
  Options options;
  options.lexicon = 0;
  const auto encoder = make_minilm_encoder();
  FeatureStore store;
  const FeatureSet target = extract(lab.target, *encoder, store, options, {}, {});
  const FeatureSet other = extract(lab.others.at(0), *encoder, store, options, {}, {});
  LeftOut left_out(2);
  left_out[0].insert(lab.unseen.begin(), lab.unseen.end());
  for (const auto& [set, label] : lab.left_out) left_out.at(1 + set).insert(label);
  const TrainingSet training =
      make_training_set({&target, &other}, left_out, encode_joint_phrases(*encoder), options, 0);
  const AttributeView& view = training.attributes;
  EXPECT_EQ(view.ridge.size(1), 66);

  for (const Golden& golden : kGolden) {
    const auto clip = std::ranges::find_if(
        lab.target.clips, [&](const core::ClipPtr& each) { return each->name.find(golden.clip) != std::string::npos; });
    ASSERT_NE(clip, lab.target.clips.end()) << golden.clip;
    const at::Tensor measures =
        standardise_measures(clip_measures(store.find(*clip)->forward.values), training.sources[0]);
    for (std::size_t i = 0; i < golden.scores.size(); ++i) {
      const AttributeFit fit = fit_label(view, target.texts.one(lab.unseen[i]), options);
      const double found = score(fit, prepare(view, measures)).sum().item<double>();
      EXPECT_NEAR(found, golden.scores[i], 1e-3) << golden.clip << " " << i;
    }
  }
}

}  // namespace
}  // namespace purlscope::models::structured
