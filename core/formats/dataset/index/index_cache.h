#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include "core/formats/dataset.h"

namespace purlscope::core {

/// What the cache remembers of a file; it holds while size and time of the file are the same.
struct CachedFile {
  std::uint64_t bytes = 0;
  std::int64_t modified = 0;
  bool recording = false;  ///< false: looked at and found to be none
  std::string format;
  std::optional<ClipFacts> facts;
};

/// By path below the folder.
using CachedFiles = std::unordered_map<std::string, CachedFile>;

/// The cache of a folder: one file in `cache`, named by a hash of the folder's true path.
std::filesystem::path index_cache_file(const std::filesystem::path& cache, const std::filesystem::path& folder);

/// Empty when there is none, or it is damaged, of another folder, or of a program that knows other formats.
std::optional<CachedFiles> read_index_cache(const std::filesystem::path& cache, const std::filesystem::path& folder);

/// Replaces the cache of a folder as a whole. Failing is logged, nothing else: the cache only saves time.
/// @param rest  what else to remember: files that are no recordings, recordings that a skip list left out
void write_index_cache(const std::filesystem::path& cache, const std::filesystem::path& folder,
                       std::span<const DatasetEntry> entries, const CachedFiles& rest);

}  // namespace purlscope::core
