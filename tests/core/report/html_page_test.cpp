#include "core/report/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/report/csv_text.h"

namespace purlscope::core {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(HtmlPage, ShowsTextsAsTheyAre) {
  HtmlPage page("A & B");
  page.heading("<script>");
  page.paragraph("1 < 2");
  page.table({"label", "score"}, {{"\"quoted\"", "3"}, {"short"}});
  page.raw_figure("<svg><text>kept</text></svg>", "caption <b>");
  const std::string text = page.text();
  EXPECT_THAT(text, HasSubstr("<title>A &amp; B</title>"));
  EXPECT_THAT(text, HasSubstr("<h2>&lt;script&gt;</h2>"));
  EXPECT_THAT(text, Not(HasSubstr("<script>")));
  EXPECT_THAT(text, HasSubstr("<th scope=\"row\">&quot;quoted&quot;</th><td>3</td>"));
  EXPECT_THAT(text, HasSubstr("<th scope=\"row\">short</th><td></td>")) << "the row is as long as the header";
  EXPECT_THAT(text, HasSubstr("<svg><text>kept</text></svg>"));
  EXPECT_THAT(text, HasSubstr("caption &lt;b&gt;"));
  EXPECT_THAT(text, Not(HasSubstr("http"))) << "nothing is fetched";
}

/// Values of RFC 4648, section 10.
TEST(HtmlPage, EncodesPicturesAsAddresses) {
  EXPECT_EQ(data_uri("a/b", ""), "data:a/b;base64,");
  EXPECT_EQ(data_uri("a/b", "f"), "data:a/b;base64,Zg==");
  EXPECT_EQ(data_uri("a/b", "fo"), "data:a/b;base64,Zm8=");
  EXPECT_EQ(data_uri("a/b", "foobar"), "data:a/b;base64,Zm9vYmFy");
  EXPECT_EQ(data_uri("a/b", std::string("\xff\xfe\x00", 3)), "data:a/b;base64,//4A");
}

TEST(CsvText, QuotesWhatWouldBreakTheTable) {
  EXPECT_EQ(csv_row({"plain", "a,b", "say \"hi\"", ""}), "plain,\"a,b\",\"say \"\"hi\"\"\",\n");
  EXPECT_EQ(csv_number(0.1F), "0.1") << "the fewest digits that name the float";
  EXPECT_EQ(csv_number(std::nan("")), "");
}

}  // namespace
}  // namespace purlscope::core
