#include "models/structured/text/grounding.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/text/descriptions.h"
#include "models/structured/fit/label_fit.h"
#include "tests/models/structured/bodies.h"
#include "tests/models/structured/small_model.h"
#include "tests/support/temp_dir.h"

namespace purlscope::models::structured {
namespace {

std::size_t place(std::string_view id) {
  return static_cast<std::size_t>(std::ranges::find(kConceptIds, id) - kConceptIds.begin());
}

double measure_of(std::string_view id, const test::Animate& animate) {
  return concept_values(align_motion(test::window_of(animate)))[place(id)];
}

TEST(MotionConcepts, MeasuresFollowTheirMeaning) {
  using test::raise_left_hand;
  using test::raise_right_hand;
  using test::squat;
  using test::stand_still;
  using test::walk;
  EXPECT_NEAR(measure_of("hip_rise", stand_still), 0, 1e-9);
  EXPECT_GT(measure_of("hand_high", raise_right_hand), measure_of("hand_high", stand_still) + 1);
  EXPECT_NEAR(measure_of("hand_high", raise_right_hand), measure_of("hand_high", raise_left_hand), 1e-6);
  EXPECT_GT(measure_of("hip_low", squat), measure_of("hip_low", stand_still) + 0.5);
  EXPECT_GT(measure_of("knee_bend", squat), measure_of("knee_bend", stand_still) + 0.5);
  EXPECT_GT(measure_of("travel", walk), measure_of("travel", squat) + 2);
  EXPECT_GT(measure_of("gait", walk), measure_of("gait", raise_right_hand));
  EXPECT_LT(measure_of("both", raise_right_hand), -0.5);
  EXPECT_NEAR(measure_of("both", stand_still), 0, 1e-6);
}

TEST(MotionConcepts, ARiseAndItsReverseDifferInSign) {
  const auto rise = [](double time, test::Pose& pose) {
    for (std::size_t j = 0; j < pose.size(); ++j) {
      if (pose[j][1] > 0.2F) pose[j][1] += static_cast<float>(0.3 * time);
    }
  };
  const auto sink = [&](double time, test::Pose& pose) { rise(1 - time, pose); };
  EXPECT_GT(measure_of("hip_rise", rise), 0.3);
  EXPECT_LT(measure_of("hip_rise", sink), -0.3);
}

TEST(MotionConcepts, AHandToTheRightOfThePersonGoesRightward) {
  const auto sweep = [](double direction) {
    return [direction](double time, test::Pose& pose) {
      pose[joint::right_hand][1] += 0.5F;
      pose[joint::right_hand][0] += static_cast<float>(direction * (time - 0.5));
      pose[joint::right_hand][1] += static_cast<float>(0.05 * std::sin(20 * time));
    };
  };
  EXPECT_GT(measure_of("hand_rightward", sweep(1)), 0.3);
  EXPECT_LT(measure_of("hand_rightward", sweep(-1)), -0.3);
}

TEST(MotionConcepts, ABodyThatDoesNotMoveHasFiniteMeasures) {
  test::Pose nothing(kJoints, core::Vec3{0, 0, 0});
  const auto collapse = [&](double /*time*/, test::Pose& pose) { pose = nothing; };
  for (const float value : concept_values(align_motion(test::window_of(collapse)))) EXPECT_TRUE(std::isfinite(value));
}

double said(const core::Label& label, std::string_view id, std::size_t part) {
  return ConceptWords::bundled().say(label)[place(id) * kConceptParts + part];
}

TEST(ConceptWords, CountWhatStandsInTheParts) {
  core::Label label;
  label.text = "swipe left";
  label.sentences[1].text = "The right hand sweeps from right to left, from right to left, from right to left";
  const Concept& rightward = ConceptWords::bundled().concepts()[place("hand_rightward")];
  EXPECT_DOUBLE_EQ(said(label, "hand_rightward", 1), static_cast<float>(-2 * rightward.weights[1]))
      << "two are counted at most";
  EXPECT_DOUBLE_EQ(said(label, "hand_rightward", 8), static_cast<float>(-2 * rightward.weights[8]));
  EXPECT_EQ(said(label, "hand_rightward", 7), 0);
}

TEST(ConceptWords, LessIsLookedForInWhatMoreLeaves) {
  core::Label label;
  label.text = "draw circle (counter clockwise)";
  EXPECT_GT(said(label, "clockwise_seen", 8), 0);
  label.text = "draw circle (clockwise)";
  EXPECT_LT(said(label, "clockwise_seen", 8), 0);
}

TEST(ConceptWords, OppositesInTheBankSayOppositeThings) {
  const core::DescriptionBank& bank = core::DescriptionBank::bundled();
  const ConceptScale scale = bank_scale();
  const auto total = [&](const char* text, std::string_view id) {
    std::vector<float> words = ConceptWords::bundled().say(*bank.find(text));
    const at::Tensor all = on_scale(at::tensor(words).view({1, kConcepts, kConceptParts}), scale);
    return all[0][static_cast<std::int64_t>(place(id))].sum().item<double>();
  };
  EXPECT_GT(total("sit to stand", "hip_rise"), 0.5);
  EXPECT_LT(total("stand to sit", "hip_rise"), -0.5);
  EXPECT_GT(total("swipe right", "hand_rightward"), total("swipe left", "hand_rightward") + 1);
  EXPECT_GT(total("jog", "gait"), total("wave", "gait"));
}

TEST(ConceptScale, PartsOfACutSumShrinkAlike) {
  const ConceptScale scale{at::zeros({kConcepts, kConceptParts}), at::ones({kConcepts})};
  at::Tensor words = at::zeros({1, kConcepts, kConceptParts});
  words[0][0][0] = 4.0;
  words[0][0][1] = 1.0;
  words[0][1][0] = 1.0;
  const at::Tensor cut = on_scale(words, scale);
  EXPECT_NEAR(cut[0][0][0].item<double>(), 2.0, 1e-6);
  EXPECT_NEAR(cut[0][0][1].item<double>(), 0.5, 1e-6);
  EXPECT_NEAR(cut[0][1][0].item<double>(), 1.0, 1e-6);
}

TEST(ConceptWords, ADamagedListNamesFileAndConcept) {
  const test::TempDir folder;
  for (const char* text : {"{", "{\"concepts\": []}", "{\"concepts\": [{\"id\": \"hips_up\"}]}"}) {
    const auto file = folder.write("concepts.json", text);
    try {
      ConceptWords::read(file);
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::bad_format);
      EXPECT_NE(std::string(error.what()).find(file.string()), std::string::npos);
    }
  }
}

TEST(Grounding, TakesPartByItsWeightAlone) {
  const Model model = test::small_model();
  const ClosedForm form = fit_closed_form(model.training, model.options);
  PartScores parts;
  fit_label(form, model.training.texts.one(2), &parts);
  Calibration without = model.calibration;
  without.grounding_weight = 0;
  const at::Tensor difference = level_scores(model.calibration, parts) - level_scores(without, parts);
  const double scale =
      model.calibration.grounding_weight / (model.calibration.grounding_spread * model.calibration.total_spread);
  EXPECT_TRUE(at::allclose(difference, parts.grounding.narrow(1, 0, 8) * scale, 1e-4, 1e-5));
  EXPECT_TRUE(at::allclose(name_scores(without, parts), at::zeros({parts.grounding.size(0)})));
}

}  // namespace
}  // namespace purlscope::models::structured
