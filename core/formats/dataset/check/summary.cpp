#include "core/formats/dataset/check/summary.h"

#include <set>

#include "core/formats/class_list.h"

namespace purlscope::core {
namespace {

/// "2" before "10", numbers before words.
struct ByValue {
  bool operator()(const std::string& a, const std::string& b) const {
    const bool a_number = a.find_first_not_of("0123456789") == std::string::npos;
    const bool b_number = b.find_first_not_of("0123456789") == std::string::npos;
    if (a_number != b_number) return a_number;
    if (a_number && a.size() != b.size()) return a.size() < b.size();
    return a < b;
  }
};

class Values {
 public:
  void add(const std::string& value) {
    if (!value.empty()) values_.insert(value);
  }
  std::vector<std::string> list() const { return {values_.begin(), values_.end()}; }

 private:
  std::set<std::string, ByValue> values_;
};

}  // namespace

DatasetSummary summarise(const Dataset& dataset) {
  DatasetSummary summary;
  summary.clips_of_class.resize(dataset.classes.size());
  Values subjects, cameras, setups, repetitions, formats, layouts;
  for (const DatasetEntry& entry : dataset.entries) {
    subjects.add(entry.subject);
    cameras.add(entry.camera);
    setups.add(entry.setup);
    repetitions.add(entry.repetition);
    formats.add(entry.format);
    if (entry.label_index >= 0 && static_cast<std::size_t>(entry.label_index) < summary.clips_of_class.size()) {
      ++summary.clips_of_class[static_cast<std::size_t>(entry.label_index)];
    }
    if (!entry.facts) continue;
    ++summary.read;
    summary.frames += entry.facts->frames;
    summary.seconds += entry.facts->seconds;
    summary.warnings += entry.facts->warnings;
    layouts.add(entry.facts->layout);
  }
  for (const std::string& format : formats.list()) layouts.add(layout_of_format(format));
  summary.subjects = subjects.list();
  summary.cameras = cameras.list();
  summary.setups = setups.list();
  summary.repetitions = repetitions.list();
  summary.formats = formats.list();
  summary.layouts = layouts.list();
  return summary;
}

std::string dataset_title(const Dataset& dataset) {
  if (!has_class_list(dataset.kind)) return dataset.kind;
  const ClassList& list = class_list(dataset.kind);
  for (const ClassListEdition& edition : list.editions) {
    if (edition.id == dataset.edition) return edition.title;
  }
  return list.title;
}

}  // namespace purlscope::core
