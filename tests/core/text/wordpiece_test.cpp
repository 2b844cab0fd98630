#include "core/text/wordpiece.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::filesystem::path vocabulary(const std::string& name, const std::string& text) {
  const auto file = std::filesystem::path(::testing::TempDir()) / name;
  std::ofstream(file) << text;
  return file;
}

TEST(WordPiece, CutsWordsIntoTheLongestKnownPieces) {
  const WordPiece pieces(
      vocabulary("pieces.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nun\n##aff\n##able\n##a\n##ff\n"));
  EXPECT_EQ(pieces.encode("unaffable"), (std::vector<std::int64_t>{2, 5, 6, 7, 3}));
  EXPECT_EQ(pieces.encode("unaffordable un"), (std::vector<std::int64_t>{2, 1, 5, 3})) << "no partial words";
}

TEST(WordPiece, AcceptsAVocabularyWithWindowsLineEnds) {
  const WordPiece pieces(vocabulary("crlf.txt", "[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\n[MASK]\r\nwave\r\n"));
  EXPECT_EQ(pieces.encode("Wave"), (std::vector<std::int64_t>{2, 5, 3}));
}

TEST(WordPiece, NamesTheMissingVocabulary) {
  EXPECT_THAT([] { WordPiece("no/such/vocab.txt"); },
              test::ThrowsError(Code::not_found, HasSubstr("no/such/vocab.txt")));
}

TEST(WordPiece, RefusesAFileThatIsNoBertVocabulary) {
  const auto file = vocabulary("odd.txt", "hello\nworld\n");
  EXPECT_THAT([&] { const WordPiece pieces(file); },
              test::ThrowsError(Code::bad_format, AllOf(HasSubstr("odd.txt"), HasSubstr("[PAD]"))));
}

}  // namespace
}  // namespace purlscope::core
