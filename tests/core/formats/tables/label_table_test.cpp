#include "core/formats/tables/label_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/formats/tables/workbook.h"
#include "tests/core/formats/tables/made_workbook.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::sheet_row;
using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Cells = std::vector<std::string>;

const Cells kHeader = {"Action Labels", "Head", "Hands", "Torso", "Legs", "Start", "Middle", "End", "Global Desc"};

Cells cells_of(const std::string& label) {
  Cells cells = {label};
  for (const std::string_view sentence : kSentences) cells.push_back(label + " by the " + std::string(sentence));
  return cells;
}

std::string rows_of(const std::vector<Cells>& rows) {
  std::string xml;
  for (std::size_t i = 0; i < rows.size(); ++i) xml += sheet_row(static_cast<int>(i) + 1, rows[i]);
  return xml;
}

class SpreadsheetTest : public ::testing::Test {
 protected:
  std::filesystem::path write_parts(const std::map<std::string, std::string>& parts) {
    return dir.write("table.xlsx", test::stored_zip(parts));
  }
  std::filesystem::path write_sheets(const std::vector<test::SheetText>& sheets) {
    return write_parts(test::workbook_parts(sheets));
  }
  std::filesystem::path write(const std::string& rows) { return write_sheets({{"Sheet1", rows}}); }
  static std::filesystem::path sheet(const std::filesystem::path& file, const char* name) {
    return file.string() + "#" + name;
  }
  void expect_refusal(const std::filesystem::path& place, const std::string& words) {
    EXPECT_THAT([&] { read_descriptions(place); },
                ThrowsError(Code::bad_format, AllOf(HasSubstr("table.xlsx"), HasSubstr(words))));
  }
  test::TempDir dir;
};

TEST_F(SpreadsheetTest, RowsBecomeLabelsWithTheirSentences) {
  const auto file = write(rows_of({kHeader, cells_of("wave"), {}, cells_of(" jump up ")}));
  const std::vector<Label> labels = read_descriptions(file);
  ASSERT_EQ(labels.size(), 2U);
  EXPECT_EQ(labels[1].text, "jump up");
  EXPECT_EQ(labels[0].sentences[7].text, "wave by the global");
  EXPECT_EQ(labels[0].sentences[0].origin, Origin::file);
  EXPECT_EQ(read_labels(file).labels.size(), 2U);
}

TEST_F(SpreadsheetTest, TextsAreReadFromEveryKindOfCell) {
  const std::string shared = "<si><t>wave</t></si><si><r><t>the </t></r><r><t>head</t></r><rPh><t>no</t></rPh></si>";
  std::string row = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>";
  row += "<c r=\"C2\" t=\"str\"><f>A1</f><v>of a formula</v></c><c><v>42</v></c>";
  for (const char column : {'E', 'F', 'G', 'H', 'I'})
    row += std::string("<c r=\"") + column + "2\" t=\"inlineStr\"><is><t>a &lt; b</t></is></c>";
  const auto file = write_parts(test::workbook_parts({{"One", sheet_row(1, kHeader) + row + "</row>"}}, shared));
  const Label label = read_descriptions(file).at(0);
  EXPECT_EQ(label.text, "wave");
  EXPECT_EQ(label.sentences[0].text, "the head");
  EXPECT_EQ(label.sentences[1].text, "of a formula");
  EXPECT_EQ(label.sentences[2].text, "42");
  EXPECT_EQ(label.sentences[7].text, "a < b");
}

TEST_F(SpreadsheetTest, ASheetIsNamedOrFoundByTheKindOfTheDataSet) {
  const auto file = write_sheets({{"Notes", rows_of({kHeader, cells_of("one")})},
                                  {"NTU-RGB+D", rows_of({kHeader, cells_of("two")})},
                                  {"UWA3DII", rows_of({kHeader, cells_of("three")})}});
  EXPECT_EQ(read_descriptions(sheet(file, "notes")).at(0).text, "one");
  EXPECT_EQ(read_descriptions(file, "ntu-rgbd").at(0).text, "two");
  EXPECT_EQ(read_descriptions(file, "uwa3d-ii").at(0).text, "three");
  EXPECT_EQ(read_descriptions(sheet(file, "Notes"), "ntu-rgbd").at(0).text, "one");
  const auto names = AllOf(HasSubstr("Notes, NTU-RGB+D, UWA3DII"), HasSubstr("table.xlsx#SHEET"));
  EXPECT_THAT([&] { read_descriptions(file); }, ThrowsError(Code::bad_argument, names));
  EXPECT_THAT([&] { read_descriptions(file, "utd-mhad"); }, ThrowsError(Code::bad_argument, names));
  EXPECT_THAT([&] { read_descriptions(sheet(file, "Tab")); },
              ThrowsError(Code::bad_argument, AllOf(names, HasSubstr("no sheet \"Tab\""))));
}

