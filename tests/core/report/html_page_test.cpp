#include "core/report/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace purlscope::core {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(HtmlPage, AnyTextIsShownAsItIsAndRunsNothing) {
  EXPECT_EQ(html_escaped("<script>alert(\"1\" & 2)</script>"),
            "&lt;script&gt;alert(&quot;1&quot; &amp; 2)&lt;/script&gt;");
  EXPECT_EQ(html_escaped("Grüße\tan\nalle"), "Grüße\tan\nalle");
  EXPECT_EQ(html_escaped(std::string("a\0b\x1b\xff", 5)),
            "a\uFFFD"
            "b\uFFFD\uFFFD")
      << "control characters and broken UTF-8 would make the page unreadable for parsers";
}

TEST(HtmlPage, PartsEscapeTheirTexts) {
  const std::string page =
      html_page("A & B", html_section("1 < 2", html_paragraph("<i>") + html_list({"<b>"}) +
                                                   html_facts({{"x", "<u>"}, {"y", ""}}) +
                                                   html_table({"<s>", {"<h>"}, {{"<r>", "<c>"}}, {0}})));
  for (const char* tag : {"<i>", "<b>", "<u>", "<s>", "<h>", "<r>", "<c>"}) EXPECT_THAT(page, Not(HasSubstr(tag)));
  EXPECT_THAT(page, HasSubstr("<title>A &amp; B</title>"));
  EXPECT_THAT(page, HasSubstr("<h2>1 &lt; 2</h2>"));
  EXPECT_THAT(page, HasSubstr("<tr class=\"marked\"><th scope=\"row\">&lt;r&gt;</th><td>&lt;c&gt;</td></tr>"));
  EXPECT_THAT(page, Not(HasSubstr("<dt>y</dt>"))) << "nothing is said of it";
  EXPECT_THAT(page, HasSubstr("prefers-color-scheme:dark"));
  for (const char* outside : {"http://", "https://", "<script", "<link", "src="}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
}

TEST(HtmlPage, AFigureKeepsItsMarkup) {
  const std::string figure = html_figure("<svg><text>kept</text></svg>", "caption <b>");
  EXPECT_THAT(figure, HasSubstr("<svg><text>kept</text></svg>"));
  EXPECT_THAT(figure, HasSubstr("<figcaption>caption &lt;b&gt;</figcaption>"));
}

}  // namespace
}  // namespace purlscope::core
