#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/ascii.h"
#include "core/base/paths.h"
#include "core/formats/class_list.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/index/folder_walk.h"
#include "core/formats/dataset/index/index_cache.h"
#include "core/formats/dataset/index/kinetics_labels.h"
#include "core/formats/dataset/index/labelling.h"
#include "core/formats/dataset/index/skip_list.h"
#include "core/formats/recording_name.h"
#include "core/formats/registry.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kFilesPerReport = 256;

std::string tag(const RecordingName& name, const char* key) {
  const auto found = name.tags.find(key);
  return found == name.tags.end() ? std::string() : found->second;
}

/// What the name of a file states. Label files of PKU-MMD have the names of the recordings, in a folder of their own.
std::optional<RecordingName> stated_by(const fs::path& file) {
  auto name = parse_recording_name(file);
  if (name && name->action == 0 &&
      lower_ascii(file.parent_path().filename().string()).find("label") != std::string::npos) {
    return std::nullopt;
  }
  return name;
}

DatasetEntry entry_of(FolderFile&& file) {
  DatasetEntry entry;
  entry.file = std::move(file.path);
  entry.bytes = file.bytes;
  entry.modified = file.modified;
  return entry;
}

class Indexer {
 public:
  Indexer(const fs::path& folder, const IndexOptions& options) : options_(options) { dataset_.path = folder; }

  Dataset run() {
    require_folder();
    const std::set<std::string> skip =
        options_.skip_list.empty() ? std::set<std::string>() : read_skip_list(options_.skip_list);
    std::vector<FolderFile> files = walk_folder(dataset_.path, options_.progress, options_.stop);
    const std::size_t listed = files.size();
    cached_ = read_index_cache(options_.cache, dataset_.path);
    if (!index_by_names(files)) index_by_content(std::move(files));
    compare_with_cache();
    const IndexChanges& changes = dataset_.changes;
    if (looked_ || !changes.cached || changes.added + changes.removed + changes.changed > 0) {
      write_index_cache(options_.cache, dataset_.path, dataset_.entries, others_);
    }
    std::erase_if(dataset_.entries, [&](const DatasetEntry& entry) {
      const bool out = skip.contains(sample_name(entry.file));
      if (out) dataset_.skipped.push_back(entry.file.filename().string());
      return out;
    });
    if (dataset_.entries.empty()) refuse(listed);
    choose_edition();
    take_labels_from_facts(dataset_);
    return std::move(dataset_);
  }

 private:
  void require_folder() const {
    std::error_code ignored;
    const fs::path& folder = dataset_.path;
    if (fs::is_directory(folder, ignored)) return;
    throw Error(Code::not_found,
                fmt::format("{}: {}", folder.string(),
                            fs::exists(folder, ignored) ? "is a file, expected the folder of a data set"
                                                        : "no such folder; check the spelling"));
  }

  /// Takes the files of the kind that most names state out of the list. @return false when no name states any
  bool index_by_names(std::vector<FolderFile>& files) {
    std::map<std::string, std::size_t> count;
    for (const FolderFile& file : files) {
      throw_if_stopped(options_.stop);
      if (const auto name = stated_by(file.path)) ++count[name->kind];
    }
    if (count.empty()) return false;
    dataset_.kind = std::ranges::max_element(count, {}, [](const auto& row) { return row.second; })->first;
    count.erase(dataset_.kind);
    dataset_.foreign = std::move(count);
    const bool known = has_class_list(dataset_.kind);
    if (known) dataset_.classes = class_list(dataset_.kind).classes;
    dataset_.untrimmed = true;
    for (FolderFile& file : files) {
      const auto name = stated_by(file.path);
      if (!name || name->kind != dataset_.kind) continue;
      DatasetEntry& entry = dataset_.entries.emplace_back(entry_of(std::move(file)));
      if (known) entry.format = class_list(dataset_.kind).format;
      entry.subject = tag(*name, "subject");
      entry.camera = tag(*name, "camera");
      entry.repetition = tag(*name, "repetition");
      entry.setup = tag(*name, "setup");
      if (name->action == 0) continue;
      dataset_.untrimmed = false;
      if (known) entry.label_index = class_of_action(dataset_.kind, name->action);
    }
    return true;
  }

  void index_by_content(std::vector<FolderFile>&& files) {
    std::map<std::string, std::size_t> count;
    for (std::size_t i = 0; i < files.size(); ++i) {
      throw_if_stopped(options_.stop);
      if (options_.progress && i % kFilesPerReport == 0) {
        options_.progress({"Recognising files", static_cast<double>(i) / static_cast<double>(files.size()),
                           fmt::format("{} of {}", i, files.size()), i, files.size()});
      }
      const std::string format = format_of(files[i]);
      if (format.empty()) {
        others_.emplace(below(dataset_.path, files[i].path),
                        CachedFile{files[i].bytes, files[i].modified, false, {}, std::nullopt});
        continue;
      }
      ++count[format];
      dataset_.entries.emplace_back(entry_of(std::move(files[i]))).format = format;
    }
    dataset_.kind = "folder";
    for (const auto& [format, number] : count) {
      if (has_class_list(format) && !has_recording_names(format) && 2 * number > dataset_.entries.size()) {
        state_kind(format);
      }
    }
  }

