#include "models/baselines/data/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "models/baselines/data/class_texts.h"
#include "tests/models/purls/purls_fixture.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models::baselines {
namespace {

using testing::HasSubstr;

TEST(BaselineWords, AVerbTakesItsParticlesAlong) {
  const PartsOfSpeech& parts = PartsOfSpeech::bundled();
  EXPECT_EQ(parts.split("sit down").verb, "sit down");
  EXPECT_EQ(parts.split("sit down").noun, "");
  EXPECT_EQ(parts.split("pick up with two hands").verb, "pick up");
  EXPECT_EQ(parts.split("pick up with two hands").noun, "two hands");
  EXPECT_EQ(parts.split("Draw circle (counter clockwise)").verb, "draw counter clockwise");
  EXPECT_EQ(parts.split("put on a hat/cap").noun, "hat cap");
  EXPECT_EQ(parts.split("thumb up").verb, "") << "a particle alone is no verb";
  EXPECT_EQ(parts.split("headache").noun, "headache");
  EXPECT_EQ(parts.split("skiing (not slalom or crosscountry)").noun, "");
  EXPECT_EQ(parts.split("").verb, "");
}

TEST(BaselineWords, AnUnknownWordGoesByItsEndingAndPlace) {
  const LabelWords words = PartsOfSpeech::bundled().split("Zorbing the blivet quxing");
  EXPECT_EQ(words.verb, "zorbing quxing");
  EXPECT_EQ(words.noun, "blivet");
  EXPECT_EQ(PartsOfSpeech::bundled().split("glorp a blivet").verb, "glorp");
}

TEST(BaselineWords, EveryWordOfTheClassListsIsKnown) {
  for (const auto& file : std::filesystem::directory_iterator(core::resource("datasets"))) {
    std::ifstream in(file.path());
    const nlohmann::json document = nlohmann::json::parse(in);
    if (!document.contains("classes")) continue;
    for (const std::string label : document["classes"]) {
      std::string word;
      for (const char c : label + " ") {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
        if (letter) {
          word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        } else if (!word.empty()) {
          EXPECT_TRUE(PartsOfSpeech::bundled().knows(word)) << word << " of '" << label << "' in " << file.path();
          word.clear();
        }
      }
    }
  }
}

TEST(BaselineWords, ADamagedListIsNamed) {
  const test::TempDir folder;
  const auto twice = folder.write("twice.json", R"({"verbs":["wave"],"particles":[],"nouns":["wave"],"others":[]})");
  EXPECT_THAT([&] { PartsOfSpeech::read(twice); },
              test::ThrowsError(Code::bad_format, HasSubstr("'wave' stands twice")));
  const auto half = folder.write("half.json", R"({"verbs":["wave"]})");
  EXPECT_THAT([&] { PartsOfSpeech::read(half); }, test::ThrowsError(Code::bad_format, HasSubstr("half.json")));
  EXPECT_THAT([&] { PartsOfSpeech::read(folder.path() / "none.json"); },
              test::ThrowsError(Code::not_found, HasSubstr("none.json")));
}

TEST(BaselineTexts, AClassWithoutVerbOrNounHasItsNameInstead) {
  test::WordHashEncoder encoder;
  const std::vector<std::string> labels = {"wave", "throw ball", "toss ball", "headache"};
  const ClassTexts texts = encode_classes(labels, encoder);
  EXPECT_TRUE(at::equal(texts.noun[0], texts.label[0])) << "'wave' has no noun";
  EXPECT_TRUE(at::equal(texts.verb[3], texts.label[3])) << "'headache' has no verb";
  EXPECT_TRUE(at::equal(texts.noun[1], texts.noun[2]));
  EXPECT_FALSE(at::equal(texts.verb[1], texts.verb[2]));
  EXPECT_TRUE(at::equal(number_rows(texts.noun), at::tensor({0, 1, 1, 2}, at::kLong)));
}

}  // namespace
}  // namespace purlscope::models::baselines
