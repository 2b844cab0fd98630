#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/lab.h"

namespace purlscope::core {

/// What reading a clip taught about it.
struct ClipFacts {
  std::uint32_t frames = 0;
  std::uint32_t seen = 0;      ///< frames in which some joint of somebody is known
  std::uint32_t warnings = 0;  ///< of its reader
  double seconds = 0.0;
  std::uint64_t content = 0;  ///< hash of all positions: equal for recordings that repeat another
  std::string layout;
  std::string label;  ///< class name as the file states it, empty for none
  std::string error;  ///< why it cannot be read; then all else is empty

  bool operator==(const ClipFacts&) const = default;
};

/// A clip file of a data set, known by its name alone unless it has been read.
struct DatasetEntry {
  std::filesystem::path file;
  int label_index = -1;  ///< 0-based class, -1 unknown
  std::string subject, camera, repetition, setup;
  std::string format;              ///< id of its reader, as far as known without reading
  std::uint64_t bytes = 0;         ///< of the file; 0 for a recording that is a folder
  std::int64_t modified = 0;       ///< time of the last change, nanoseconds of the file clock
  std::optional<ClipFacts> facts;  ///< of this state of the file; none until somebody checked it
};

/// How a folder differs from what the index cache remembers of it.
struct IndexChanges {
  bool cached = false;  ///< a usable cache was there; otherwise every file counts as added
  std::size_t added = 0, removed = 0, changed = 0;
};

/// Index of a folder.
struct Dataset {
  std::string kind;     ///< "ntu-rgbd", "utd-mhad", ... (class_list_kinds()), "folder" for any recordings
  std::string edition;  ///< smaller release that holds all classes found: "ntu60"; else empty
  std::filesystem::path path;
  std::vector<std::string> classes;  ///< of a published set all it has; of a folder the labels known so far
  std::vector<DatasetEntry> entries;
  bool untrimmed = false;                      ///< recordings hold many actions, so that no name states a class
  std::map<std::string, std::size_t> foreign;  ///< recordings of other kinds in the folder, left out: kind, number
  std::vector<std::string> skipped;            ///< names that the skip list took out
  IndexChanges changes;
};

struct IndexOptions {
  /// Folder for index caches; empty = without. A cache that is damaged, of another version or unwritable is ignored.
  std::filesystem::path cache;
  /// A text file that names samples to leave out, one a line ("S001C002P005R002A008", with or without ending), as the
  /// list of NTU samples with missing skeletons does. Other lines are taken for its heading.
  std::filesystem::path skip_list;
  ProgressFn progress;
  std::stop_token stop;
};

/// Where the program keeps index caches: `datasets` in user_cache_dir().
std::filesystem::path dataset_cache_dir();

/// Recognises a folder by its file names, else by the first bytes of its files, and lists it; reads no clip. What the
/// cache remembers of unchanged files is taken over.
/// @throws Error{Code::not_found} for a missing folder or skip list, Error{Code::bad_format} when no readable clip lies
///         in it, Error{Code::limit} beyond a million files, Error{Code::cancelled}
Dataset index_dataset(const std::filesystem::path& folder, const IndexOptions& options);
/// The same without cache and skip list.
Dataset index_dataset(const std::filesystem::path& folder, const std::stop_token& stop = {});

/// Reads every clip whose facts are not known yet, on all cores, and notes them in the entries and in the cache (also
/// when it is cancelled, so that the next check goes on from there). Classes of a mixed folder become known by it.
/// `options.progress` is called on the calling thread. @throws Error{Code::cancelled}
void check_dataset(Dataset& dataset, const IndexOptions& options);

/// Something a user of a data set should know.
struct DatasetProblem {
  /// Found by the index alone: "unknown-class", "missing-recordings", "same-name", "other-data-set", "mixed-formats",
  /// "empty-file". Found in clips that were read: "unreadable", "no-skeleton", "too-short", "repeat", "mixed-layouts".
  std::string kind;
  std::string text;                          ///< one sentence, files named as below the folder
  std::vector<std::filesystem::path> files;  ///< that it is about; empty = the folder
};

/// All that is wrong as far as known: without check_dataset() only what names tell.
std::vector<DatasetProblem> dataset_problems(const Dataset& dataset);

/// Every recording in a folder and below, of whatever format and data set, by name or first bytes; sorted.
/// Empty when there is none or the folder cannot be listed.
std::vector<std::filesystem::path> list_recordings(const std::filesystem::path& folder, const std::stop_token& stop);

/// Reads every clip of a data set with the rules of the field: sequences under 4 frames dropped (MSR-Action3D under 8),
/// all-zero frames absent; problems are listed. `texts`: description tables to take labels from (a table serves the
/// set when its name contains the kind, or its row count equals the class count); without one, tables in a `texts`
/// folder beside the data set's parent folders are used, else the bundled bank.
ClipSet load_clip_set(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& texts,
                      const ProgressFn& progress = {}, std::stop_token stop = {});
/// The same of a folder that is indexed already: entries taken out of it are not read.
/// @param wordings Wordings::all takes every table of `texts` that serves the set
ClipSet load_clip_set(Dataset dataset, const std::vector<std::filesystem::path>& texts, const ProgressFn& progress = {},
                      std::stop_token stop = {}, Wordings wordings = Wordings::first);

/// Resolves `--split`: a published name ("ru5"; where releases share one, that of the release with as many classes as
/// `target`), `random:N:SEED`, a file of class names, or a split file of our own
/// (core/formats/dataset/split/own_split.h).
/// @return class indices in the order of the split
/// @throws Error{Code::bad_argument} naming the splits known for the kind
std::vector<int> resolve_split(const ClipSet& target, const std::string& split);

/// What a zero-shot problem is made of.
struct LabSource {
  std::filesystem::path dataset;
  std::string split;  ///< as resolve_split() takes it
  /// A recording split (recording_splits()) on top, empty for none: of the seen classes only the clips of its training
  /// side remain, of the unseen classes only those of its test side.
  std::string recordings;
  std::filesystem::path skip_list;           ///< as of IndexOptions; holds for every folder
  std::vector<std::filesystem::path> with;   ///< folders of further training sets
  std::vector<std::filesystem::path> texts;  ///< description tables
  Wordings wordings = Wordings::first;       ///< of the description tables
  /// Keeps the first so many classes of `dataset`, as its smaller releases have them; 0 = all.
  std::size_t classes = 0;
};

/// Everything `train` and `evaluate` need. Same-meaning classes (resources/datasets/same_meaning.json) of the unseen
/// ones are listed in `left_out`.
/// @throws Error{Code::bad_argument} as resolve_split(); for a recording split that the data set does not have, naming
///         those it has, or that leaves no clip; for a folder named twice; for a table that serves no data set; for
///         Wordings::all where none is served by two; for `classes` beyond those of the data set
LabData load_lab_data(const LabSource& source, const ProgressFn& progress = {}, const std::stop_token& stop = {});
/// The same of all recordings.
LabData load_lab_data(const std::filesystem::path& dataset, const std::string& split,
                      const std::vector<std::filesystem::path>& with, const std::vector<std::filesystem::path>& texts,
                      const ProgressFn& progress = {}, const std::stop_token& stop = {});

}  // namespace purlscope::core