  /// A kind whose files have names of any form, known by their own format.
  void state_kind(const std::string& kind) {
    dataset_.kind = kind;
    dataset_.classes = class_list(kind).classes;
    std::erase_if(dataset_.entries, [&](const DatasetEntry& entry) {
      if (entry.format == kind) return false;
      ++dataset_.foreign[entry.format];
      return true;
    });
    if (kind != kKinetics) return;
    const auto labels = read_kinetics_labels(dataset_.path, dataset_.classes, options_.stop);
    for (DatasetEntry& entry : dataset_.entries) {
      const auto found = labels.find(entry.file.stem().string());
      if (found != labels.end()) entry.label_index = found->second;
    }
  }

  const CachedFile* remembered(const FolderFile& file) const {
    if (!cached_) return nullptr;
    const auto found = cached_->find(below(dataset_.path, file.path));
    if (found == cached_->end()) return nullptr;
    return found->second.bytes == file.bytes && found->second.modified == file.modified ? &found->second : nullptr;
  }

  /// Id of the reader, empty for none.
  std::string format_of(const FolderFile& file) {
    const CachedFile* known = remembered(file);
    if (known != nullptr && known->recording != known->format.empty()) return known->format;
    looked_ = true;
    const FormatReader* reader = recognise_format(file.path);
    return reader == nullptr ? std::string() : reader->id;
  }

  /// Counts what is new and takes over what was learnt of unchanged files.
  void compare_with_cache() {
    IndexChanges& changes = dataset_.changes;
    changes.cached = cached_.has_value();
    std::size_t met = 0;
    for (DatasetEntry& entry : dataset_.entries) {
      const auto found = cached_ ? cached_->find(below(dataset_.path, entry.file)) : CachedFiles::iterator();
      if (!cached_ || found == cached_->end() || !found->second.recording) {
        ++changes.added;
        continue;
      }
      ++met;
      if (found->second.bytes == entry.bytes && found->second.modified == entry.modified) {
        entry.facts = std::move(found->second.facts);
      } else {
        ++changes.changed;
      }
    }
    if (!cached_) return;
    const auto before = std::ranges::count_if(*cached_, [](const auto& row) { return row.second.recording; });
    changes.removed = static_cast<std::size_t>(before) - met;
  }

  [[noreturn]] void refuse(std::size_t listed) const {
    if (!dataset_.skipped.empty()) {
      throw Error(Code::bad_format,
                  fmt::format("{}: the skip list {} names every one of its {} recordings", dataset_.path.string(),
                              options_.skip_list.string(), dataset_.skipped.size()));
    }
    std::string known;
    for (const FormatReader& reader : formats()) known += (known.empty() ? "" : ", ") + reader.title;
    throw Error(Code::bad_format, fmt::format("{}: none of its {} files is a recording of a known format ({})",
                                              dataset_.path.string(), listed, known));
  }

  /// The smallest release that has every class found.
  void choose_edition() {
    if (!has_class_list(dataset_.kind)) return;
    int last = -1;
    for (const DatasetEntry& entry : dataset_.entries) last = std::max(last, entry.label_index);
    for (const ClassListEdition& edition : class_list(dataset_.kind).editions) {
      if (last < 0 || static_cast<std::size_t>(last) >= edition.classes) continue;
      dataset_.edition = edition.id;
      dataset_.classes.resize(edition.classes);
      return;
    }
  }

  static constexpr const char* kKinetics = "kinetics-skeleton";
  const IndexOptions& options_;
  Dataset dataset_;
  std::optional<CachedFiles> cached_;
  CachedFiles others_;   ///< looked at and found to be no recordings
  bool looked_ = false;  ///< into a file, which the cache did not know
};

}  // namespace

fs::path dataset_cache_dir() { return user_cache_dir() / "datasets"; }

std::vector<fs::path> list_recordings(const fs::path& folder, const std::stop_token& stop) {
  std::vector<FolderFile> files;
  try {
    files = walk_folder(folder, {}, stop);
  } catch (const Error& error) {
    if (error.code() == Code::cancelled) throw;
    return {};
  }
  std::vector<fs::path> recordings;
  for (FolderFile& file : files) {
    throw_if_stopped(stop);
    if (stated_by(file.path) || recognise_format(file.path) != nullptr) {
      recordings.push_back(std::move(file.path));
    }
  }
  return recordings;
}

Dataset index_dataset(const fs::path& folder, const IndexOptions& options) { return Indexer(folder, options).run(); }

Dataset index_dataset(const fs::path& folder, const std::stop_token& stop) {
  IndexOptions options;
  options.stop = stop;
  return index_dataset(folder, options);
}

}  // namespace purlscope::core
