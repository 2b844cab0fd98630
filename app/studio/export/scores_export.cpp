#include "app/studio/export/scores_export.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/report/csv_text.h"
#include "core/report/recognition_json.h"

namespace purlscope::app {
namespace {

constexpr std::size_t kMostBars = 30;

class ExportWords {
  Q_DECLARE_TR_FUNCTIONS(Export)
};

std::vector<ScoredWindow> all_windows(const ShownScores& shown) {
  return shown.windows.size() > 1 ? shown.windows : std::vector<ScoredWindow>{shown.now};
}

std::vector<ScoreBar> bars_of(const core::Recognition& recognition) {
  std::vector<ScoreBar> bars;
  for (const std::size_t index : recognition.ranking()) {
    if (bars.size() == kMostBars) break;
    const core::LabelScore& score = recognition.labels[index];
    ScoreBar bar{.name = QString::fromStdString(score.label), .probability = score.probability};
    if (recognition.refined) bar.plain = score.plain_probability;
    bars.push_back(bar);
  }
  bars.push_back({.name = ExportWords::tr("none of these"), .probability = recognition.none_of_these, .none = true});
  return bars;
}

const core::LabelScore* find(const core::Recognition& recognition, const std::string& label) {
  const auto found = std::ranges::find(recognition.labels, label, &core::LabelScore::label);
  return found == recognition.labels.end() ? nullptr : &*found;
}

/// Of the labels that were ever likeliest, the best now first.
std::vector<ScoreCurve> curves_of(const ShownScores& shown) {
  std::vector<ScoreCurve> curves;
  if (shown.windows.size() < 2) return curves;
  const core::Recognition& now = *shown.now.recognition;
  for (const std::size_t index : now.ranking()) {
    if (curves.size() == kMostCurves) break;
    ScoreCurve curve{QString::fromStdString(now.labels[index].label), {}};
    for (const ScoredWindow& window : shown.windows) {
      const core::LabelScore* score = find(*window.recognition, now.labels[index].label);
      if (score == nullptr) continue;  // the label came later
      curve.points.emplace_back((window.begin + window.end) / 2, score->probability);
    }
    if (!curve.points.empty()) curves.push_back(std::move(curve));
  }
  return curves;
}

}  // namespace

ScoreFigure scores_figure(const ShownScores& shown) {
  const core::Recognition& now = *shown.now.recognition;
  ScoreFigure figure;
  figure.title = ExportWords::tr("Scores of %1").arg(QString::fromStdString(shown.recording));
  QStringList facts{ExportWords::tr("%1–%2 s").arg(shown.now.begin, 0, 'f', 1).arg(shown.now.end, 0, 'f', 1),
                    QString::fromStdString(now.model)};
  if (now.refined) facts.append(ExportWords::tr("refined; the mark tells the probability without refinement"));
  if (now.labels.size() > kMostBars)
    facts.append(ExportWords::tr("the best %1 of %2 labels").arg(kMostBars).arg(now.labels.size()));
  figure.facts = facts.join(QStringLiteral(" · "));
  figure.bars = bars_of(now);
  figure.curves = curves_of(shown);
  return figure;
}

std::string scores_csv(const ShownScores& shown) {
  std::vector<std::string> header{"recording", "begin_s", "end_s", "rank", "label", "score", "probability"};
  for (const auto sentence : core::kSentences) header.push_back("score_" + std::string(sentence));
  header.insert(header.end(), {"score_other", "score_refinement"});
  std::string text = core::csv_row(header);
  for (const ScoredWindow& window : all_windows(shown)) {
    const core::Recognition& recognition = *window.recognition;
    const std::vector<std::string> place{shown.recording, core::csv_number(window.begin), core::csv_number(window.end)};
    std::size_t rank = 0;
    for (const std::size_t index : recognition.ranking()) {
      const core::LabelScore& score = recognition.labels[index];
      std::vector<std::string> cells = place;
      cells.insert(cells.end(), {std::to_string(++rank), score.label, core::csv_number(score.score),
                                 core::csv_number(score.probability)});
      for (const float level : score.levels) cells.push_back(core::csv_number(level));
      cells.push_back(core::csv_number(score.other));
      cells.push_back(core::csv_number(score.refinement));
      text += core::csv_row(cells);
    }
    std::vector<std::string> none = place;
    none.insert(none.end(), {"", "none of these", "", core::csv_number(recognition.none_of_these)});
    none.resize(header.size());
    text += core::csv_row(none);
  }
  return text;
}

std::string scores_json(const ShownScores& shown) {
  core::OrderedJson document = {{"file", shown.recording}};
  if (shown.windows.size() < 2) {
    document.update(core::recognition_document(*shown.now.recognition, 0));
  } else {
    document["windows"] = core::OrderedJson::array();
    for (const ScoredWindow& window : shown.windows) {
      core::OrderedJson one = {{"begin_s", core::json_number(window.begin)}, {"end_s", core::json_number(window.end)}};
      one.update(core::recognition_document(*window.recognition, 0));
      document["windows"].push_back(std::move(one));
    }
  }
  return document.dump(2, ' ', false, core::OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace purlscope::app
