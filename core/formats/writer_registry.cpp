#include "core/formats/writer_registry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/formats/writers/writers.h"

namespace purlscope::core {
namespace fs = std::filesystem;

std::span<const FormatWriter> writers() {
  static const std::vector<FormatWriter> all = {
      {"purlrec", "Purlscope recording", {".purlrec"}, write_purlrec},
      {"npz", "NumPy archive", {".npz"}, write_npz_clip},
      {"csv", "Table of positions", {".csv"}, write_csv_clip},
      {"bvh", "BVH", {".bvh"}, write_bvh_clip},
  };
  return all;
}

const FormatWriter* writer_by_id(std::string_view id) {
  const auto found = std::ranges::find(writers(), id, &FormatWriter::id);
  return found == writers().end() ? nullptr : &*found;
}

const FormatWriter& writer_for(const fs::path& file) {
  const std::string extension = lower_ascii(file.extension().string());
  const auto found = std::ranges::find_if(writers(), [&](const FormatWriter& writer) {
    return std::ranges::find(writer.extensions, extension) != writer.extensions.end();
  });
  if (found != writers().end()) return *found;
  std::string known;
  for (const FormatWriter& writer : writers()) {
    known += fmt::format("{}{} ({})", known.empty() ? "" : ", ", writer.title, fmt::join(writer.extensions, " "));
  }
  throw Error(Code::bad_argument,
              fmt::format("{}: cannot be written with the extension '{}'; known: {}", file.string(), extension, known));
}

std::vector<std::string> write_clip(const Clip& clip, const fs::path& file, const WriteOptions& options) {
  throw_if_stopped(options.stop);
  return writer_for(file).write(clip, file, options);
}

}  // namespace purlscope::core
