#include "core/report/paper_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace purlscope::core {
namespace {

using testing::HasSubstr;
using testing::Not;

const PaperTable& table(const PaperTables& tables, int number) {
  return *std::ranges::find(tables.tables, number, &PaperTable::number);
}

TEST(PaperTables, HoldThePapersFigures) {
  const PaperTables tables = bundled_paper_tables();
  ASSERT_EQ(tables.tables.size(), 4U);
  const PaperTable& third = table(tables, 3);
  const auto purls = std::ranges::find(third.rows, "PURLS", &PaperRow::name);
  ASSERT_NE(purls, third.rows.end());
  EXPECT_EQ(purls->published.at("ntu60/ru5"), 79.23);
  EXPECT_EQ(purls->published.at("ntu120/ru60"), 19.63);
  EXPECT_EQ(purls->published.at("kinetics-skeleton/ru20"), 32.22);
  EXPECT_EQ(purls->published.at("nw-ucla/ru5"), 49.47);
  EXPECT_EQ(table(tables, 4).rows.size(), 10U);
  EXPECT_EQ(table(tables, 6).rows.size(), 7U);
  for (const PaperTable& each : tables.tables) {
    for (const PaperRow& row : each.rows) {
      for (const auto& figure : row.published) {
        const auto has_key = [&](const PaperColumn& column) { return column_key(column) == figure.first; };
        EXPECT_TRUE(std::ranges::any_of(each.columns, has_key)) << each.number << " " << row.name << figure.first;
        EXPECT_GT(figure.second, 0);
        EXPECT_LT(figure.second, 100);
      }
    }
  }
}

PaperTable small_table() {
  PaperTable table{9,
                   "Small",
                   {{"ntu60", "ru5", "55/5", "NTU RGB+D 60", "Ask for it."},
                    {"nw-ucla", "ru2", "8/2", "NW-UCLA", ""},
                    {"uwa3d-ii", "ru6", "24/6", "UWA3D II", ""}},
                   {}};
  PaperRow row;
  row.name = "A <b>";
  row.published = {{"ntu60/ru5", 79.23}, {"nw-ucla/ru2", 75.84}};
  row.note = "a remark";
  table.rows.push_back(row);
  return table;
}

TEST(PaperTables, CellsShowOursAndThePapers) {
  const MeasuredCells cells = {{std::nullopt, Measured{81.06, 1.24, 3}, std::nullopt}};
  const std::string text = to_markdown(small_table(), cells);
  EXPECT_THAT(text, HasSubstr("| A <b> | - (79.23) | 81.1 ± 1.2 (75.84) |\n"));
  EXPECT_THAT(text, HasSubstr("mean and standard deviation of 3 seeds"));
  EXPECT_THAT(text, HasSubstr("A <b>: a remark."));
  EXPECT_THAT(text, HasSubstr("NTU RGB+D 60 was not measured. Ask for"));
  EXPECT_THAT(text, Not(HasSubstr("| UWA3D"))) << "a column without any figure";
}

TEST(PaperTables, PagesEscapeTexts) {
  const MeasuredCells cells = {{std::nullopt, Measured{81.06, 0, 1}, std::nullopt}};
  const std::string page = html_page("Title & more", to_html(small_table(), cells));
  EXPECT_THAT(page, HasSubstr("<td>A &lt;b&gt;</td><td>- (79.23)</td><td>81.1 (75.84)</td>"));
  EXPECT_THAT(page, HasSubstr("<title>Title &amp; more</title>"));
}

}  // namespace
}  // namespace purlscope::core
