#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/formats/parse/mat5.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/depth/depth_readers.h"
#include "core/formats/recording_name.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKind = "utd-mhad";
constexpr std::size_t kJoints = 20;
constexpr double kFps = 30.0;
constexpr std::string_view kVariable = "d_skel";
/// The file starts at the head and goes down to the hip; arms and legs stand as in the SDK.
constexpr std::array<int, kJoints> kOrder = {3, 2, 1, 0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};

const MatVariable& skeleton(const fs::path& file, const std::vector<MatVariable>& variables) {
  const auto found =
      std::find_if(variables.begin(), variables.end(), [](const MatVariable& v) { return v.name == kVariable; });
  if (found == variables.end()) {
    std::vector<std::string> names;
    names.reserve(variables.size());
    for (const MatVariable& variable : variables) names.push_back(excerpt(variable.name));
    throw format_error(file, fmt::format("no variable d_skel; found: {}",
                                         names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
  }
  const std::vector<std::size_t>& shape = found->shape;
  // MATLAB drops a last dimension of 1.
  const bool fits = found->numeric && (shape.size() == 2 || shape.size() == 3) && shape[0] == kJoints && shape[1] == 3;
  if (!fits || found->values.empty()) {
    throw format_error(file,
                       fmt::format("d_skel is {} {}, expected numbers 20 x 3 x frames",
                                   found->numeric ? "an array" : "no array of real numbers", fmt::join(shape, " x ")));
  }
  return *found;
}

}  // namespace

bool matches_utd_mhad(const fs::path& file, std::string_view head) {
  return is_mat_header(head) || file.extension() == ".mat";
}

Clip read_utd_mhad(const fs::path& file, const ReadOptions& options) {
  require_layout(file, options, "kinect20");
  const std::vector<MatVariable> variables = read_mat5(file, read_bytes(file, options), kVariable);
  const std::vector<float>& columns = skeleton(file, variables).values;
  const std::size_t frames = columns.size() / (3 * kJoints);
  std::vector<float> rows(columns.size());
  for (std::size_t t = 0; t < frames; ++t) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      for (std::size_t j = 0; j < kJoints; ++j)
        rows[(t * kJoints + j) * 3 + axis] = columns[(t * 3 + axis) * kJoints + j];
    }
  }
  Clip clip = make_clip(file, kKind, "kinect20", frames, kFps);
  Warnings warnings;
  clip.persons.push_back(make_kinect20_person(rows, kOrder, warnings));
  if (const auto name = parse_recording_name(file, kKind)) {
    state_label(clip, *name, class_of_action(name->kind, name->action));
  }
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
