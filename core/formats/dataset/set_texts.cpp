#include "core/formats/dataset/set_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/ascii.h"
#include "core/base/log.h"
#include "core/formats/class_list.h"
#include "core/formats/tables/label_table.h"
#include "core/text/descriptions.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

bool named_after(const fs::path& table, const std::string& kind) {
  if (!has_class_list(kind)) return false;
  const std::string name = lower_ascii(table.filename().string());
  const std::vector<std::string>& aliases = class_list(kind).aliases;
  return std::any_of(aliases.begin(), aliases.end(),
                     [&](const std::string& alias) { return name.find(alias) != std::string::npos; });
}

/// The rows in class order when the table's labels are the class names.
std::optional<std::vector<Label>> by_names(const std::vector<Label>& rows, const std::vector<std::string>& classes) {
  std::map<std::string, const Label*> row_of;
  for (const Label& row : rows) row_of.emplace(lower_ascii(row.text), &row);
  std::vector<Label> labels;
  for (const std::string& name : classes) {
    const auto found = row_of.find(lower_ascii(name));
    if (found == row_of.end()) return std::nullopt;
    labels.push_back(*found->second);
  }
  return labels;
}

std::optional<std::vector<Label>> serve(const fs::path& table, const Dataset& dataset) {
  std::vector<Label> rows = read_descriptions(table, dataset.kind);
  if (auto labels = by_names(rows, dataset.classes)) return labels;
  if (!is_spreadsheet(table) && !named_after(table, dataset.kind)) return std::nullopt;
  // A smaller release has the first classes of the whole.
  if (rows.size() != dataset.classes.size() && rows.size() != class_list(dataset.kind).classes.size()) {
    return std::nullopt;
  }
  rows.resize(dataset.classes.size());
  return rows;
}

/// Tables in `texts` folders beside the parents, those named after the kind first.
std::vector<fs::path> tables_beside(const Dataset& dataset) {
  std::vector<fs::path> tables;
  std::error_code ignored;
  const fs::path place = fs::absolute(dataset.path, ignored).lexically_normal();
  // A trailing slash leaves an empty last part.
  const fs::path folder = place.has_filename() ? place : place.parent_path();
  for (const fs::path& texts : {folder.parent_path() / "texts", folder.parent_path().parent_path() / "texts"}) {
    if (!fs::is_directory(texts, ignored)) continue;
    for (fs::directory_iterator entry(texts, ignored); entry != fs::directory_iterator(); entry.increment(ignored)) {
      if (entry->path().extension() == ".tsv") tables.push_back(entry->path());
    }
  }
  std::sort(tables.begin(), tables.end());
  std::stable_partition(tables.begin(), tables.end(), [&](const fs::path& t) { return named_after(t, dataset.kind); });
  return tables;
}

/// What the tables say of the classes; no label when none of them serves.
SetTexts from_tables(const Dataset& dataset, const std::vector<fs::path>& tables, Wordings wordings) {
  SetTexts out;
  for (const fs::path& table : tables) {
    auto labels = serve(table, dataset);
    if (!labels) continue;
    if (out.labels.empty()) {
      out.labels = std::move(*labels);
      out.source = table.string();
    } else {
      for (std::size_t c = 0; c < labels->size(); ++c) out.labels[c].further.push_back((*labels)[c].sentences);
      out.further_sources.push_back(table.string());
    }
    if (wordings == Wordings::first) break;
  }
  return out;
}

}  // namespace

SetTexts texts_for(const Dataset& dataset, const std::vector<fs::path>& tables, Wordings wordings) {
  if (!dataset.classes.empty()) {
    if (SetTexts found = from_tables(dataset, tables, wordings); !found.labels.empty()) return found;
    for (const fs::path& table : tables_beside(dataset)) {
      try {
        if (auto labels = serve(table, dataset)) return {std::move(*labels), table.string(), {}};
      } catch (const Error& error) {
        log(LogLevel::warning, fmt::format("description table passed over: {}", error.what()));
      }
    }
  }
  SetTexts texts{{}, "bank", {}};
  for (const std::string& name : dataset.classes) texts.labels.push_back(describe_label(name));
  return texts;
}

void expect_further_wordings(const std::vector<const ClipSet*>& sets) {
  const auto has_several = [](const ClipSet* set) { return !set->further_sources.empty(); };
  if (std::any_of(sets.begin(), sets.end(), has_several)) return;
  throw Error(Code::bad_argument,
              "several wordings of each sentence are asked for, but no data set is served by more than one table: name "
              "two tables for one of them with --texts, or leave --paraphrases out");
}

}  // namespace purlscope::core
