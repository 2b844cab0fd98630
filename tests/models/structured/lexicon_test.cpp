#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "models/structured/text/lexicon.h"

namespace purlscope::models::structured {
namespace {

TEST(MotionLexicon, CountsWholeWordsAndPhrases) {
  EXPECT_EQ(count_words("raise the left hand, then the right", {"left", "right"}), 2U);
  EXPECT_EQ(count_words("a leftover is bright", {"left", "right"}), 0U);
  EXPECT_EQ(count_words("walk from side to side", {"side to side"}), 1U);
  EXPECT_EQ(count_words("semi-circle and semi", {"semi-circle"}), 1U);
  EXPECT_EQ(count_words("", {"left"}), 0U);
}

TEST(MotionLexicon, AWordIsCountedOnceForTheEarlierOfTwoThatBeginThere) {
  EXPECT_EQ(count_words("push off", {"push", "push off"}), 1U);
  EXPECT_EQ(count_words("push off off", {"push", "off"}), 3U);
}

core::Label label_of(const std::string& text, const std::string& hands, const std::string& end) {
  core::Label label{text, {}};
  label.sentences[core::sentence_index("hands")].text = hands;
  label.sentences[core::sentence_index("end")].text = end;
  return label;
}

TEST(MotionLexicon, KeepsThePartsOfADescriptionApartAndCapsACount) {
  const MotionLexicon lexicon({{"left", {"left"}}, {"raise", {"raise", "raises"}}});
  const auto counts = lexicon.counts(label_of("raise arm", "Left left LEFT", "the person raises it"));
  // Parts: action (its name counts twice), hands, legs, head and torso, phases, end; left before raise in each.
  EXPECT_THAT(counts, testing::ElementsAre(0, 2, 2, 0, 0, 0, 0, 0, 0, 1, 0, 1));
}

TEST(MotionLexicon, TheBundledGroupsAreReadAndNamedOnce) {
  const auto& groups = MotionLexicon::bundled().groups();
  EXPECT_EQ(groups.size(), 27U);
  for (const auto& group : groups) {
    EXPECT_EQ(std::ranges::count(groups, group.name, &MotionLexicon::Group::name), 1) << group.name;
  }
}

TEST(MotionLexicon, ADamagedFileIsNamed) {
  const auto file = std::filesystem::temp_directory_path() / "purlscope_lexicon_test.json";
  for (const char* text :
       {"{", "{\"groups\": 3}", "{\"groups\": []}", "{\"groups\": [{\"name\": \"a\", \"words\": []}]}"}) {
    std::ofstream(file) << text;
    try {
      MotionLexicon::read(file);
      FAIL() << "accepted: " << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::bad_format);
      EXPECT_THAT(error.what(), testing::HasSubstr(file.string()));
    }
  }
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace purlscope::models::structured
