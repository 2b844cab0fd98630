#include "core/report/table_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace purlscope::core {
namespace {

using testing::HasSubstr;
using testing::Not;

PaperRow row(const std::string& name, const std::string& protocol) {
  PaperRow row;
  row.name = name;
  row.method = "purls";
  row.protocol = protocol;
  row.published = {{"ntu60/ru5", 79.23}, {"nw-ucla/ru2", 75.84}};
  return row;
}

TablePage small_page() {
  PaperTable table{9,
                   "Small",
                   {{"ntu60", "ru5", "NTU RGB+D 60 55/5", true},
                    {"nw-ucla", "ru2", "NW-UCLA 8/2", true},
                    {"utd-mhad", "ru5", "UTD-MHAD 22/5", false},
                    {"uwa3d-ii", "ru6", "UWA3D II 24/6", false}},
                   {row("A <b>", "leak-free")}};
  table.rows[0].note = "a remark";
  TablePage page;
  page.title = "Title & more";
  page.source = "a paper";
  page.tables.push_back({table, {{std::nullopt, Measured{81.06, 1.24, 3}, Measured{30.04, 2, 3}, std::nullopt}}});
  page.notes = {{"Not at hand", {"NTU RGB+D 60: ask for it."}}, {"Empty", {}}};
  return page;
}

TEST(TablePage, CellsShowOursAndThePapers) {
  const std::string text = to_markdown(small_page());
  EXPECT_THAT(text, HasSubstr("| System | NTU RGB+D 60 55/5 | NW-UCLA 8/2 |\n"));
  EXPECT_THAT(text, HasSubstr("| A <b> | - (79.23) | 81.1 ± 1.2 (75.84) |\n"));
  EXPECT_THAT(text, HasSubstr("mean ± standard deviation of 3 seeds"));
  EXPECT_THAT(text, HasSubstr("Published figures: a paper."));
  EXPECT_THAT(text, HasSubstr("A <b>: a remark."));
  EXPECT_THAT(text, HasSubstr("## Not at hand\n\n- NTU RGB+D 60: ask for it.\n"));
  EXPECT_THAT(text, Not(HasSubstr("Empty")));
}

TEST(TablePage, SplitsThatThePaperLacksStandApart) {
  const std::string text = to_markdown(small_page());
  const std::size_t own = text.find("Splits that the paper's table lacks: ours alone");
  ASSERT_NE(own, std::string::npos);
  EXPECT_THAT(text.substr(own), HasSubstr("| System | UTD-MHAD 22/5 |\n| --- | --- |\n| A <b> | 30.0 ± 2.0 |\n"));
  EXPECT_THAT(text, Not(HasSubstr("UWA3D"))) << "neither published nor measured";
}

TEST(TablePage, TellsWhatTheLeakAdds) {
  TablePage page = small_page();
  EXPECT_THAT(to_markdown(page), Not(HasSubstr("Size of the leak")));
  page.tables[0].table.rows.push_back(row("A, published protocol", "published"));
  page.tables[0].cells.push_back({Measured{90, 0, 1}, Measured{84.56, 1, 3}, Measured{29.04, 1, 3}, std::nullopt});
  EXPECT_THAT(
      to_markdown(page),
      HasSubstr(
          "Size of the leak, in points (A, published protocol less A <b>): NW-UCLA 8/2 +3.5, UTD-MHAD 22/5 -1.0."));
  page.tables[0].table.rows.back().config = {{"head", {{"form", "official"}}}};
  EXPECT_THAT(to_markdown(page), Not(HasSubstr("Size of the leak"))) << "another system";
}

TEST(TablePage, HtmlEscapesTexts) {
  TablePage page = small_page();
  page.state = "Unfinished: 1 of 2.";
  const std::string html = to_html(page);
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">A &lt;b&gt;</th><td>- (79.23)</td><td>81.1 ± 1.2 (75.84)</td>"));
  EXPECT_THAT(html, HasSubstr("<title>Title &amp; more</title>"));
  EXPECT_THAT(html, HasSubstr("<caption>Splits that the paper's table lacks: ours alone</caption>"));
  EXPECT_THAT(html, HasSubstr("<li>NTU RGB+D 60: ask for it.</li>"));
  EXPECT_THAT(html, HasSubstr("<strong>Unfinished: 1 of 2.</strong>"));
}

}  // namespace
}  // namespace purlscope::core
