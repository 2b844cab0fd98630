#include "core/report/html_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/utf8.h"

namespace purlscope::core {
namespace {

constexpr char32_t kFirstPrintable = 0x20, kDelete = 0x7F, kLastControl = 0x9F;

bool control(char32_t code) {
  return (code < kFirstPrintable && code != U'\n' && code != U'\t') || (code >= kDelete && code <= kLastControl);
}

void append_escaped(std::string& out, char32_t code) {
  switch (code) {
    case U'<':
      out += "&lt;";
      break;
    case U'>':
      out += "&gt;";
      break;
    case U'&':
      out += "&amp;";
      break;
    case U'"':
      out += "&quot;";
      break;
    default:
      append_utf8(out, control(code) ? kReplacement : code);
  }
}

// Colours of both schemes, text with a contrast of at least 4.5 on the ground.
constexpr const char* kStyle =
    ":root{color-scheme:light dark;--ground:#fff;--text:#1a1d23;--muted:#565f6e;--line:#cdd4de;--accent:#1b6ab8;"
    "--on-accent:#fff}\n"
    "@media (prefers-color-scheme:dark){:root{--ground:#16181d;--text:#e6e8ec;--muted:#9aa3b2;--line:#333944;"
    "--accent:#4c9be8;--on-accent:#16181d}}\n"
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;"
    "background:var(--ground);color:var(--text)}\n"
    "h1{font-size:1.6rem;margin:0 0 .5rem}\nh2{font-size:1.15rem;margin:2rem 0 .5rem}\n"
    ".wide{overflow-x:auto;margin:1rem 0}\n"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
    "caption{text-align:left;padding:.35rem .7rem;font-weight:600}\n"
    "th,td{padding:.35rem .7rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}\n"
    "thead th{border-bottom:2px solid var(--line);white-space:normal;vertical-align:bottom}\n"
    "th:first-child{text-align:left}\ntbody th{font-weight:400}\n"
    "tr.marked th,tr.marked td{font-weight:600;color:var(--accent)}\n"
    "p,li{margin:.3rem 0}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem;margin:.5rem 0}\n"
    "dt{color:var(--muted)}\ndd{margin:0;overflow-wrap:anywhere}\n"
    "figure{margin:1rem 0}\nfigure>div{background:#fff;border-radius:6px;padding:8px;overflow-x:auto}\n"
    "figure svg,figure img{display:block;width:100%;max-width:46rem;height:auto;margin:0 auto}\n"
    "figcaption{margin-top:.4rem;color:var(--muted)}\n"
    "@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr,svg{break-inside:avoid}}\n";

std::string row_cells(const std::vector<std::string>& row) {
  std::string out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    out += i == 0 ? fmt::format("<th scope=\"row\">{}</th>", html_escaped(row[i]))
                  : fmt::format("<td>{}</td>", html_escaped(row[i]));
  }
  return out;
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) append_escaped(out, next_code_point(text, at));
  return out;
}

std::string html_paragraph(std::string_view text) { return fmt::format("<p>{}</p>\n", html_escaped(text)); }

std::string html_list(const std::vector<std::string>& texts) {
  std::string out = "<ul>\n";
  for (const std::string& text : texts) out += fmt::format("<li>{}</li>\n", html_escaped(text));
  return out + "</ul>\n";
}

std::string html_section(std::string_view title, std::string_view html) {
  return fmt::format("<h2>{}</h2>\n{}", html_escaped(title), html);
}

std::string html_table(const HtmlTable& table) {
  std::string out = "<div class=\"wide\"><table>\n";
  if (!table.caption.empty()) out += fmt::format("<caption>{}</caption>\n", html_escaped(table.caption));
  out += "<thead><tr>";
  for (const std::string& cell : table.head) out += fmt::format("<th scope=\"col\">{}</th>", html_escaped(cell));
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const bool marked = std::find(table.marked.begin(), table.marked.end(), i) != table.marked.end();
    out += fmt::format("<tr{}>{}</tr>\n", marked ? " class=\"marked\"" : "", row_cells(table.rows[i]));
  }
  return out + "</tbody></table></div>\n";
}

std::string html_facts(const std::vector<std::pair<std::string, std::string>>& facts) {
  std::string out = "<dl>\n";
  for (const auto& [name, text] : facts) {
    if (text.empty()) continue;
    out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html_escaped(name), html_escaped(text));
  }
  return out + "</dl>\n";
}

std::string html_figure(std::string_view markup, std::string_view caption) {
  return fmt::format("<figure><div>{}</div><figcaption>{}</figcaption></figure>\n", markup, html_escaped(caption));
}

std::string html_page(std::string_view title, std::string_view html, std::string_view style) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{}{}</style></head>\n"
      "<body>{}</body></html>\n",
      html_escaped(title), kStyle, style, html);
}

}  // namespace purlscope::core
