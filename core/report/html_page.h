#pragma once

#include <string>
#include <vector>

namespace purlscope::core {

/// Text as HTML shows it, in an element or an attribute.
std::string html_escaped(const std::string& text);

/// "data:image/png;base64,...": bytes as an address, so that a page holds its own pictures.
/// @param type  MIME type: "image/png"
std::string data_uri(const std::string& type, const std::string& bytes);

/// A page in one file, without scripts or outside files, in the reader's light or dark colours. Every text is escaped.
class HtmlPage {
 public:
  explicit HtmlPage(const std::string& title);

  void heading(const std::string& text);
  void paragraph(const std::string& text);
  /// @param rows  cells; the first of a row names it. Shorter rows than the header leave cells empty
  void table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);
  /// @param markup  `<svg>` or `<img>`, put in as it is
  void raw_figure(const std::string& markup, const std::string& caption);

  /// The whole document, UTF-8.
  std::string text() const;

 private:
  std::string title_;
  std::string body_;
};

}  // namespace purlscope::core