TEST_F(SpreadsheetTest, FaultsAreNamedBySheetRowAndColumn) {
  Cells gap = cells_of("jump");
  gap[3].clear();
  expect_refusal(write(rows_of({kHeader, cells_of("wave"), gap})), "sheet \"Sheet1\", row 3: label \"jump\"");
  expect_refusal(write(rows_of({kHeader, gap})), "column 'torso'");
  expect_refusal(write(rows_of({kHeader, cells_of("wave"), cells_of("Wave")})),
                 "duplicate label \"Wave\", first on sheet \"Sheet1\", row 2");
  Cells wide = cells_of("wave");
  wide.push_back("a note");
  expect_refusal(write(rows_of({kHeader, wide})), "row 2, column J: a text behind the nine columns");
  Cells swapped = kHeader;
  std::swap(swapped[1], swapped[2]);
  expect_refusal(write(rows_of({swapped, cells_of("wave")})), "row 1, column B: not the header");
  expect_refusal(write(std::string()), "row 1, column A: not the header");
  expect_refusal(write(rows_of({kHeader})), "no label below the header");
  Cells unnamed = cells_of("wave");
  unnamed[0] = " ";
  expect_refusal(write(rows_of({kHeader, unnamed})), "row 2: a label is empty");
}

TEST_F(SpreadsheetTest, DamagedOrForeignFilesAreRefusedInWords) {
  expect_refusal(dir.write("table.xlsx", "label\thead\n"), "not a zip archive");
  expect_refusal(dir.write("table.xlsx", test::stored_zip({{"mimetype", "odt"}})), "no readable part");
  expect_refusal(write("<row r=\"2\"></row><row r=\"1\"></row>"), "row number '1' behind 2");
  expect_refusal(write("<row><c r=\"7\"/></row>"), "cell name '7'");
  expect_refusal(write("<row><c t=\"s\"><v>3</v></c></row>"), "row 1, column A: shared text '3', but there are 0");
  expect_refusal(write("<row><c t=\"e\"><v>#REF!</v></c></row>"), "the formula failed with #REF!");
  expect_refusal(write("<row><c>"), "line 1");
  auto parts = test::workbook_parts({{"Sheet1", ""}});
  parts["xl/workbook.xml"] = "<!DOCTYPE a [<!ENTITY b \"bb\">]>" + parts["xl/workbook.xml"];
  EXPECT_THAT([&] { read_descriptions(write_parts(parts)); },
              ThrowsError(Code::bad_format, HasSubstr("document type")));
  EXPECT_THAT([&] { read_descriptions(dir.path() / "none.xlsx#a"); },
              ThrowsError(Code::not_found, HasSubstr("none.xlsx")));
  EXPECT_THAT([&] { read_descriptions(dir.write("big.xlsx", std::string(kMaxTableBytes + 1, ' '))); },
              ThrowsError(Code::limit, HasSubstr("16 MB")));
}

TEST_F(SpreadsheetTest, TruncatedFilesNeverCrash) {
  const std::string whole = test::stored_zip(test::workbook_parts({{"S", rows_of({kHeader, cells_of("wave")})}}));
  for (std::size_t length = 0; length < whole.size(); length += 37) {
    const auto file = dir.write("cut.xlsx", whole.substr(0, length));
    EXPECT_THROW(read_descriptions(file), Error) << length;
  }
}

TEST(Spreadsheet, ColumnsAreLettered) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(16383), "XFD");
}

TEST(SpreadsheetGolden, ThePublishedSheetsEqualTheirTextTables) {
  PURLSCOPE_NEEDS_SHARED();
  const auto texts = test::shared_dir() / "texts";
  const std::vector<std::pair<std::string, std::string>> sheets = {{"ntu-rgbd", "gpt3_ntu120.tsv"},
                                                                   {"kinetics-skeleton", "gpt3_kinetics400.tsv"},
                                                                   {"nw-ucla", "gpt3_nw-ucla.tsv"},
                                                                   {"utd-mhad", "gpt3_utd-mhad.tsv"}};
  for (const auto& [kind, table] : sheets) {
    const std::vector<Label> found = read_descriptions(texts / "gpt3_desc.xlsx", kind);
    const std::vector<Label> expected = read_description_table(texts / table);
    ASSERT_EQ(found.size(), expected.size()) << kind;
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].text, expected[i].text);
      for (std::size_t s = 0; s < kSentenceCount; ++s)
        EXPECT_EQ(found[i].sentences[s].text, expected[i].sentences[s].text) << kind << ": " << found[i].text;
    }
  }
}

}  // namespace
}  // namespace purlscope::core
