#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purlscope::core {

/// Text as it stands in HTML, also inside an attribute in double quotes. Control characters, and bytes that are not
/// UTF-8, become U+FFFD, so that any name of a file or a class gives a page that can be read.
std::string html_escaped(std::string_view text);

/// Parts of a page. Whatever is called text is escaped; whatever is called html stands in the page as it is.
std::string html_paragraph(std::string_view text);
std::string html_list(const std::vector<std::string>& texts);
std::string html_section(std::string_view title, std::string_view html);

/// A table whose first column names its rows.
struct HtmlTable {
  std::string caption;  ///< may be empty
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> marked = {};  ///< rows that stand out
};
std::string html_table(const HtmlTable& table);

/// Names and what is to be said of them, one below the other; a name without text is left out.
std::string html_facts(const std::vector<std::pair<std::string, std::string>>& facts);

/// A drawing or picture with a line below it. It stands on white, as paper does.
/// @param markup  `<svg>` or `<img>`, put in as it is
std::string html_figure(std::string_view markup, std::string_view caption);

/// The whole page, without scripts or outside files, in the reader's light or dark colours: `--ground`, `--text`,
/// `--muted`, `--line`, `--accent` and `--on-accent` of its style sheet.
/// @param style  further rules of the style sheet
std::string html_page(std::string_view title, std::string_view html, std::string_view style = {});

}  // namespace purlscope::core
