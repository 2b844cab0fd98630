#include "core/report/evaluation/evaluation_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/report/evaluation/confusion_svg.h"
#include "core/report/html_page.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kMistakes = 10;  // listed
constexpr double kBar = 160;           // pixels of a class bar that is full

std::string per_cent(double share) { return fmt::format("{:.1f}", 100 * share); }

std::string figure(const SeedFigure& value) {
  return value.seeds < 2 ? per_cent(value.mean)
                         : fmt::format("{:.1f} ± {:.1f}", 100 * value.mean, 100 * value.deviation);
}

std::string gain(double share) { return fmt::format("{:+.1f}", 100 * share); }

std::string facts(const Evaluation& evaluation) {
  const EvaluationSetup& setup = evaluation.setup;
  std::string runs = fmt::format("{}", evaluation.accuracy.seeds);
  if (setup.model.empty())
    runs += evaluation.accuracy.seeds == 1 ? " (0)" : fmt::format(" (0 to {})", evaluation.accuracy.seeds - 1);
  std::string refinement;
  if (evaluation.refinement) {
    refinement = fmt::format("{}, on arrival, {} orders of the stream", evaluation.refinement->method,
                             evaluation.refinement->orders);
  }
  return html_facts({{"Data set", setup.title},
                     {"Kind", evaluation.kind},
                     {"Folder", setup.path},
                     {"Split", evaluation.split},
                     {"Recordings", setup.recordings},
                     {"Unseen classes", fmt::format("{}", evaluation.confusion.classes.size())},
                     {"Clips tested", fmt::format("{}", evaluation.samples)},
                     {"Method", method_title(evaluation.method)},
                     {"Model", setup.model.empty() ? "trained for the split, on its seen classes alone" : setup.model},
                     {"Backbone", evaluation.backbone},
                     {"Text encoder", evaluation.text},
                     {"Protocol", evaluation.protocol},
                     {"Refinement", refinement},
                     {"Seeds", runs},
                     {"Settings", evaluation.settings.is_null() ? "" : evaluation.settings.dump()},
                     {"Took", fmt::format("{:.1f} s", evaluation.seconds)},
                     {"Date", setup.date},
                     {"Program", fmt::format("Purlscope {}", setup.version)}});
}

std::string headline(const Evaluation& evaluation) {
  std::string out = fmt::format("<p class=\"figure\">{} %</p>\n", html_escaped(figure(evaluation.accuracy)));
  out +=
      html_paragraph(fmt::format("Accuracy on the unseen classes. 95 % interval {} to {} %, chance {} %.",
                                 per_cent(evaluation.low), per_cent(evaluation.high), per_cent(evaluation.chance())));
  if (!evaluation.note.empty()) {
    out += fmt::format("<p><strong>{}</strong></p>\n", html_escaped(evaluation.note));
  }
  return out;
}

std::string refinement_section(const Evaluation& evaluation) {
  if (!evaluation.refinement) return {};
  const RefinementResult& refined = *evaluation.refinement;
  HtmlTable table{{}, {"Accuracy in %", "", "Gain in points"}, {}};
  table.rows = {
      {"without refinement", figure(refined.before), ""},
      {"on arrival", figure(evaluation.accuracy), gain(evaluation.accuracy.mean - refined.before.mean)},
      {"scored again at the end", figure(refined.rescored), gain(refined.rescored.mean - refined.before.mean)}};
  return html_section("Before and after refinement",
                      html_table(table) + html_paragraph(fmt::format(
                                              "On arrival: every clip is scored before it is learned from. Gain of "
                                              "the worst order {} points, {} roll-backs.",
                                              gain(refined.worst_gain), refined.rollbacks)));
}

std::string generalised_section(const Evaluation& evaluation) {
  if (!evaluation.generalised) return {};
  const GeneralisedResult& all = *evaluation.generalised;
  return html_section("All classes as candidates", html_table({{},
                                                               {"Accuracy in %", ""},
                                                               {{"seen classes", figure(all.seen)},
                                                                {"unseen classes", figure(all.unseen)},
                                                                {"harmonic mean", figure(all.harmonic)}}}));
}

std::string published_section(const Evaluation& evaluation, const PublishedFigures& published) {
  if (published.figures.empty()) {
    return html_section("Published figures", html_paragraph("None is known for this data set and this split of it."));
  }
  HtmlTable table{published.title, {"System", "Accuracy in %", "From"}, {}};
  table.rows.push_back({method_title(evaluation.method), figure(evaluation.accuracy), "this evaluation"});
  table.marked = {0};
  for (const PublishedFigure& each : published.figures) {
    table.rows.push_back(
        {each.system, fmt::format("{:.2f}", 100 * each.accuracy), fmt::format("published, table {}", each.table)});
  }
  return html_section("Published figures",
                      html_table(table) + html_paragraph(fmt::format("Published: {}.", published.source)));
}

