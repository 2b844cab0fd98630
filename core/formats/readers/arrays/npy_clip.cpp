#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "core/base/progress.h"
#include "core/formats/numpy/npy.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/arrays/arrays.h"
#include "core/formats/readers/arrays/joint_array.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr double kFps = 30.0;

/// Cuts a header down to the first of several clips, which lie one after the other in C order, so that a training set
/// of many gigabytes opens. @return number of clips
std::size_t keep_first_clip(NpyHeader& header) {
  if (header.shape.size() != 5 || header.fortran) return 1;
  return std::exchange(header.shape[0], std::min<std::size_t>(header.shape[0], 1));
}

NpyArray read_array(const fs::path& file, const ReadOptions& options, Warnings& warnings) {
  throw_if_stopped(options.stop);
  NpyArray array{file.string(), parse_npy_header(file.string(), read_head(file, kMaxNpyHeader + 12)), {}};
  NpyHeader& header = array.header;
  std::error_code failure;
  const auto present = fs::file_size(file, failure);
  if (failure) throw Error(Code::io, fmt::format("{}: {}", file.string(), failure.message()));
  if (present != header.data_offset + header.size()) {
    throw format_error(file,
                       fmt::format("{} bytes follow the header, expected {} for the shape [{}]; it is truncated or "
                                   "damaged: get it again",
                                   present - header.data_offset, header.size(), fmt::join(header.shape, ", ")));
  }
  warn_of_clips(keep_first_clip(header), warnings);
  const std::size_t needed = header.size();
  if (needed > kMaxRecordingBytes) {
    throw Error(Code::limit, fmt::format("{}: {} bytes, at most {} are read; cut the recording into pieces",
                                         file.string(), needed, kMaxRecordingBytes));
  }
  array.bytes.resize(needed);
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(header.data_offset));
  if (!in.read(array.bytes.data(), static_cast<std::streamsize>(needed))) {
    throw Error(Code::io, fmt::format("{}: cannot be read to its end", file.string()));
  }
  throw_if_stopped(options.stop);
  return array;
}

}  // namespace

bool matches_npy(const fs::path& file, std::string_view head) {
  return head.starts_with("\x93NUMPY") || file.extension() == ".npy";
}

Clip read_npy(const fs::path& file, const ReadOptions& options) {
  Warnings warnings;
  const NpyArray array = read_array(file, options, warnings);
  const std::vector<std::size_t>& shape = array.header.shape;
  const auto layout = choose_layout(file, options, {}, shape);
  const std::string axes = choose_axes(file.string(), shape, usual_axes(), *layout, warnings);
  const JointArray joints = arrange(array.floats(), shape, axes, array.header.fortran);
  warn_of_clips(axes[0] == 'N' ? shape[0] : 1, warnings);
  Clip clip = clip_of(file, "npy", layout, joints, usual_meaning(joints, *layout), options, options.fps.value_or(kFps),
                      warnings);
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
