#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/lab.h"

namespace purlscope::core {

/// A clip file of a data set, known by its name alone (nothing read yet).
struct DatasetEntry {
  std::filesystem::path file;
  int label_index = -1;  ///< 0-based class, -1 unknown
  std::string subject, camera, repetition;
};

/// Index of a folder.
struct Dataset {
  std::string kind;  ///< "utd-mhad", "nw-ucla", "msr-action3d", "ntu-rgbd", "folder"
  std::filesystem::path path;
  std::vector<std::string> classes;
  std::vector<DatasetEntry> entries;
};

/// Recognises a folder by its file names and lists it; quick, reads no clip.
/// @throws Error{Code::not_found} for a missing folder, Error{Code::bad_format} when no readable clip lies in it.
Dataset index_dataset(const std::filesystem::path& folder, const std::stop_token& stop = {});

/// Every recording in a folder and below, of whatever format and data set, by name or first bytes; sorted.
/// Empty when there is none or the folder cannot be listed.
std::vector<std::filesystem::path> list_recordings(const std::filesystem::path& folder, const std::stop_token& stop);

/// Reads every clip of a data set with the rules of the field: sequences under 4 frames dropped (MSR-Action3D under 8),
/// all-zero frames absent; problems are listed. `texts`: description tables to take labels from (a table serves the
/// set when its name contains the kind, or its row count equals the class count); without one, tables in a `texts`
/// folder beside the data set's parent folders are used, else the bundled bank.
ClipSet load_clip_set(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& texts,
                      const ProgressFn& progress = {}, std::stop_token stop = {});

/// Resolves `--split`: a published name ("ru5"), `random:N:SEED`, or a file of class names.
/// @return class indices in the order of the split
/// @throws Error{Code::bad_argument} naming the splits known for the kind
std::vector<int> resolve_split(const ClipSet& target, const std::string& split);

/// Everything `train` and `evaluate` need. Same-meaning classes (resources/datasets/same_meaning.json) of the unseen
/// ones are listed in `left_out`.
LabData load_lab_data(const std::filesystem::path& dataset, const std::string& split,
                      const std::vector<std::filesystem::path>& with, const std::vector<std::filesystem::path>& texts,
                      const ProgressFn& progress = {}, const std::stop_token& stop = {});

}  // namespace purlscope::core
