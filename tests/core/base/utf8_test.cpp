#include "core/base/utf8.h"

#include <gtest/gtest.h>

#include "core/base/ascii.h"

namespace purlscope::core {
namespace {

TEST(Utf8, CodePointsAreWrittenAsTheyAreRead) {
  const std::u32string points = U"a\u00FC\u624B\U0001F600";
  std::string text;
  for (const char32_t code : points) append_utf8(text, code);
  EXPECT_EQ(text, "a\xC3\xBC\xE6\x89\x8B\xF0\x9F\x98\x80");
  EXPECT_EQ(code_points(text), points);
  EXPECT_FALSE(first_invalid_byte(text));
}

TEST(Utf8, EveryByteOfABrokenSequenceIsReplaced) {
  struct Case {
    const char* what;
    std::string text;
    std::size_t replaced;
  };
  for (const Case& broken :
       {Case{"overlong", "\xC0\x80", 2}, Case{"surrogate", "\xED\xA0\x80", 3}, Case{"beyond", "\xF5\x80\x80\x80", 4},
        Case{"cut off", "\xE6\x89", 2}, Case{"continuation alone", "\x80", 1}}) {
    std::u32string expected(broken.replaced, kReplacement);
    expected.insert(expected.begin(), U'a');
    expected.push_back(U'b');
    EXPECT_EQ(code_points("a" + broken.text + "b"), expected) << broken.what;
    EXPECT_EQ(first_invalid_byte("a" + broken.text), 1U) << broken.what;
  }
}

TEST(Utf8, AReplacementCharacterInTheTextIsValid) { EXPECT_FALSE(first_invalid_byte("a\xEF\xBF\xBD")); }

TEST(Ascii, OnlyAsciiLettersChange) { EXPECT_EQ(lower_ascii("Ab\xC3\x9C-Z@["), "ab\xC3\x9C-z@["); }

}  // namespace
}  // namespace purlscope::core
