#include "core/report/evaluation/confusion_svg.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/utf8.h"
#include "core/report/html_page.h"

namespace purlscope::core {
namespace {

constexpr double kLargest = 44, kSmallest = 12;  // pixels of a cell's side
constexpr double kSide = 760;                    // of the whole grid, where the cells allow it
constexpr double kLetter = 7.2, kGap = 8;        // mean width of a letter
constexpr std::size_t kLongest = 32;             // letters of a name
constexpr double kNumbers = 22;                  // a smaller cell holds no number
constexpr double kOver = 0.75;                   // from this share on, numbers stand in the colour of the ground
constexpr double kLine = 16;

std::string shortened(const std::string& name) {
  const std::u32string letters = code_points(name);
  if (letters.size() <= kLongest) return name;
  std::string out;
  for (std::size_t i = 0; i + 1 < kLongest; ++i) append_utf8(out, letters[i]);
  return out + "…";
}

double width_of_names(const Confusion& confusion) {
  std::size_t longest = 0;
  for (const std::string& name : confusion.classes) longest = std::max(longest, code_points(shortened(name)).size());
  return kLetter * static_cast<double>(longest) + kGap;
}

class Drawing {
 public:
  explicit Drawing(const Confusion& confusion)
      : confusion_(confusion),
        side_(std::clamp(kSide / static_cast<double>(confusion.classes.size()), kSmallest, kLargest)),
        names_(width_of_names(confusion)) {}

  std::string draw() {
    const double grid = side_ * static_cast<double>(confusion_.classes.size());
    const double width = kLine + names_ + grid + kGap, height = kLine + names_ + grid + kGap;
    out_ = fmt::format(
        "<div class=\"wide\"><svg class=\"confusion\" role=\"img\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
        "viewBox=\"0 0 {0:.0f} {1:.0f}\" xmlns=\"http://www.w3.org/2000/svg\">\n<title>Confusion matrix</title>\n",
        width, height);
    const double middle = kLine + names_ + grid / 2;
    out_ += fmt::format("<text class=\"axis\" x=\"{:.1f}\" y=\"12\" text-anchor=\"middle\">said</text>\n", middle);
    out_ += fmt::format(
        "<text class=\"axis\" transform=\"translate(12 {:.1f}) rotate(-90)\" text-anchor=\"middle\">true</text>\n",
        middle);
    for (std::size_t c = 0; c < confusion_.classes.size(); ++c) add_names(c);
    for (std::size_t row = 0; row < confusion_.classes.size(); ++row) {
      for (std::size_t column = 0; column < confusion_.classes.size(); ++column) add_cell(row, column);
    }
    return out_ + "</svg></div>\n";
  }

 private:
  double left(std::size_t column) const { return kLine + names_ + side_ * static_cast<double>(column); }

  void add_names(std::size_t c) {
    const std::string name = html_escaped(shortened(confusion_.classes[c]));
    const double centre = left(c) + side_ / 2;
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\" dominant-baseline=\"central\">{}</text>\n",
                        left(0) - kGap, centre, name);
    out_ += fmt::format(
        "<text transform=\"translate({:.1f} {:.1f}) rotate(-90)\" dominant-baseline=\"central\">{}</text>\n", centre,
        left(0) - kGap, name);
  }

  void add_cell(std::size_t row, std::size_t column) {
    const std::size_t count = confusion_.counts[row][column];
    const double share = confusion_.share(row, column);
    out_ += fmt::format("<g><title>true {}, said {}: {} of {}</title>", html_escaped(confusion_.classes[row]),
                        html_escaped(confusion_.classes[column]), count, confusion_.decisions(row));
    out_ += fmt::format(
        "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"2\" "
        "fill-opacity=\"{:.3f}\"/>",
        row == column ? "cell own" : "cell", left(column) + 0.5, left(row) + 0.5, side_ - 1, side_ - 1, share);
    if (count > 0 && side_ >= kNumbers) {
      out_ += fmt::format(
          R"(<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="middle" dominant-baseline="central">{}</text>)",
          share >= kOver ? "over" : "under", left(column) + side_ / 2, left(row) + side_ / 2, count);
    }
    out_ += "</g>\n";
  }

  const Confusion& confusion_;
  double side_, names_;
  std::string out_;
};

}  // namespace

std::string confusion_svg(const Confusion& confusion) {
  return confusion.classes.empty() ? std::string() : Drawing(confusion).draw();
}

std::string confusion_style() {
  return ".confusion{font-size:12px;fill:var(--text)}\n.confusion .axis{fill:var(--muted)}\n"
         ".confusion .cell{fill:var(--accent);stroke:var(--line);stroke-width:1}\n"
         ".confusion .own{stroke:var(--muted)}\n.confusion .over{fill:var(--on-accent);font-weight:600}\n";
}

}  // namespace purlscope::core
