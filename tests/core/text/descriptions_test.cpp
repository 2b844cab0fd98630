#include "core/text/descriptions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHeader = "label\thead\thands\ttorso\tlegs\tstart\tmiddle\tend\tglobal\n";

std::string row(const std::string& label, const std::string& mark = "x") {
  std::string text = label;
  for (const std::string_view sentence : kSentences) text += "\t" + mark + " " + std::string(sentence);
  return text + "\n";
}

std::filesystem::path file_of(const std::string& text) {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const auto file = std::filesystem::path(::testing::TempDir()) / (std::string(test->name()) + ".tsv");
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

TEST(CleanLabel, TrimsAndCollapsesWhiteSpace) {
  EXPECT_EQ(clean_label("  throw \t a\n\xC2\xA0"
                        "ball  "),
            "throw a ball");
}

TEST(CleanLabel, KeepsEmojiAndEveryScript) {
  EXPECT_EQ(clean_label("👨‍👩‍👧 \xE6\x8B\x8D\xE6\x89\x8B naïve 🙂"),
            "👨‍👩‍👧 \xE6\x8B\x8D\xE6\x89\x8B naïve 🙂");
}

TEST(CleanLabel, DropsControlCharactersAndChangesOfDirection) {
  EXPECT_EQ(clean_label(std::string_view("a\0b\x1b[1m\xE2\x80\xAE"
                                         "c",
                                         12)),
            "ab[1mc");
}

TEST(CleanLabel, RefusesTextsWithoutAVisibleCharacter) {
  for (const char* text : {"", "   ", "\t\n", "\x01\x02", "\xE2\x80\x8B"}) {
    EXPECT_THAT([&] { clean_label(text); }, ThrowsError(Code::bad_argument, HasSubstr("empty")));
  }
}

TEST(CleanLabel, NamesTheByteThatIsNotUtf8) {
  EXPECT_THAT([] { clean_label("wave\xFF"); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr("byte 5"), HasSubstr("0xff"))));
}

TEST(CleanLabel, RefusesALabelOfTenThousandCharactersWithAShortMessage) {
  EXPECT_THAT([] { clean_label(std::string(10000, 'w')); },
              ThrowsError(Code::bad_argument,
                          AllOf(HasSubstr("10000"), HasSubstr("200"), Not(HasSubstr(std::string(50, 'w'))))));
  EXPECT_EQ(clean_label(std::string(kMaxLabelBytes, 'w')).size(), kMaxLabelBytes);
}

TEST(CleanLabel, CutsLongLabelsBetweenCharactersInItsMessage) {
  std::string emoji;
  for (int i = 0; i < 100; ++i) emoji += "🙂";
  EXPECT_THAT([&] { clean_label(emoji); }, ThrowsError(Code::bad_argument, HasSubstr("🙂...\"")));
}

TEST(SplitLabels, SplitsAtCommasAndTrims) {
  EXPECT_THAT(split_labels(" wave, throw a ball ,sit"), ElementsAre("wave", "throw a ball", "sit"));
  EXPECT_THAT(split_labels("wave"), ElementsAre("wave"));
}

TEST(SplitLabels, KeepsEmptyPartsSoThatTheyAreNamed) {
  EXPECT_THAT(split_labels("a,,b,"), ElementsAre("a", "", "b", ""));
  EXPECT_THAT([] { make_label_set(split_labels("wave,,throw")); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr("label 2 of 3"), HasSubstr("empty"))));
  EXPECT_THAT([] { make_label_set(split_labels("")); }, ThrowsError(Code::bad_argument, HasSubstr("empty")));
}

TEST(SentenceNames, AreFoundInTheOrderOfThePaper) {
  EXPECT_EQ(sentence_index("head"), 0U);
  EXPECT_EQ(sentence_index("hands"), 1U);
  EXPECT_EQ(sentence_index("start"), 4U);
  EXPECT_EQ(sentence_index("global"), 7U);
  EXPECT_THAT([] { sentence_index("feet"); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr("feet"), HasSubstr("head, hands, torso, legs"))));
}

