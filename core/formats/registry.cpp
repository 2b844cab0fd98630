#include "core/formats/registry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/formats/readers/readers.h"
#include "core/formats/readers/source.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kHeadBytes = 4096;

std::string known_formats() {
  std::string list;
  for (const FormatReader& reader : formats()) {
    list += list.empty() ? "" : ", ";
    list += fmt::format("{} ({})", reader.title, fmt::join(reader.patterns, " "));
  }
  return list;
}

/// What a file of this ending would be known by; empty for an ending of no format.
std::string missing_sign(const fs::path& file) {
  const std::string pattern = "*" + lower_ascii(file.extension().string());
  for (const FormatReader& reader : formats()) {
    if (std::ranges::find(reader.patterns, pattern) == reader.patterns.end()) continue;
    return fmt::format(" {} expects of {}: {}.", reader.title, pattern, reader.sign);
  }
  return {};
}

void check_file(const fs::path& file) {
  std::error_code failure;
  const fs::file_status status = fs::status(file, failure);
  if (status.type() == fs::file_type::none) {
    throw Error(Code::io, fmt::format("{}: {}; check the name and that you may read its folder", file.string(),
                                      failure.message()));
  }
  if (!fs::exists(status)) {
    throw Error(Code::not_found, fmt::format("{}: no such file; check the spelling and the folder", file.string()));
  }
  if (fs::is_directory(status)) {
    throw Error(Code::bad_argument,
                fmt::format("{}: is a folder, expected one recording; open it as a data set, or name "
                            "a file inside it",
                            file.string()));
  }
  if (!fs::is_regular_file(status)) {
    throw Error(Code::bad_argument, fmt::format("{}: is no ordinary file, expected one recording", file.string()));
  }
}

}  // namespace

std::span<const FormatReader> formats() {
  static const std::array<FormatReader, 4> all = {{
      {"ntu-skeleton",
       "NTU RGB+D skeleton",
       {"*.skeleton"},
       "counts of frames and bodies, then rows of 10 numbers a body and 12 a joint",
       matches_ntu_skeleton,
       read_ntu_skeleton},
      {"utd-mhad", "UTD-MHAD", {"*.mat"}, "a MATLAB 5.0 header", matches_utd_mhad, read_utd_mhad},
      {"nw-ucla", "NW-UCLA", {"*.json"}, "a list \"skeletons\" of frames", matches_nw_ucla, read_nw_ucla},
      {"msr-action3d",
       "MSR-Action3D Real3D",
       {"*.txt"},
       "a name like a01_s01_e01_skeleton3D.txt, or rows of x y z confidence that are frames of 20 joints in metres",
       matches_msr_action3d,
       read_msr_action3d},
  }};
  return all;
}

ClipPtr read_clip(const fs::path& file, const ReadOptions& options) {
  check_file(file);
  throw_if_stopped(options.stop);
  const std::string head = read_head(file, kHeadBytes);
  if (head.empty()) throw format_error(file, "the file is empty, expected a recording");
  for (const FormatReader& reader : formats()) {
    if (reader.matches(file, head)) return std::make_shared<const Clip>(reader.read(file, options));
  }
  throw Error(Code::unsupported, fmt::format("{}: no known recording format.{} Known: {}", file.string(),
                                             missing_sign(file), known_formats()));
}

}  // namespace purlscope::core
