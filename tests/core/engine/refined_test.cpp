#include "core/engine/refined.h"

#include <gtest/gtest.h>

#include <memory>
#include <tuple>

namespace purlscope::core {
namespace {

/// Without refinement the second label is best, with it the first.
Recognition refined() {
  Recognition recognition;
  for (const auto& [label, score, added] :
       {std::tuple("Wave", 2.0F, 1.5F), {"throw", 1.0F, 0.0F}, {"kick", 0.2F, 0.1F}}) {
    LabelScore made;
    made.label = label;
    made.score = score;
    made.refinement = added;
    recognition.labels.push_back(made);
  }
  return recognition;
}

void set_label(Recognition& recognition, const char* label) {
  auto clip = std::make_shared<Clip>();
  clip->label = label;
  recognition.window.clip = clip;
}

TEST(Refined, TheBestLabelWithoutItIsByTheScoreBeforeIt) {
  EXPECT_EQ(best_without_refinement(refined()), 1U);
  EXPECT_EQ(refined().ranking().front(), 0U);
}

TEST(Refined, TheTrueLabelIsKnownWhereTheRecordingBearsOneThatWasAskedFor) {
  Recognition recognition = refined();
  EXPECT_FALSE(true_label(recognition)) << "no clip";
  set_label(recognition, "wave");
  EXPECT_EQ(true_label(recognition), 0U) << "whatever the case";
  set_label(recognition, "swim");
  EXPECT_FALSE(true_label(recognition));
}

TEST(Refined, ItActsWhereAScoreHasChanged) {
  Recognition recognition = refined();
  EXPECT_TRUE(refinement_acts(recognition));
  for (LabelScore& label : recognition.labels) label.refinement = 0;
  EXPECT_FALSE(refinement_acts(recognition));
}

}  // namespace
}  // namespace purlscope::core