std::string class_row(const ClassResult& result, bool with_before) {
  std::string out = fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{} of {}</td>", html_escaped(result.name),
                                result.clips, result.right, result.decisions);
  if (with_before) out += fmt::format("<td>{}</td>", result.before ? per_cent(*result.before) : "-");
  out += fmt::format("<td>{}</td><td class=\"bar\"><div style=\"width:{:.0f}px\"></div></td></tr>\n",
                     result.decisions == 0 ? "-" : per_cent(result.share()), kBar * result.share());
  return out;
}

std::string class_section(const Evaluation& evaluation) {
  const bool with_before = !evaluation.predictions.before.empty();
  std::string out =
      "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Class</th><th scope=\"col\">Clips</th>"
      "<th scope=\"col\">Right</th>";
  if (with_before) out += "<th scope=\"col\">Before, %</th>";
  out += "<th scope=\"col\">Right, %</th><th></th></tr></thead>\n<tbody>\n";
  for (const ClassResult& result : evaluation.classes()) out += class_row(result, with_before);
  return html_section("Classes", out + "</tbody></table></div>\n");
}

std::string mistakes(const Confusion& confusion) {
  struct Mistake {
    std::size_t truth, said, count;
  };
  std::vector<Mistake> all;
  for (std::size_t truth = 0; truth < confusion.counts.size(); ++truth) {
    for (std::size_t said = 0; said < confusion.counts.size(); ++said) {
      const std::size_t count = confusion.counts[truth][said];
      if (truth != said && count > 0) all.push_back({truth, said, count});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Mistake& a, const Mistake& b) { return a.count > b.count; });
  if (all.size() > kMistakes) all.resize(kMistakes);
  if (all.empty()) return html_paragraph("No clip was taken for another class.");
  HtmlTable table{"Most frequent mistakes", {"True", "Said", "Times", "% of the class"}, {}};
  for (const Mistake& mistake : all) {
    table.rows.push_back({confusion.classes[mistake.truth], confusion.classes[mistake.said],
                          fmt::format("{}", mistake.count), per_cent(confusion.share(mistake.truth, mistake.said))});
  }
  return html_table(table);
}

std::string confusion_section(const Evaluation& evaluation) {
  const std::size_t runs = evaluation.predictions.said.size();
  std::string words =
      "Rows are the true classes, columns what was said; the stronger the colour of a cell, the larger its share of "
      "the row.";
  if (runs > 1) words += fmt::format(" Counts are sums over {} runs.", runs);
  return html_section("Confusion matrix",
                      html_paragraph(words) + confusion_svg(evaluation.confusion) + mistakes(evaluation.confusion));
}

constexpr const char* kStyle =
    ".figure{font-size:2.4rem;font-weight:600;line-height:1.2;margin:.5rem 0 0}\n"
    "td.bar{text-align:left;min-width:160px}\n"
    "td.bar div{height:10px;border-radius:5px;background:var(--accent);print-color-adjust:exact}\n";

}  // namespace

std::string evaluation_page(const Evaluation& evaluation, const PublishedFigures& published) {
  const std::string& name = evaluation.setup.title.empty() ? evaluation.kind : evaluation.setup.title;
  const std::string title = fmt::format("{} {}: {}", name, evaluation.split, method_title(evaluation.method));
  std::string body = fmt::format("<h1>{}</h1>\n", html_escaped(title)) + headline(evaluation);
  body += refinement_section(evaluation) + generalised_section(evaluation) + published_section(evaluation, published);
  body += class_section(evaluation) + confusion_section(evaluation);
  body += html_section("What was run", facts(evaluation));
  if (!evaluation.problems.empty()) body += html_section("Problems of the recordings", html_list(evaluation.problems));
  return html_page(title, body, kStyle + confusion_style());
}

std::string method_title(const std::string& method) {
  static constexpr std::array<std::pair<const char*, const char*>, 10> kTitles = {
      {{"structured", "Structured attention"},
       {"purls", "PURLS"},
       {"dynapurls", "DynaPURLS"},
       {"revise", "ReViSE"},
       {"devise", "DeViSE"},
       {"jpose", "JPoSE"},
       {"cada-vae", "CADA-VAE"},
       {"synse", "SynSE"},
       {"smie", "SMIE"},
       {"global", "Global"}}};
  for (const auto& [name, title] : kTitles) {
    if (method == name) return title;
  }
  return method;
}

}  // namespace purlscope::core
