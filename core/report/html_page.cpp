#include "core/report/html_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace purlscope::core {
namespace {

// Colours come from the reader's own scheme, lines are a grey that shows on both. Figures stand on white: they are made
// for paper.
constexpr const char* kStyle =
    ":root{color-scheme:light dark}\n"
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}\n"
    "h1{font-size:1.5rem}\nh2{font-size:1.15rem;margin-top:2.2rem}\n"
    ".wide{overflow-x:auto;margin:.8rem 0}\n"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid "
    "rgba(128,128,128,.4)}\n"
    "thead th{border-bottom:2px solid rgba(128,128,128,.9)}\ntbody th{font-weight:400;white-space:nowrap}\n"
    "figure{margin:1rem 0}\nfigure>div{background:#fff;border-radius:6px;padding:8px;overflow-x:auto}\n"
    "figure svg,figure img{display:block;width:100%;max-width:46rem;height:auto;margin:0 auto}\n"
    "figcaption{margin-top:.4rem;color:GrayText}\n"
    "@media print{h2{break-after:avoid}figure,tr{break-inside:avoid}}\n";

std::string cells_of(const std::vector<std::string>& row, std::size_t width) {
  std::string out;
  for (std::size_t i = 0; i < width; ++i) {
    const std::string text = i < row.size() ? html_escaped(row[i]) : std::string();
    out += i == 0 ? fmt::format("<th scope=\"row\">{}</th>", text) : fmt::format("<td>{}</td>", text);
  }
  return out;
}

}  // namespace

std::string html_escaped(const std::string& text) {
  std::string out;
  for (const char byte : text) {
    switch (byte) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += byte;
    }
  }
  return out;
}

std::string data_uri(const std::string& type, const std::string& bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out = fmt::format("data:{};base64,", type);
  out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8U | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) out += i <= count ? kDigits[group >> (18 - 6 * i) & 63U] : '=';
  }
  return out;
}

HtmlPage::HtmlPage(const std::string& title) : title_(title) {
  body_ = fmt::format("<h1>{}</h1>\n", html_escaped(title));
}

void HtmlPage::heading(const std::string& text) { body_ += fmt::format("<h2>{}</h2>\n", html_escaped(text)); }

void HtmlPage::paragraph(const std::string& text) { body_ += fmt::format("<p>{}</p>\n", html_escaped(text)); }

void HtmlPage::table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows) {
  body_ += "<div class=\"wide\"><table>\n<thead><tr>";
  for (const std::string& cell : header) body_ += fmt::format("<th scope=\"col\">{}</th>", html_escaped(cell));
  body_ += "</tr></thead>\n<tbody>\n";
  for (const auto& row : rows) body_ += fmt::format("<tr>{}</tr>\n", cells_of(row, header.size()));
  body_ += "</tbody></table></div>\n";
}

void HtmlPage::raw_figure(const std::string& markup, const std::string& caption) {
  body_ += fmt::format("<figure><div>{}</div><figcaption>{}</figcaption></figure>\n", markup, html_escaped(caption));
}

std::string HtmlPage::text() const {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{}</style></head>\n"
      "<body>{}</body></html>\n",
      html_escaped(title_), kStyle, body_);
}

}  // namespace purlscope::core
