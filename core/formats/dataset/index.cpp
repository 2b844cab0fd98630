#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/formats/class_list.h"
#include "core/formats/dataset.h"
#include "core/formats/recording_name.h"
#include "core/formats/registry.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr int kMaxDepth = 4;  // folders below the one named
constexpr std::size_t kMaxFiles = 1'000'000;

std::vector<fs::path> list_files(const fs::path& folder, const std::stop_token& stop) {
  std::vector<fs::path> files;
  std::error_code failure;
  auto entry = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, failure);
  for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    throw_if_stopped(stop);
    if (entry.depth() >= kMaxDepth) entry.disable_recursion_pending();
    std::error_code ignored;
    if (entry->is_directory(ignored) && recognise_format(entry->path()) != nullptr) {
      entry.disable_recursion_pending();  // the folder is one recording
    } else if (!entry->is_regular_file(ignored)) {
      continue;
    }
    files.push_back(entry->path());
    if (files.size() > kMaxFiles) {
      throw Error(Code::limit,
                  fmt::format("{}: more than {} files; name a folder with fewer", folder.string(), kMaxFiles));
    }
  }
  if (failure) throw Error(Code::io, fmt::format("{}: {}", folder.string(), failure.message()));
  std::sort(files.begin(), files.end());
  return files;
}

std::string tag(const RecordingName& name, const char* key) {
  const auto found = name.tags.find(key);
  return found == name.tags.end() ? std::string() : found->second;
}

Dataset index_by_content(const fs::path& folder, const std::vector<fs::path>& files, const std::stop_token& stop) {
  Dataset dataset{"folder", folder, {}, {}};
  for (const fs::path& file : files) {
    throw_if_stopped(stop);
    if (recognise_format(file) != nullptr) dataset.entries.push_back({file, -1, {}, {}, {}});
  }
  if (dataset.entries.empty()) {
    std::string known;
    for (const FormatReader& reader : formats()) known += (known.empty() ? "" : ", ") + reader.title;
    throw Error(Code::bad_format, fmt::format("{}: none of its {} files is a recording of a known format ({})",
                                              folder.string(), files.size(), known));
  }
  return dataset;
}

}  // namespace

std::vector<fs::path> list_recordings(const fs::path& folder, const std::stop_token& stop) {
  std::vector<fs::path> files;
  try {
    files = list_files(folder, stop);
  } catch (const Error& error) {
    if (error.code() == Code::cancelled) throw;
    return {};
  }
  std::erase_if(files, [&](const fs::path& file) {
    throw_if_stopped(stop);
    return !parse_recording_name(file) && recognise_format(file) == nullptr;
  });
  return files;
}

Dataset index_dataset(const fs::path& folder, const std::stop_token& stop) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    throw Error(Code::not_found,
                fmt::format("{}: {}", folder.string(),
                            fs::exists(folder, ignored) ? "is a file, expected the folder of a data set"
                                                        : "no such folder; check the spelling"));
  }
  const std::vector<fs::path> files = list_files(folder, stop);
  std::map<std::string, std::vector<DatasetEntry>> by_kind;
  for (const fs::path& file : files) {
    const auto name = parse_recording_name(file);
    if (!name) continue;
    by_kind[name->kind].push_back({file, class_of_action(name->kind, name->action), tag(*name, "subject"),
                                   tag(*name, "camera"), tag(*name, "repetition")});
  }
  if (by_kind.empty()) return index_by_content(folder, files, stop);
  const auto largest = std::max_element(by_kind.begin(), by_kind.end(),
                                        [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  return {largest->first, folder, class_list(largest->first).classes, std::move(largest->second)};
}

}  // namespace purlscope::core
