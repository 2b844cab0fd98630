#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/finite.h"
#include "core/base/progress.h"
#include "core/formats/parse/mat5.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/depth/depth_readers.h"
#include "core/formats/recording_name.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kJoints = 15;
constexpr std::size_t kFields = 3 * kJoints;
constexpr double kFps = 30.0;
constexpr const char* kKind = "uwa3d-ii";
constexpr const char* kVariable = "A";
constexpr std::size_t kLinesPerReport = 1024;
/// No depth camera sees this far: larger numbers are millimetres.
constexpr float kFarthestMetre = 50.0F;

std::string without_commas(std::string_view line) {
  std::string text(line);
  std::ranges::replace(text, ',', ' ');
  return text;
}

/// [T, 15, 3]
std::vector<float> read_rows(const fs::path& file, std::string_view text, const ReadOptions& options) {
  std::vector<float> values;
  LineReader lines(text);
  while (const auto line = lines.next()) {
    if (lines.line() % kLinesPerReport == 0) throw_if_stopped(options.stop);
    const std::string row = without_commas(*line);
    if (Fields(row).next().empty()) continue;
    Fields fields(row);
    std::size_t count = 0;
    for (; count < kFields; ++count) {
      const auto value = fields.real();
      if (!value) break;
      values.push_back(*value);
    }
    if (count != kFields || !fields.next().empty()) {
      throw format_error(file, lines.line(),
                         fmt::format("{} numbers{}, expected {} (15 joints, x y z)", count,
                                     count == kFields ? " and more" : "", kFields));
    }
  }
  return values;
}

/// MATLAB keeps the first index fastest: [45, T] and [3, 15, T] are rows of 45 numbers a frame.
std::vector<float> read_variable(const fs::path& file, const std::string& bytes) {
  std::vector<MatVariable> variables = read_mat5(file, bytes, kVariable);
  const auto found = std::ranges::find(variables, kVariable, &MatVariable::name);
  if (found == variables.end()) throw format_error(file, "no variable A, expected the positions in it");
  const std::vector<std::size_t>& shape = found->shape;
  const bool flat = shape.size() == 2 && shape[0] == kFields;
  const bool deep = shape.size() >= 2 && shape.size() <= 3 && shape[0] == 3 && shape[1] == kJoints;
  if (!found->numeric || (!flat && !deep) || found->values.size() % kFields != 0) {
    throw format_error(file, "A is no array of numbers 45 x frames or 3 x 15 x frames");
  }
  return std::move(found->values);
}

Person make_person(std::span<const float> values, float scale, Warnings& warnings) {
  const std::size_t cells = values.size() / 3;
  Person person{"1", std::vector<Vec3>(cells), std::vector<JointState>(cells, JointState::given)};
  std::size_t damaged = 0;
  for (std::size_t i = 0; i < cells; ++i) {
    Vec3& joint = person.joints[i];
    joint = {values[3 * i] * scale, values[3 * i + 1] * scale, values[3 * i + 2] * scale};
    if (joint == Vec3{}) {
      person.state[i] = JointState::missing;
    } else if (!keep_if_finite(joint, person.state[i])) {
      ++damaged;
    }
  }
  if (damaged > 0) warnings.add(fmt::format("{} joints without a finite position, marked missing", damaged));
  return person;
}

}  // namespace

bool matches_uwa3d(const fs::path& file, std::string_view) { return parse_recording_name(file, kKind).has_value(); }

Clip read_uwa3d(const fs::path& file, const ReadOptions& options) {
  require_layout(file, options, "openni15");
  const std::string bytes = read_bytes(file, options);
  const std::vector<float> values = is_mat_header(bytes) ? read_variable(file, bytes) : read_rows(file, bytes, options);
  if (values.empty()) throw format_error(file, "no frame, expected rows of 45 numbers (15 joints, x y z)");
  Clip clip = make_clip(file, kKind, "openni15", values.size() / kFields, kFps);
  const bool millimetres =
      std::ranges::any_of(values, [](float value) { return std::isfinite(value) && std::abs(value) > kFarthestMetre; });
  clip.unit = millimetres ? "mm" : "m";
  Warnings warnings;
  clip.persons.push_back(make_person(values, millimetres ? 0.001F : 1.0F, warnings));
  if (const auto name = parse_recording_name(file, kKind)) {
    state_label(clip, *name, class_of_action(name->kind, name->action));
  }
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
