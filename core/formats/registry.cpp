#include "core/formats/registry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "core/base/ascii.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/arrays/arrays.h"
#include "core/formats/readers/depth/depth_readers.h"
#include "core/formats/readers/mocap/mocap.h"
#include "core/formats/readers/planar/planar_readers.h"
#include "core/formats/readers/readers.h"

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

/// Formats whose files have this ending, as a sentence; empty for an ending of no format.
std::string readers_of_ending(const fs::path& file) {
  const std::string pattern = fmt::format("*{}", lower_ascii(file.extension().string()));
  std::string titles;
  for (const FormatReader& reader : formats()) {
    if (std::ranges::find(reader.patterns, pattern) == reader.patterns.end()) continue;
    titles += (titles.empty() ? "" : ", ") + reader.title;
  }
  return titles.empty() ? titles : fmt::format(" Of {} files these are read: {}.", pattern, titles);
}

void check_path(const fs::path& file) {
  std::error_code failure;
  const fs::file_status status = fs::status(file, failure);
  if (status.type() == fs::file_type::none) {
    throw Error(Code::io, fmt::format("{}: {}; check the name and that you may read its folder", file.string(),
                                      failure.message()));
  }
  if (!fs::exists(status)) {
    throw Error(Code::not_found, fmt::format("{}: no such file; check the spelling and the folder", file.string()));
  }
  if (!fs::is_regular_file(status) && !fs::is_directory(status)) {
    throw Error(Code::bad_argument, fmt::format("{}: is no ordinary file, expected one recording", file.string()));
  }
}

const FormatReader& reader_by_id(const std::string& id) {
  const auto found = std::ranges::find(formats(), id, &FormatReader::id);
  if (found != formats().end()) return *found;
  std::string known;
  for (const FormatReader& reader : formats()) known += (known.empty() ? "" : ", ") + reader.id;
  throw Error(Code::bad_argument, fmt::format("no recording format '{}'; known: {}", id, known));
}

const FormatReader* find_reader(const fs::path& file, bool folder, std::string_view head) {
  const auto found = std::ranges::find_if(
      formats(), [&](const FormatReader& reader) { return reader.folder == folder && reader.matches(file, head); });
  return found == formats().end() ? nullptr : &*found;
}

/// @throws Error as read_clip()
const FormatReader& choose_reader(const fs::path& file, const std::string& id) {
  check_path(file);
  const bool folder = fs::is_directory(file);
  if (!id.empty()) {
    const FormatReader& reader = reader_by_id(id);
    if (reader.folder == folder) return reader;
    throw Error(Code::bad_argument, fmt::format("{}: is a {}, the format {} needs a {}", file.string(),
                                                folder ? "folder" : "file", id, folder ? "file" : "folder"));
  }
  if (folder) {
    if (const FormatReader* reader = find_reader(file, true, {})) return *reader;
    throw Error(Code::bad_argument,
                fmt::format("{}: is a folder, expected one recording; open it as a data set, or name "
                            "a file inside it",
                            file.string()));
  }
  const std::string head = read_head(file, kHeadBytes);
  if (head.empty()) throw format_error(file, "the file is empty, expected a recording");
  if (const FormatReader* reader = find_reader(file, false, head)) return *reader;
  throw Error(Code::unsupported, fmt::format("{}: no known recording format.{} Known: {}", file.string(),
                                             readers_of_ending(file), known_formats()));
}

}  // namespace

std::span<const FormatReader> formats() {
  // clang-format off
  static const std::vector<FormatReader> all = {
      {"purlrec", "Purlscope recording", {"*.purlrec"}, matches_purlrec, read_purlrec},
      {"ntu-skeleton", "NTU RGB+D skeleton", {"*.skeleton"}, matches_ntu_skeleton, read_ntu_skeleton},
      {"uwa3d-ii", "UWA3D Multiview Activity II", {"*.txt", "*.csv", "*.mat"}, matches_uwa3d, read_uwa3d},  // before UTD
      {"utd-mhad", "UTD-MHAD", {"*.mat"}, matches_utd_mhad, read_utd_mhad},
      {"nw-ucla", "NW-UCLA", {"*.json"}, matches_nw_ucla, read_nw_ucla},
      {"msr-action3d", "MSR-Action3D Real3D", {"*.txt"}, matches_msr_action3d, read_msr_action3d},
      {"pku-mmd", "PKU-MMD", {"*.txt"}, matches_pku_mmd, read_pku_mmd},
      {"utkinect", "UTKinect-Action3D", {"*.txt"}, matches_utkinect, read_utkinect},
      {"openpose", "OpenPose folder", {"*.json"}, matches_openpose_folder, read_openpose_folder, true},
      {"openpose-frame", "OpenPose frame", {"*.json"}, matches_openpose_file, read_openpose_file},
      {"pyskl", "PYSKL JSON", {"*.json"}, matches_pyskl, read_pyskl},
      {"kinetics-skeleton", "Kinetics-skeleton", {"*.json"}, matches_kinetics_skeleton, read_kinetics_skeleton},
      {"coco-keypoints", "COCO keypoints", {"*.json"}, matches_coco_keypoints, read_coco_keypoints},
      {"mmpose", "MMPose predictions", {"*.json"}, matches_mmpose, read_mmpose},
      {"npy", "NumPy array", {"*.npy"}, matches_npy, read_npy},
      {"npz", "NumPy archive", {"*.npz"}, matches_npz, read_npz},
      {"bvh", "BVH", {"*.bvh"}, matches_bvh, read_bvh},
      {"amc", "Acclaim AMC", {"*.amc"}, matches_amc, read_amc},
      {"c3d", "C3D", {"*.c3d"}, matches_c3d, read_c3d},
      {"csv", "Table of positions", {"*.csv", "*.tsv"}, matches_csv, read_csv},
  };
  // clang-format on
  return all;
}

const FormatReader* recognise_format(const fs::path& file) {
  try {
    return &choose_reader(file, {});
  } catch (const Error&) {
    return nullptr;  // reading it by name reports why
  } catch (const fs::filesystem_error&) {
    return nullptr;
  }
}

ClipPtr read_clip(const fs::path& file, const ReadOptions& options) {
  throw_if_stopped(options.stop);
  return std::make_shared<const Clip>(choose_reader(file, options.format).read(file, options));
}

}  // namespace purlscope::core
