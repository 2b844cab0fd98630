#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/formats/numpy/npz_reader.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/arrays/arrays.h"
#include "core/formats/readers/arrays/joint_array.h"
#include "core/formats/readers/arrays/own_npz.h"
#include "core/formats/recording_name.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr double kFps = 30.0;
constexpr float kVisible = 0.5F;  // MediaPipe's own threshold for a landmark to be drawn

/// An array that people keep joint positions in.
struct Positions {
  const char* name;
  std::vector<std::string> axes;
};

const std::vector<Positions>& positions() {
  static const std::vector<Positions> all = {{"joints", {"MTVC", "TVC"}}, {"keypoint", {"MTVC", "TVC"}},
                                             {"world", {"TVC"}},          {"x", usual_axes()},
                                             {"data", usual_axes()},      {"arr_0", usual_axes()}};
  return all;
}

const Positions& find_positions(const fs::path& file, const NpzArchive& archive) {
  const auto found =
      std::ranges::find_if(positions(), [&](const Positions& candidate) { return archive.has(candidate.name); });
  if (found != positions().end()) return *found;
  std::vector<std::string> names;
  for (const std::string& name : archive.names()) {
    if (names.size() == 12) break;
    names.push_back(excerpt(name));
  }
  throw format_error(file,
                     fmt::format("no joint positions in it: found {}, expected one of joints, keypoint, world, x, "
                                 "data, arr_0",
                                 names.empty() ? "no array" : fmt::format("{}", fmt::join(names, ", "))));
}

std::vector<std::string> stated_axes(NpzArchive& archive, const Positions& found) {
  const std::string axes = npz_text(archive, "axes").value_or("");
  if (axes.empty()) return found.axes;
  if (std::ranges::find(usual_axes(), axes) == usual_axes().end()) {
    throw Error(Code::bad_format, fmt::format("{}: axes is {}, expected one of {}", archive.place("axes"),
                                              excerpt(axes), fmt::join(usual_axes(), ", ")));
  }
  return {axes};
}

/// `keypoint_score` as [M, T, V]. Empty when there is none. @throws Error{Code::shape_mismatch}
std::vector<float> read_scores(NpzArchive& archive, const JointArray& joints) {
  if (!archive.has("keypoint_score")) return {};
  const NpyArray array = archive.read("keypoint_score");
  const std::vector<std::size_t>& shape = array.header.shape;
  const std::vector<std::size_t> expected = {joints.persons, joints.frames, joints.joints};
  const bool one_person = shape.size() == 2 && joints.persons == 1 && shape[0] == joints.frames;
  if (shape != expected && !(one_person && shape[1] == joints.joints)) {
    throw Error(Code::shape_mismatch, fmt::format("{}: the shape is [{}], expected [{}] as of the positions",
                                                  array.place, fmt::join(shape, ", "), fmt::join(expected, ", ")));
  }
  return arrange(array.floats(), shape, shape.size() == 3 ? "MTV" : "TV", array.header.fortran).values;
}

/// Metres of one unit of the file.
float metres(NpzArchive& archive, Clip& clip) {
  const std::string unit = npz_text(archive, "unit").value_or("");
  if (unit.empty() || clip.layout->planar) return 1.0F;
  constexpr std::array<std::pair<const char*, float>, 3> kUnits = {{{"m", 1.0F}, {"cm", 0.01F}, {"mm", 0.001F}}};
  for (const auto& [name, scale] : kUnits) {
    if (unit != name) continue;
    clip.unit = unit;
    return scale;
  }
  throw Error(Code::bad_format,
              fmt::format("{}: the unit is {}, expected m, cm or mm", archive.place("unit"), excerpt(unit)));
}

void scale_positions(Clip& clip, float scale) {
  if (scale == 1.0F) return;
  for (Person& person : clip.persons) {
    for (Vec3& joint : person.joints) {
      for (float& value : joint) value *= scale;
    }
  }
}

/// Time stamps of the file, in seconds from the first, where it has them. Of the frames at the end that were left out
/// none are kept.
void set_times(NpzArchive& archive, Clip& clip, std::size_t frames_of_file) {
  if (!archive.has("times")) return;
  clip.times = checked_times(archive.read("times"), frames_of_file);
  clip.times.resize(clip.frames);
}

/// What a sample of PYSKL says beside its positions.
void set_label(NpzArchive& archive, Clip& clip) {
  if (const auto name = npz_text(archive, "frame_dir")) {
    clip.tags["frame_dir"] = *name;
    if (const auto recording = parse_recording_name(*name + ".skeleton")) {
      state_label(clip, *recording, class_of_action(recording->kind, recording->action));
    }
  }
  if (!archive.has("label")) return;
  if (const auto name = npz_text(archive, "label")) {
    clip.label = *name;
    return;
  }
  const auto index = npz_number(archive, "label");
  if (!index || !(*index >= 0 && *index <= std::numeric_limits<int>::max())) return;
  const int label_index = static_cast<int>(*index);
  if (clip.label_index != label_index) clip.label.reset();  // another data set's classes
  clip.label_index = label_index;
}

Clip read_foreign(const fs::path& file, NpzArchive& archive, const ReadOptions& options) {
  const Positions& found = find_positions(file, archive);
  NpyArray array = archive.read(found.name);
  const std::vector<std::size_t>& shape = array.header.shape;
  if (array.header.is_text()) throw format_error(file, fmt::format("{} are names, expected positions", found.name));
  Warnings warnings;
  const auto layout = choose_layout(file, options, npz_text(archive, "layout").value_or(""), shape);
  const std::string axes = choose_axes(array.place, shape, stated_axes(archive, found), *layout, warnings);
  warn_of_clips(axes[0] == 'N' ? shape[0] : 1, warnings);
  const JointArray joints = arrange(array.floats(), shape, axes, array.header.fortran);
  array.bytes = {};
  JointMeaning meaning = usual_meaning(joints, *layout);
  meaning.scores = read_scores(archive, joints);
  if (std::string_view(found.name) == "world") {
    meaning.scale = {1.0F, -1.0F, -1.0F};
    meaning.sure = kVisible;
  }
  const auto fps = npz_number(archive, "fps");
  if (fps && !(*fps > 0.0 && *fps <= kMaxFps)) {
    throw Error(Code::bad_format,
                fmt::format("{}: {} frames per second, expected 0 to {}", archive.place("fps"), *fps, kMaxFps));
  }
  Clip clip =
      clip_of(file, "npz", layout, joints, meaning, options, fps.value_or(options.fps.value_or(kFps)), warnings);
  scale_positions(clip, metres(archive, clip));
  set_times(archive, clip, joints.frames);
  set_label(archive, clip);
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace

bool matches_npz(const fs::path& file, std::string_view head) {
  if (file.extension() == ".npz") return true;
  constexpr std::size_t kNameAt = 30;  // of a zip's local file header; its length stands 4 bytes before
  if (!head.starts_with("PK\3\4") || head.size() < kNameAt) return false;
  const std::size_t length =
      static_cast<unsigned char>(head[26]) + std::size_t{256} * static_cast<unsigned char>(head[27]);
  return head.substr(kNameAt, length).ends_with(".npy");
}

Clip read_npz(const fs::path& file, const ReadOptions& options) {
  throw_if_stopped(options.stop);
  NpzArchive archive(file, options.stop);
  return is_own_npz(archive) ? read_own_npz(file, archive, options) : read_foreign(file, archive, options);
}

}  // namespace purlscope::core
