#include "core/formats/dataset/index/folder_walk.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "core/formats/registry.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr int kMaxDepth = 4;  // folders below the one named
constexpr std::size_t kMaxFiles = 1'000'000;
constexpr std::size_t kFilesPerReport = 4096;
constexpr std::int64_t kNanoseconds = 1'000'000'000;

void append(std::vector<FolderFile>& files, const fs::path& path, bool folder) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return;  // gone since it was listed
  files.push_back({path, folder ? 0 : static_cast<std::uint64_t>(status.st_size),
                   status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec});
}

}  // namespace

std::vector<FolderFile> walk_folder(const fs::path& folder, const ProgressFn& progress, const std::stop_token& stop) {
  std::vector<FolderFile> files;
  std::error_code failure;
  auto entry = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, failure);
  for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    throw_if_stopped(stop);
    if (entry.depth() >= kMaxDepth) entry.disable_recursion_pending();
    std::error_code ignored;
    if (entry->is_directory(ignored)) {
      if (recognise_format(entry->path()) == nullptr) continue;
      entry.disable_recursion_pending();  // the folder is one recording
      append(files, entry->path(), true);
    } else if (entry->is_regular_file(ignored)) {
      append(files, entry->path(), false);
    }
    if (files.size() > kMaxFiles) {
      throw Error(Code::limit,
                  fmt::format("{}: more than {} files; name a folder with fewer", folder.string(), kMaxFiles));
    }
    if (progress && files.size() % kFilesPerReport == 1) {
      progress({"Listing files", -1.0, fmt::format("{}", files.size()), files.size(), 0});
    }
  }
  if (failure) throw Error(Code::io, fmt::format("{}: {}", folder.string(), failure.message()));
  std::ranges::sort(files, {}, [](const FolderFile& file) -> const std::string& { return file.path.native(); });
  return files;
}

std::string below(const fs::path& folder, const fs::path& file) {
  const std::string& root = folder.native();
  const std::size_t cut = root.size() + (root.ends_with('/') ? 0 : 1);
  return cut < file.native().size() ? file.native().substr(cut) : file.native();
}

}  // namespace purlscope::core
