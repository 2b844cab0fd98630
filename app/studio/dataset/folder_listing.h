#pragma once

#include <QString>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/formats/dataset.h"
#include "core/formats/dataset/check/summary.h"

namespace purlscope::app {

/// A folder as it was indexed, with what the library tells of it. Made once on the thread that indexes, then shared
/// unchanged: clips are read when somebody looks at them.
struct FolderListing {
  core::Dataset dataset;
  core::DatasetSummary summary;
  std::vector<core::DatasetProblem> problems;
};
using FolderListingPtr = std::shared_ptr<const FolderListing>;

/// Takes milliseconds for a hundred thousand clips. Thread: any.
FolderListingPtr make_listing(core::Dataset dataset);
/// Files of which nothing but the path is known. Thread: any.
FolderListingPtr make_file_listing(const std::vector<std::filesystem::path>& files);

/// Index of a file among the entries.
std::optional<std::uint32_t> entry_of(const FolderListing& listing, const std::filesystem::path& file);
/// The same of several, ascending; files that are not listed are left out.
std::vector<std::uint32_t> entries_of(const FolderListing& listing, const std::vector<std::filesystem::path>& files);

/// "NW-UCLA", without what the full title adds in brackets; a folder of any recordings is called as it is named.
QString listing_title(const FolderListing& listing);
/// "1,484 clips · 10 classes · 10 subjects · 3 cameras", without what is not known.
QString listing_facts(const FolderListing& listing);

/// File name without ending, blanks for underscores.
QString clip_title(const std::filesystem::path& file);
/// "subject 1 · camera 2 · take 3", empty when the name states none of them.
QString entry_detail(const core::DatasetEntry& entry);
/// The two halves of it, for narrow lists: "subject 1 · take 3" and "camera 2".
QString entry_who(const core::DatasetEntry& entry);
QString entry_camera(const core::DatasetEntry& entry);
/// Name of the class, empty when it is not known.
QString entry_class(const core::Dataset& dataset, const core::DatasetEntry& entry);

}  // namespace purlscope::app
