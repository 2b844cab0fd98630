#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/structured/attributes/samples.h"
#include "models/structured/fit/calibration.h"
#include "tests/models/structured/small_model.h"
#include "tests/support/temp_dir.h"

namespace purlscope::models::structured {
namespace {

double largest_difference(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

const FeatureSet& trained_on() {
  static const FeatureSet set = test::small_set("made", 1);
  return set;
}

AttributeSamples samples_of(const FeatureSet& set, const LeftOut& left_out, const std::set<std::string>& forbidden,
                            const Options& options = {}) {
  return attribute_samples({&set}, left_out, forbidden, {measure("made", set.features.values)}, options);
}

/// The view, and windows that it does not know.
struct Fitted {
  AttributeSamples samples = samples_of(trained_on(), {{}}, {});
  AttributeView view = fit_attribute_view(samples, {});
  at::Tensor fresh = standardise_measures(clip_measures(test::small_set("made", 9).features.values),
                                          measure("made", trained_on().features.values));
};

const Fitted& fitted() {
  static const Fitted made;
  return made;
}

TEST(Moments, TellPlaceSpreadAndSpeedOfAThird) {
  const std::vector<float> raised = moment_values(align_motion(test::window_of(test::raise_right_hand)));
  ASSERT_EQ(raised.size(), kMoments);
  const auto value = [&](std::string_view name) {
    for (std::size_t i = 0; i < kMoments; ++i) {
      if (moments()[i].name == name) return static_cast<double>(raised[i]);
    }
    ADD_FAILURE() << "no moment " << name;
    return 0.0;
  };
  // The hand rises by two torso lengths in 63 steps from 0.4 below the hips.
  EXPECT_NEAR(value("right hand place, height, start"), -0.4 + 10 * 2.0 / 63, 1e-5);
  EXPECT_NEAR(value("right hand place, height, end"), -0.4 + 53 * 2.0 / 63, 1e-5);
  EXPECT_NEAR(value("right hand spread, height, start"), 2.0 / 63 * std::sqrt((21.0 * 21 - 1) / 12), 1e-5);
  EXPECT_NEAR(value("right hand speed, height, end"), 8 * 2.0 / 63, 1e-5);
  EXPECT_NEAR(value("left hand speed, height, middle"), 0, 1e-6);
  EXPECT_NEAR(value("left hand place, sideways, middle"), -0.5, 1e-6);
  EXPECT_NEAR(value("hip centre way, depth, end"), 0, 1e-6);
}

TEST(Moments, EveryClipMeasureIsAtHomeOnNodes) {
  for (const Attribute& each : moments()) {
    EXPECT_EQ(each.joints.size(), 1U) << each.name;
    EXPECT_LT(each.slot, kWholeClip) << each.name;
  }
  EXPECT_EQ(measure_nodes().size(0), kClipMeasures);
  EXPECT_LT(largest_difference(measure_nodes().sum(1), at::ones({kClipMeasures})), 1e-6);
}

TEST(Backwards, IsTheMotionOfTheRecordingPlayedBackwards) {
  const auto turning_walk = [](double time, test::Pose& pose) {
    test::walk(time, pose);
    const auto c = static_cast<float>(std::cos(time)), s = static_cast<float>(std::sin(time));
    for (auto& p : pose) p = {c * p[0] - s * p[2], p[1], s * p[0] + c * p[2]};
  };
  const Motion motion = backwards(align_motion(test::window_of(turning_walk)));
  const Motion expected =
      align_motion(test::window_of([&](double time, test::Pose& pose) { turning_walk(1 - time, pose); }));
  for (std::size_t t = 0; t < kFrames; ++t) {
    for (std::size_t j = 0; j < kJoints; ++j) EXPECT_LT(length(motion.at(t, j) - expected.at(t, j)), 1e-5);
  }
}

TEST(ReversalWords, ReplacesWholeWordsAtOnceLongerOnesFirst) {
  const ReversalWords& words = ReversalWords::bundled();
  EXPECT_EQ(words.reversed("Stand up from the chair"), "sit down to the chair");
  EXPECT_EQ(words.reversed("The LEFT hand, then the right."), "The right hand, then the left.");
  EXPECT_EQ(words.reversed("an upright, updated upper arm"), "an seated, updated upper arm");
  EXPECT_EQ(words.reversed("wave"), "wave");
  EXPECT_EQ(words.reversed(""), "");
}

TEST(ReversalWords, StartAndEndOfALabelChangePlaces) {
  core::Label label = test::label_of("sit down", "the hands go down", "the knees bend");
  label.sentences[core::sentence_index("start")].text = "stand";
  label.sentences[core::sentence_index("end")].text = "rest on the chair";
  const core::Label reversed = ReversalWords::bundled().reversed(label);
  EXPECT_EQ(reversed.text, "stand up");
  EXPECT_EQ(reversed.sentences[core::sentence_index("start")].text, "rest on the chair");
  EXPECT_EQ(reversed.sentences[core::sentence_index("end")].text, "sit");
  EXPECT_EQ(reversed.sentences[core::sentence_index("hands")].text, "the hands go up");
}

TEST(ReversalWords, ADamagedFileIsNamed) {
  const test::TempDir folder;
  for (const char* text : {"{", "{\"words\": {}}", "{\"words\": {\"up\": \"\"}}", "{\"words\": {\"Up\": \"down\"}}"}) {
    const auto file = folder.write("reversal.json", text);
    try {
      ReversalWords::read(file);
      FAIL() << "accepted: " << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::bad_format);
      EXPECT_THAT(error.what(), testing::HasSubstr(file.string()));
    }
  }
}

TEST(AttributeSamples, AClassPlayedBackwardsMustNotBearTheNameOfAnUnseenOne) {
  EXPECT_EQ(samples_of(trained_on(), {{}}, {}).reversed_classes, 4);
  EXPECT_EQ(samples_of(trained_on(), {{}}, {"lower left hand"}).reversed_classes, 3);
  FeatureSet set = trained_on();
  set.reversed_labels[0] = "Squat";
  const AttributeSamples strict = samples_of(set, {{2}}, {});
  EXPECT_EQ(strict.forward.count(), 3);
  EXPECT_EQ(strict.reversed_classes, 2) << "squat is left out, and what would be called so as well";
  EXPECT_EQ(strict.measures.size(0), 6 * 5);
  Options without;
  without.reversal = 0;
  EXPECT_EQ(samples_of(trained_on(), {{}}, {}, without).reversed_classes, 0);
}

/// The view's score by other ways to the same numbers: ridge in dual form, distances by the inverse covariance.
at::Tensor plain_scores(const Fitted& given, const LabelTexts& text) {
  const at::Tensor x = given.samples.measures.to(at::kDouble);
  const at::Tensor z = given.fresh.to(at::kDouble);
  const at::Tensor members = at::one_hot(at::tensor(given.samples.class_of, at::kLong)).to(at::kDouble);
  const at::Tensor s = given.view.class_text.to(at::kDouble);
  const at::Tensor own =
      unit_rows(raw_text_vectors(text, bank_words(), Options{}.lexicon) - given.view.text_mean).to(at::kDouble);
  at::Tensor weight = at::ones({8}, at::kDouble);
  weight.narrow(0, 4, 4).fill_(0.35);
  const at::Tensor root = members.mv(weight / members.sum(0)).sqrt().unsqueeze(1);  // of each row's weight
  const at::Tensor rows = x * root;
  const at::Tensor dual = at::linalg_solve(rows.mm(rows.t()) + 3 * at::eye(x.size(0), at::kDouble), members * root);
  const at::Tensor means = members.t().mm(x) / members.sum(0).unsqueeze(1);
  const at::Tensor rest = x - members.mm(means);
  const at::Tensor covariance = rest.t().mm(rest) / x.size(0);
  const at::Tensor metric =
      at::linalg_inv(0.7 * covariance + 0.3 * covariance.diagonal().mean() * at::eye(x.size(1), at::kDouble));
  const at::Tensor centre = means.mean(0);
  const auto kernel = [](const at::Tensor& a, const at::Tensor& b) { return (-at::cdist(a, b).square()).exp(); };
  const at::Tensor weights = at::linalg_solve(kernel(s, s) + 0.5 * at::diag(1 / weight), means - centre);
  const auto parts = [&](const at::Tensor& windows, const at::Tensor& texts) {
    const at::Tensor said = windows.mm(rows.t()).mm(dual).mm(s);  // the text that the votes make
    const at::Tensor motion = (said / said.norm(2, 1, true)).mm(texts.t());
    const at::Tensor prototype = kernel(texts, s).mm(weights);
    const at::Tensor off = windows - centre;
    const auto power = [&](const at::Tensor& v) { return (v.mm(metric) * v).sum(1).sqrt(); };
    const at::Tensor place = off.mm(metric).mm(prototype.t()) / power(off).unsqueeze(1) / power(prototype);
    return std::pair(motion, place);
  };
  const at::Tensor recorded = x.narrow(0, 0, 24);
  const auto [motion, place] = parts(recorded, s.narrow(0, 0, 4));
  const auto spread = [](const at::Tensor& v) { return v.std(false).item<double>(); };
  const double motion_spread = spread(motion), place_spread = spread(place);
  const double total = spread(motion / motion_spread + place / place_spread);
  const auto score = [&](const at::Tensor& windows) {
    const auto [m, p] = parts(windows, own);
    return ((m / motion_spread + p / place_spread) / total).squeeze(1);
  };
  return score(z) - score(recorded).mean();
}

TEST(AttributeView, GivesTheScoresOfTheEquations) {
  test::WordEncoder encoder;
  const LabelTexts texts = encode_labels({test::label_of("sit down", "the hands go down", "the knees bend"),
                                          test::label_of("run", "the hands swing", "the feet step forward")},
                                         encoder);
  for (const std::int64_t label : {0, 1}) {
    const AttributeFit fit = fit_label(fitted().view, texts.one(label), {});
    const at::Tensor scores = score(fit, prepare(fitted().view, fitted().fresh)).sum(1);
    const at::Tensor expected = plain_scores(fitted(), texts.one(label)).to(at::kFloat);
    EXPECT_LT(largest_difference(scores, expected), 1e-3);
    EXPECT_GT(expected.std().item<double>(), 0.1);
  }
}

TEST(AttributeView, SharesOfTheNodesAddUpAndWhatIsTakenOutCountsNoMore) {
  const AttributeFit fit = fit_label(fitted().view, trained_on().texts.one(1), {});
  const AttributeWindows windows = prepare(fitted().view, fitted().fresh);
  for (const std::int64_t row : {0, 11, 23}) {
    const AttributeWindows window = window_at(windows, row);
    EXPECT_NEAR(node_shares(fit, window).sum().item<double>(), score(fit, windows)[row][0].item<double>(), 1e-4);
  }
  const at::Tensor all = at::ones({windows.measures.size(0), static_cast<std::int64_t>(kNodes)});
  EXPECT_LT(largest_difference(score(fit, masked(fitted().view, windows, all)), score(fit, windows)), 1e-4);
  at::Tensor without = all.clone();
  const auto hand = static_cast<std::int64_t>(joint::right_hand);  // at the start: no measure of two joints
  without.select(1, hand).zero_();
  const AttributeWindows fewer = masked(fitted().view, windows, without);
  EXPECT_EQ(node_shares(fit, window_at(fewer, 3))[hand].item<float>(), 0);
  EXPECT_GT(std::abs(node_shares(fit, window_at(windows, 3))[hand].item<float>()), 0);
  EXPECT_TRUE(score(fit, masked(fitted().view, windows, at::zeros_like(all))).isfinite().all().item<bool>());
}

TEST(AttributeView, PerformancesOfTheTrainedActionsAreToldApart) {
  std::vector<at::Tensor> columns;
  for (std::int64_t c = 0; c < 4; ++c) {
    const AttributeFit fit = fit_label(fitted().view, trained_on().texts.one(c), {});
    columns.push_back(score(fit, prepare(fitted().view, fitted().fresh)).sum(1));
  }
  const at::Tensor best = at::stack(columns, 1).argmax(1);
  for (std::int64_t i = 0; i < best.size(0); ++i) {
    EXPECT_EQ(best[i].item<std::int64_t>(), trained_on().label_of[static_cast<std::size_t>(i)]) << i;
  }
}

TEST(AttributeView, AFileGivesItBack) {
  const test::TempDir folder;
  const auto file = folder.path() / "model.safetensors";
  const Model model = test::small_model();
  save_model(model, file);
  const AttributeView& before = model.training.attributes;
  const AttributeView after = load_model(file).training.attributes;
  const auto scores = [&](const AttributeView& view) {
    return score(fit_label(view, trained_on().texts.one(2), {}), prepare(view, fitted().fresh)).sum(1);
  };
  EXPECT_LT(largest_difference(scores(before), scores(after)), 0.01) << "half precision";
  Model without = model;
  without.options.attributes = 0;
  save_model(without, file);
  EXPECT_FALSE(load_model(file).training.attributes.fitted());
}

TEST(AttributeView, TakesPartByItsWeightAlone) {
  const Model model = test::small_model();
  const ClosedForm form = fit_closed_form(model.training, model.options);
  const MotionFeatures windows = standardise(test::small_set("made", 9).features, model.training.sources[0]);
  const LabelFit label = fit_label(form, model.training.texts.one(0));
  const PartScores parts = score(form, label, prepare(form, windows));
  Calibration without = model.calibration;
  without.attributes_weight = 0;
  const auto total = [&](const Calibration& calibration) {
    return level_scores(calibration, parts).sum(1) + name_scores(calibration, parts);
  };
  const at::Tensor expected = parts.attributes.sum(1) * (model.options.attributes / model.calibration.total_spread);
  EXPECT_LT(largest_difference(total(model.calibration) - total(without), expected), 1e-4);
}

}  // namespace
}  // namespace purlscope::models::structured
