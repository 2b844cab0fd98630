#include "app/studio/export/clip_report.h"

#include <QCoreApplication>
#include <QDateTime>
#include <algorithm>

#include "app/studio/words.h"
#include "core/base/paths.h"
#include "core/report/html_page.h"

namespace purlscope::app {
namespace {

constexpr std::size_t kDescribed = 3;  // labels whose sentences are listed

class ReportWords {
  Q_DECLARE_TR_FUNCTIONS(Report)
};
std::string words(const QString& text) { return text.toStdString(); }

/// The drawing alone, as a part of a page.
std::string inline_svg(const Figure& figure) {
  const QByteArray svg = figure_svg(figure);
  return svg.mid(std::max<qsizetype>(0, svg.indexOf("<svg"))).toStdString();
}

std::string input_of(const ClipReport& report) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, text] : report.input) rows.push_back({name.toStdString(), text.toStdString()});
  return core::html_section(
      words(ReportWords::tr("What was fed to the model")),
      core::html_table({"", {words(ReportWords::tr("Part")), words(ReportWords::tr("Found"))}, rows}));
}

std::string scores_of(const ClipReport& report) {
  std::string out;
  if (report.scores) out += core::html_figure(inline_svg(*report.scores), report.scores->title.toStdString());
  std::vector<std::vector<std::string>> rows;
  for (const std::size_t index : report.recognition->ranking()) {
    const core::LabelScore& score = report.recognition->labels[index];
    rows.push_back(
        {score.label, per_cent(score.probability).toStdString(), signed_number(score.score, 3).toStdString()});
  }
  rows.push_back(
      {words(ReportWords::tr("none of these")), per_cent(report.recognition->none_of_these).toStdString(), ""});
  out += core::html_table(
      {"",
       {words(ReportWords::tr("Label")), words(ReportWords::tr("Probability")), words(ReportWords::tr("Score"))},
       rows});
  return core::html_section(words(ReportWords::tr("Scores")), out);
}

std::string sentences_of(const ClipReport& report) {
  std::string out;
  std::size_t shown = 0;
  for (const std::size_t index : report.recognition->ranking()) {
    const core::LabelScore& score = report.recognition->labels[index];
    const auto label = std::ranges::find(report.labels.labels, score.label, &core::Label::text);
    if (label == report.labels.labels.end()) continue;
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
      rows.push_back({sentence_name(i).toStdString(), label->sentences[i].text, origin_name(*label, i).toStdString(),
                      signed_number(score.levels[i], 3).toStdString()});
    }
    rows.push_back(
        {words(ReportWords::tr("name and whole clip")), "", "", signed_number(score.other, 3).toStdString()});
    out += core::html_table({ReportWords::tr("%1, probability %2")
                                 .arg(QString::fromStdString(score.label), per_cent(score.probability))
                                 .toStdString(),
                             {words(ReportWords::tr("Sentence")), words(ReportWords::tr("Text")),
                              words(ReportWords::tr("From")), words(ReportWords::tr("Share in the score"))},
                             rows});
    if (++shown == kDescribed) break;
  }
  return core::html_section(words(ReportWords::tr("Sentences of the best labels")), out);
}

std::string why_of(const WhyTable& why) {
  std::string out = core::html_paragraph(
      ReportWords::tr(
          "The margin between the two scores is %1. The shares under each heading add up to it; “if hidden” is "
          "the margin when the recording is scored again without that part.")
          .arg(signed_number(why.margin, 3))
          .toStdString());
  std::vector<std::vector<std::string>> rows;
  std::string heading;
  const auto flush = [&] {
    if (!rows.empty())
      out += core::html_table(
          {"", {heading, words(ReportWords::tr("Share of the margin")), words(ReportWords::tr("If hidden"))}, rows});
    rows.clear();
  };
  for (std::size_t i = 0; i < why.rows.size(); ++i) {
    const WhyRow& row = why.rows[i];
    if (row.kind == WhyRow::Kind::joint) continue;
    if (row.kind == WhyRow::Kind::heading) {
      flush();
      heading = row.name.toStdString();
      continue;
    }
    rows.push_back({row.name.toStdString(), signed_number(row.share, 3).toStdString(),
                    why.hidden[i] ? signed_number(*why.hidden[i], 3).toStdString() : std::string()});
  }
  flush();
  return core::html_section(ReportWords::tr("Why %1 rather than %2?").arg(why.label, why.rival).toStdString(), out);
}

std::string picture_of(const std::string& png, const QString& no_picture) {
  if (png.empty()) return core::html_paragraph(no_picture.toStdString());
  const QByteArray data = QByteArray::fromStdString(png).toBase64();
  return core::html_figure("<img alt=\"" + core::html_escaped(words(ReportWords::tr("Picture of the view"))) +
                               "\" src=\"data:image/png;base64," + data.toStdString() + "\">",
                           words(ReportWords::tr("The view when the report was made")));
}

// Sentences are texts, not numbers.
constexpr const char* kStyle = "td{text-align:left;white-space:normal;vertical-align:top}\n";

}  // namespace

std::string report_html(const ClipReport& report, const std::string& png, const QString& no_picture) {
  const std::string title = ReportWords::tr("Report of %1").arg(report.recording).toStdString();
  std::string body = "<h1>" + core::html_escaped(title) + "</h1>\n";
  body += core::html_paragraph(ReportWords::tr("Made by Purlscope %1 on %2.")
                                   .arg(QString::fromUtf8(core::version().data(), qsizetype(core::version().size())),
                                        QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")))
                                   .toStdString());
  body += picture_of(png, no_picture) + input_of(report);
  if (report.recognition) body += scores_of(report) + sentences_of(report);
  if (report.attention) {
    body += core::html_section(words(ReportWords::tr("Attention")),
                               core::html_figure(inline_svg(*report.attention), report.attention->title.toStdString()));
  }
  if (report.why) body += why_of(*report.why);
  return core::html_page(title, body, kStyle);
}

}  // namespace purlscope::app
