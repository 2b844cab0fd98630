#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "core/formats/class_list.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/index/folder_walk.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kNamed = 5;           // files or recordings that a summing sentence names
constexpr std::size_t kMostMissing = 1000;  // missing recordings that are worth naming
constexpr std::size_t kShortest = 4;        // frames, where a data set has no custom of its own

class Finder {
 public:
  explicit Finder(const Dataset& dataset) : dataset_(dataset) {
    if (has_class_list(dataset.kind)) list_ = &class_list(dataset.kind);
  }

  std::vector<DatasetProblem> run() {
    missing_recordings();
    unknown_classes();
    other_data_sets();
    same_names();
    mixed("mixed-formats", "format", [](const DatasetEntry& entry) { return entry.format; });
    mixed("mixed-layouts", "joint layout",
          [](const DatasetEntry& entry) { return entry.facts ? entry.facts->layout : std::string(); });
    for (const DatasetEntry& entry : dataset_.entries) look_at(entry);
    return std::move(problems_);
  }

 private:
  std::string name(const DatasetEntry& entry) const { return below(dataset_.path, entry.file); }

  void add(std::string kind, std::string text, std::vector<fs::path> files = {}) {
    problems_.push_back({std::move(kind), std::move(text), std::move(files)});
  }

  /// "a, b, c and 4 more"
  std::string some(const std::vector<std::string>& names) const {
    const std::size_t shown = std::min(names.size(), kNamed);
    std::string text =
        fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
    return text;
  }

  void missing_recordings() {
    if (list_ == nullptr) return;
    std::size_t published = list_->recordings;
    std::string title = list_->title;
    for (const ClassListEdition& edition : list_->editions) {
      if (edition.id != dataset_.edition) continue;
      published = edition.recordings;
      title = edition.title;
    }
    const std::size_t here = dataset_.entries.size() + dataset_.skipped.size();
    if (here >= published) return;
    std::string text = fmt::format("{} of the {} recordings of {} are here", here, published, title);
    if (const std::vector<std::string> names = missing_names(); !names.empty()) {
      text += fmt::format("; missing: {}", some(names));
    }
    add("missing-recordings", std::move(text));
  }

  /// Names of the recordings that a data set with every class by every subject lacks; none when too many lack.
  std::vector<std::string> missing_names() const {
    std::vector<std::string> names;
    if (list_->subjects == 0 || list_->recordings > dataset_.entries.size() + kMostMissing) return names;
    std::set<std::string> here;
    for (const DatasetEntry& entry : dataset_.entries) {
      here.insert(fmt::format("{}/{}/{}", entry.label_index, entry.subject, entry.repetition));
    }
    for (std::size_t c = 0; c < list_->classes.size(); ++c) {
      for (std::size_t s = 1; s <= list_->subjects; ++s) {
        for (std::size_t r = 1; r <= list_->repetitions; ++r) {
          if (here.contains(fmt::format("{}/{}/{}", c, s, r))) continue;
          names.push_back(fmt::format(fmt::runtime(list_->name), fmt::arg("action", list_->action_ids[c]),
                                      fmt::arg("subject", s), fmt::arg("repetition", r)));
        }
      }
    }
    return names;
  }

  void unknown_classes() {
    if (dataset_.untrimmed) return;
    std::vector<std::string> names;
    std::vector<fs::path> files;
    for (const DatasetEntry& entry : dataset_.entries) {
      const bool by_name = list_ != nullptr;
      const bool read = entry.facts && entry.facts->error.empty();
      if (entry.label_index >= 0 || (!by_name && !read)) continue;
      names.push_back(name(entry));
      files.push_back(entry.file);
    }
    if (names.empty()) return;
    add("unknown-class",
        fmt::format("{} recording(s) {}: {}", names.size(),
                    list_ != nullptr ? fmt::format("name no class of {}", list_->title) : "state no label",
                    some(names)),
        std::move(files));
  }

  void other_data_sets() {
    for (const auto& [kind, number] : dataset_.foreign) {
      const std::string title = has_class_list(kind) ? class_list(kind).title : kind;
      add("other-data-set",
          fmt::format("{} recording(s) of {} lie in the folder and are left out; keep them in a folder of their own",
                      number, title));
    }
  }

  /// The same recording in two sub-folders.
  void same_names() {
    if (list_ == nullptr) return;
    std::unordered_map<std::string, const DatasetEntry*> first;
    for (const DatasetEntry& entry : dataset_.entries) {
      const auto [row, fresh] = first.emplace(entry.file.filename().string(), &entry);
      if (fresh) continue;
      add("same-name", fmt::format("{} has the name of {}", name(entry), name(*row->second)),
          {entry.file, row->second->file});
    }
  }

  template <typename Property>
  void mixed(const char* kind, const char* what, Property property) {
    std::map<std::string, std::size_t> count;
    for (const DatasetEntry& entry : dataset_.entries) {
      if (const std::string value = property(entry); !value.empty()) ++count[value];
    }
    if (count.size() < 2) return;
    std::vector<std::string> parts;
    for (const auto& [value, number] : count) parts.push_back(fmt::format("{} ({})", value, number));
    add(kind, fmt::format("recordings of more than one {}: {}", what, fmt::join(parts, ", ")));
  }

  void look_at(const DatasetEntry& entry) {
    if (!entry.facts) {
      std::error_code ignored;
      if (entry.bytes == 0 && !fs::is_directory(entry.file, ignored)) {
        add("empty-file", fmt::format("{} is empty", name(entry)), {entry.file});
      }
      return;
    }
    const ClipFacts& facts = *entry.facts;
    const std::size_t shortest = list_ == nullptr ? kShortest : list_->shortest;
    if (!facts.error.empty()) {
      add("unreadable", facts.error, {entry.file});
    } else if (facts.seen == 0) {
      add("no-skeleton", fmt::format("{}: holds no position in any of {} frames", name(entry), facts.frames),
          {entry.file});
    } else if (facts.seen < shortest) {
      add("too-short",
          fmt::format("{}: {} frame(s) with a person, at least {} are needed", name(entry), facts.seen, shortest),
          {entry.file});
    } else {
      repetition(entry);
    }
  }

  void repetition(const DatasetEntry& entry) {
    const auto [row, fresh] = by_content_.emplace(entry.facts->content, &entry);
    if (fresh) return;
    add("repeat", fmt::format("{} repeats {} exactly", name(entry), name(*row->second)),
        {entry.file, row->second->file});
  }

  const Dataset& dataset_;
  const ClassList* list_ = nullptr;
  std::unordered_map<std::uint64_t, const DatasetEntry*> by_content_;
  std::vector<DatasetProblem> problems_;
};

}  // namespace

std::vector<DatasetProblem> dataset_problems(const Dataset& dataset) { return Finder(dataset).run(); }

}  // namespace purlscope::core