TEST(MakeLabelSet, KeepsTheUsersOrderAndSpelling) {
  const LabelSet set = make_label_set({"  Waving ", "gribble the frobnicator", "SIT DOWN"});
  ASSERT_EQ(set.labels.size(), 3U);
  EXPECT_EQ(set.labels[0].text, "Waving");
  EXPECT_EQ(set.labels[0].sentences[0].origin, Origin::bank);
  EXPECT_EQ(set.labels[1].sentences[0].origin, Origin::template_text);
  EXPECT_EQ(set.labels[2].text, "SIT DOWN");
}

TEST(MakeLabelSet, NamesEveryDuplicate) {
  EXPECT_THAT(
      [] {
        make_label_set({"wave", "throw", "wave", "THROW", "sit"});
      },
      ThrowsError(Code::bad_argument,
                  AllOf(HasSubstr("\"wave\""), HasSubstr("\"THROW\" (like \"throw\")"), Not(HasSubstr("sit")))));
}

TEST(Template, GivesEightDifferentSentencesThatNameTheLabel) {
  const Label label = template_label("yodelling");
  std::set<std::string> texts;
  for (const Sentence& sentence : label.sentences) {
    EXPECT_THAT(sentence.text, HasSubstr("yodelling"));
    EXPECT_EQ(sentence.origin, Origin::template_text);
    texts.insert(sentence.text);
  }
  EXPECT_EQ(texts.size(), kSentenceCount);
}

TEST(Template, TakesBracesAndQuotesAsTheyAre) {
  EXPECT_THAT(template_label("{} {0} \"x\"").sentences[7].text, HasSubstr("{} {0} \"x\""));
}

TEST(Bank, FindsLabelsWhateverTheirCaseArticlesPunctuationAndPlurals) {
  const DescriptionBank bank(
      {template_label("shake the hand"), template_label("wave"), template_label("jumping jack")});
  for (const char* text : {"Shake a hand!", "shake hands", "SHAKING THE HANDS", "shake-hand"}) {
    ASSERT_TRUE(bank.find(text)) << text;
    EXPECT_EQ(bank.find(text)->text, "shake the hand") << text;
  }
  EXPECT_TRUE(bank.find("waves"));
  EXPECT_TRUE(bank.find("waving"));
  EXPECT_TRUE(bank.find("jumping jacks"));
  EXPECT_FALSE(bank.find("shake the head"));
  EXPECT_FALSE(bank.find("handshake"));
}

TEST(Bank, PrefersTheLabelAsTyped) {
  const DescriptionBank bank({template_label("sit down"), template_label("sitting down")});
  EXPECT_EQ(bank.find("Sitting Down")->text, "sitting down");
  EXPECT_EQ(bank.find("sits down")->text, "sit down");
}

TEST(Bank, ALabelOfArticlesOrPunctuationAloneIsFoundAsTyped) {
  const DescriptionBank bank({template_label("the"), template_label("?!")});
  EXPECT_EQ(bank.find("the")->text, "the");
  EXPECT_EQ(bank.find("?!")->text, "?!");
  EXPECT_FALSE(bank.find("a"));
}

TEST(DescriptionTable, ReadsRowsWithByteOrderMarkAndWindowsLineEnds) {
  std::string text = "\xEF\xBB\xBF";
  for (const char c : kHeader + row("wave") + "\n" + row("throw  a ball")) {
    if (c == '\n') text += '\r';
    text += c;
  }
  const auto labels = read_description_table(file_of(text));
  ASSERT_EQ(labels.size(), 2U);
  EXPECT_EQ(labels[1].text, "throw a ball");
  EXPECT_EQ(labels[0].sentences[7].text, "x global");
  EXPECT_EQ(labels[0].sentences[7].origin, Origin::file);
}

TEST(DescriptionTable, NamesTheLineWithAWrongColumnCount) {
  EXPECT_THAT(
      [] { read_description_table(file_of(kHeader + row("wave") + "throw\tone\ttwo\n")); },
      ThrowsError(Code::bad_format, AllOf(HasSubstr("line 3"), HasSubstr("3 columns"), HasSubstr("expected 9"))));
}

TEST(DescriptionTable, NamesAnEmptyCell) {
  std::string broken = row("throw");
  broken.replace(broken.find("x legs"), 6, "  ");
  EXPECT_THAT([&] { read_description_table(file_of(kHeader + row("wave") + broken)); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("line 3"), HasSubstr("throw"), HasSubstr("'legs'"))));
}

