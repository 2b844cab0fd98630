#include "core/text/clip/bpe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/clip_merges.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using Ids = std::vector<std::int64_t>;
using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;

nlohmann::json golden() {
  std::ifstream in(test::shared_dir() / "golden" / "clip_text" / "texts.json");
  return nlohmann::json::parse(in);
}

TEST(ClipBpeGolden, IdsEqualTheReferenceTokenizer) {
  PURLSCOPE_NEEDS_SHARED();
  const test::TempDir dir;
  const ClipBpe tokenizer(dir.write("merges.txt", test::clip_merges()));
  const nlohmann::json texts = golden();
  ASSERT_EQ(texts.size(), 80U);
  for (const auto& entry : texts) {
    const auto text = entry.at("text").get<std::string>();
    EXPECT_EQ(tokenizer.encode(text), entry.at("ids").get<Ids>()) << "text: " << text;
  }
}

TEST(ClipBpeGolden, TextsAreCleanedAsTheReferenceDoes) {
  PURLSCOPE_NEEDS_SHARED();
  for (const auto& entry : golden()) {
    EXPECT_EQ(clip_text(entry.at("text").get<std::string>()), entry.at("cleaned").get<std::string>());
  }
}

class ClipBpeTest : public ::testing::Test {
 protected:
  test::TempDir dir;
};

TEST_F(ClipBpeTest, TheEarliestMergeGoesFirst) {
  const ClipBpe tokenizer(dir.write("merges.txt", test::made_up_merges()));
  // "ab" is the second merge of the list, "bc" the 93rd; the last byte of a word carries its end.
  const std::int64_t c_at_end = 256 + ('c' - '!');
  EXPECT_EQ(tokenizer.encode("abc"), (Ids{kClipStart, 512 + 1, c_at_end, kClipEnd}));
  EXPECT_EQ(tokenizer.encode(""), (Ids{kClipStart, kClipEnd}));
}

TEST_F(ClipBpeTest, LongTextsAreCutAndStillEnd) {
  const ClipBpe tokenizer(dir.write("merges.txt", test::made_up_merges()));
  std::string text;
  for (int i = 0; i < 500; ++i) text += "9 ";
  const Ids ids = tokenizer.encode(text);
  ASSERT_EQ(ids.size(), kClipContext);
  EXPECT_EQ(ids.front(), kClipStart);
  EXPECT_EQ(ids.back(), kClipEnd);
  EXPECT_EQ(ids[75], ids[1]);
}

TEST_F(ClipBpeTest, AMissingVocabularyNamesTheRemedy) {
  EXPECT_THAT([&] { ClipBpe(dir.path() / "merges.txt"); },
              ThrowsError(Code::not_found, AllOf(HasSubstr("merges.txt"), HasSubstr("weights import"))));
}

TEST_F(ClipBpeTest, ADamagedVocabularyIsNamedByItsLine) {
  const auto refusal = [&](const std::string& list, const char* words) {
    EXPECT_THAT([&] { ClipBpe(dir.write("merges.txt", list)); },
                ThrowsError(Code::bad_format, AllOf(HasSubstr("merges.txt"), HasSubstr(words))));
  };
  refusal("#version\na a\n", "line 3: the list ends after 1 of 48894 merges");
  refusal("#version\na a\naa bb\n", "line 3: 'aa bb'");
  refusal("#version\naa\n", "line 2: 'aa'");
  refusal("#version\na a\na a\n", "line 3: a pair for the second time");
  refusal(std::string("#version\n\xFF\0 a\n", 13), "line 2");
}

}  // namespace
}  // namespace purlscope::core
