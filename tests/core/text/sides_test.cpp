#include "core/text/sides.h"

#include <gtest/gtest.h>

namespace purlscope::core {
namespace {

Label label_of(const std::string& name, const std::string& hands) {
  Label label{name, {}};
  for (Sentence& sentence : label.sentences) sentence.text = "the person stands";
  label.sentences[sentence_index("hands")].text = hands;
  return label;
}

std::string hands_of(const Label& label) { return label.sentences[sentence_index("hands")].text; }

TEST(Sides, KnowsTheWordsThatNameASide) {
  for (const char* text : {"swipe left", "Left-hand wave", "turn rightwards", "draw a circle (clockwise)",
                           "circle counter-clockwise", "anticlockwise", "the leftmost", "RIGHT"}) {
    EXPECT_TRUE(names_a_side(text)) << text;
  }
  for (const char* text : {"", "wave", "bright light", "clock", "lefty", "righteous", "copyright", "draw a circle"}) {
    EXPECT_FALSE(names_a_side(text)) << text;
  }
}

TEST(Sides, AnActionWithoutASideHasNoMirrorImage) {
  EXPECT_FALSE(mirror_label(label_of("throw", "the right hand swings from left to right")));
}

TEST(Sides, ADirectionTurnsButTheHandStays) {
  const auto mirrored = mirror_label(label_of("Swipe left", "The right hand sweeps from right to left."));
  ASSERT_TRUE(mirrored);
  EXPECT_EQ(mirrored->text, "Swipe right");
  EXPECT_EQ(hands_of(*mirrored), "The right hand sweeps from left to right.");
}

TEST(Sides, ANamedHandIsExchangedThroughout) {
  const auto mirrored = mirror_label(label_of("raise the left hand", "Left hand goes up, the right hand hangs"));
  ASSERT_TRUE(mirrored);
  EXPECT_EQ(mirrored->text, "raise the right hand");
  EXPECT_EQ(hands_of(*mirrored), "Right hand goes up, the left hand hangs");
}

TEST(Sides, SensesOfTurningAreExchanged) {
  const auto mirrored = mirror_label(label_of("draw circle (clockwise)", "circles clockwise, not counter-clockwise"));
  ASSERT_TRUE(mirrored);
  EXPECT_EQ(mirrored->text, "draw circle (counterclockwise)");
  EXPECT_EQ(hands_of(*mirrored), "circles counterclockwise, not clockwise");
}

TEST(Sides, EveryWordingTurns) {
  Label label = label_of("swipe left", "the right hand sweeps to the left");
  label.further.push_back(label_of("", "the palm pushes leftward").sentences);
  label.further.push_back(label_of("", "the right hand wipes").sentences);
  const auto mirrored = mirror_label(label);
  ASSERT_TRUE(mirrored);
  ASSERT_EQ(mirrored->wordings(), 3U);
  EXPECT_EQ(hands_of(mirrored->wording(0)), "the right hand sweeps to the right");
  EXPECT_EQ(hands_of(mirrored->wording(1)), "the palm pushes rightward");
  EXPECT_EQ(hands_of(mirrored->wording(2)), "the right hand wipes") << "either hand can do it";
  EXPECT_EQ(mirrored->wording(2).text, "swipe right");
}

TEST(Sides, TwoMirrorsGiveTheLabelBack) {
  const Label label = label_of("kick with the right foot to the left", "both hands swing to the right side");
  const auto once = mirror_label(label);
  ASSERT_TRUE(once);
  EXPECT_EQ(once->text, "kick with the left foot to the right");
  const auto twice = mirror_label(*once);
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->text, label.text);
  EXPECT_EQ(hands_of(*twice), hands_of(label));
}

}  // namespace
}  // namespace purlscope::core
