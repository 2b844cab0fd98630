#include "core/formats/readers/depth/side_file.h"

#include <algorithm>
#include <system_error>

#include "core/base/ascii.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr int kLevelsUp = 2;
constexpr std::size_t kMaxEntries = 20'000;  // of a folder that is searched

bool is_label_folder(const fs::path& folder) {
  return lower_ascii(folder.filename().string()).find("label") != std::string::npos;
}

std::vector<fs::path> label_folders(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failure;
  std::size_t entries = 0;
  for (auto entry = fs::directory_iterator(folder, failure); !failure && entry != fs::directory_iterator();
       entry.increment(failure)) {
    std::error_code ignored;
    if (++entries > kMaxEntries) break;
    if (is_label_folder(entry->path()) && entry->is_directory(ignored)) found.push_back(entry->path());
  }
  std::ranges::sort(found);
  return found;
}

bool is_file_other_than(const fs::path& file, const fs::path& recording) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored) && !fs::equivalent(file, recording, ignored);
}

}  // namespace

std::optional<fs::path> find_label_file(const fs::path& recording, const std::string& name) {
  std::error_code failure;
  fs::path folder = fs::absolute(recording, failure).parent_path();
  for (int level = 0; !failure && level <= kLevelsUp; ++level, folder = folder.parent_path()) {
    if (is_file_other_than(folder / name, recording)) return folder / name;
    for (const fs::path& labels : label_folders(folder)) {
      if (is_file_other_than(labels / name, recording)) return labels / name;
      for (const fs::path& inner : label_folders(labels)) {
        if (is_file_other_than(inner / name, recording)) return inner / name;
      }
    }
  }
  return std::nullopt;
}

void sort_segments(std::vector<Segment>& segments) {
  std::erase_if(segments, [](const Segment& segment) { return segment.end <= segment.begin; });
  std::ranges::stable_sort(segments, {}, &Segment::begin);
}

}  // namespace purlscope::core
