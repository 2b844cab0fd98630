#include "core/report/evaluation/published.h"

#include <algorithm>

namespace purlscope::core {
namespace {

bool has_split(const PaperDataset& dataset, const std::string& split) {
  return std::any_of(dataset.splits.begin(), dataset.splits.end(),
                     [&](const PaperSplit& known) { return known.name == split; });
}

/// The release that the split belongs to; where several have one of that name, that of as many classes.
const PaperDataset* dataset_of(const PaperTables& tables, const Evaluation& evaluation) {
  const PaperDataset* found = nullptr;
  for (const PaperDataset& dataset : tables.datasets) {
    if (dataset.kind != evaluation.kind || !has_split(dataset, evaluation.split)) continue;
    if (found == nullptr || dataset.classes == evaluation.setup.classes) found = &dataset;
  }
  return found;
}

class Collector {
 public:
  Collector(const Evaluation& evaluation, std::string key) : evaluation_(evaluation), key_(std::move(key)) {}

  void add(const PaperTable& table) {
    const bool first = figures_.empty();
    for (const PaperRow& row : table.rows) {
      const auto published = row.published.find(key_);
      // A row of the published protocol repeats the figure of another one.
      if (published == row.published.end() || row.protocol != "leak-free") continue;
      const bool same = row.method == evaluation_.method;
      if (!first && (!same || row.backbone != evaluation_.backbone)) continue;
      figures_.push_back({table.number, row.name, published->second / 100, same});
    }
  }

  std::vector<PublishedFigure> take() { return std::move(figures_); }

 private:
  const Evaluation& evaluation_;
  std::string key_;
  std::vector<PublishedFigure> figures_;
};

}  // namespace

PublishedFigures published_figures(const PaperTables& tables, const Evaluation& evaluation) {
  PublishedFigures out;
  out.source = tables.source;
  const PaperDataset* dataset = evaluation.setup.recordings.empty() ? dataset_of(tables, evaluation) : nullptr;
  if (dataset == nullptr) return out;
  Collector collector(evaluation, column_key({dataset->name, evaluation.split, {}, false}));
  for (const PaperTable& table : tables.tables) collector.add(table);
  const auto split = std::find_if(dataset->splits.begin(), dataset->splits.end(),
                                  [&](const PaperSplit& known) { return known.name == evaluation.split; });
  out.title = dataset->title + " " + split->title;
  out.figures = collector.take();
  return out;
}

}  // namespace purlscope::core