TEST(DescriptionTable, NamesBytesThatAreNotUtf8) {
  EXPECT_THAT([] { read_description_table(file_of(kHeader + row("wave") + row("caf\xE9"))); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("line 3"), HasSubstr("byte 4"), HasSubstr("UTF-8"))));
}

TEST(DescriptionTable, NamesBothLinesOfADuplicate) {
  EXPECT_THAT([] { read_description_table(file_of(kHeader + row("wave") + row("throw") + row("Wave"))); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("line 4"), HasSubstr("line 2"), HasSubstr("\"Wave\""))));
}

TEST(DescriptionTable, RefusesAnotherHeaderAndAnEmptyFile) {
  EXPECT_THAT([] { read_description_table(file_of("name\tscore\nwave\t1\n")); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("line 1"), HasSubstr("header"), HasSubstr("global"))));
  EXPECT_THAT([] { read_description_table(file_of("")); }, ThrowsError(Code::bad_format, HasSubstr("header")));
  EXPECT_THAT([] { read_description_table(file_of(kHeader)); }, ThrowsError(Code::bad_format, HasSubstr("no label")));
}

TEST(DescriptionTable, RefusesFoldersHugeFilesAndFilesThatAreNotThere) {
  EXPECT_THAT([] { read_description_table("no/such.tsv"); }, ThrowsError(Code::not_found, HasSubstr("no/such.tsv")));
  EXPECT_THAT([] { read_description_table(::testing::TempDir()); }, ThrowsError(Code::bad_format, HasSubstr("folder")));
  EXPECT_THAT([] { read_description_table(file_of(std::string(kMaxTableBytes + 1, 'x'))); },
              ThrowsError(Code::limit, HasSubstr("16 MB")));
  const std::string name(5000, 't');
  EXPECT_THAT([&] { read_description_table(name); }, ThrowsError(Code::not_found, HasSubstr("check the name")));
}

TEST(DescriptionTable, SurvivesEveryTruncation) {
  const std::string whole = kHeader + row("wave") + row("caf\xC3\xA9");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    try {
      const auto labels = read_description_table(file_of(whole.substr(0, length)));
      EXPECT_GE(labels.size(), 1U);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::bad_format) << error.what();
    }
  }
}

TEST(LabelFile, ReadsOneLabelALine) {
  const LabelSet set = read_label_file(file_of("wave\r\n throw a ball \r\n\r\n\n"));
  ASSERT_EQ(set.labels.size(), 2U);
  EXPECT_EQ(set.labels[1].text, "throw a ball");
  EXPECT_EQ(set.labels[0].sentences[0].origin, Origin::bank);
}

TEST(LabelFile, ReadsATableWithItsOwnSentences) {
  const LabelSet set = read_label_file(file_of(kHeader + row("wave", "mine")));
  ASSERT_EQ(set.labels.size(), 1U);
  EXPECT_EQ(set.labels[0].sentences[1].text, "mine hands");
  EXPECT_EQ(set.labels[0].sentences[1].origin, Origin::file);
}

TEST(LabelFile, EmptyAndDuplicateLabelsAreTheUsersFault) {
  EXPECT_THAT([] { read_label_file(file_of("wave\n\nthrow\n")); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr("line 2"), HasSubstr("empty"))));
  EXPECT_THAT([] { read_label_file(file_of("wave\nthrow\nwave\n")); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr("line 3"), HasSubstr("line 1"))));
  EXPECT_THAT([] { read_label_file(file_of("\n\n")); }, ThrowsError(Code::bad_argument, HasSubstr("no labels")));
  EXPECT_THAT([] { read_label_file(file_of(kHeader + row("wave") + row("wave"))); },
              ThrowsError(Code::bad_argument, HasSubstr("duplicate")));
}

TEST(LabelFile, RefusesNoise) {
  EXPECT_THAT([] { read_label_file(file_of("\x89PNG\r\n\x1a\n\xFF\xFE\x80")); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("line 1"), HasSubstr("UTF-8"))));
}

}  // namespace
}  // namespace purlscope::core
