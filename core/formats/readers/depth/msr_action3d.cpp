#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/depth/depth_readers.h"
#include "core/formats/recording_name.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKind = "msr-action3d";
constexpr std::size_t kJoints = 20;
constexpr std::size_t kFields = 4;
constexpr double kFps = 15.0;
/// Index in the file of each joint of the SDK order.
constexpr std::array<int, kJoints> kOrder = {6, 3, 2, 19, 0, 7, 9, 11, 1, 8, 10, 12, 4, 13, 15, 17, 5, 14, 16, 18};
/// The data set's other form holds pixels; no sensor of its kind sees this far. Metres.
constexpr float kFarthest = 50.0F;
constexpr std::size_t kRowsPerReport = 4096;
/// Between two frames a joint moves at most this share of the way from one joint to the next, on average; 0.2 in the
/// data set itself.
constexpr double kMostMovement = 0.5;

/// The row x y z confidence, empty when the line holds anything else or no place a sensor sees.
std::optional<std::array<float, kFields>> joint_row(std::string_view line) {
  Fields fields(line);
  std::array<float, kFields> row{};
  for (float& value : row) {
    const auto number = fields.real();
    if (!number || !std::isfinite(*number)) return std::nullopt;
    value = *number;
  }
  const bool seen = std::all_of(row.begin(), row.begin() + 3, [](float x) { return std::abs(x) <= kFarthest; });
  if (!fields.next().empty() || !seen || row[3] < 0 || row[3] > 1) return std::nullopt;
  return row;
}

double distance(const std::array<float, kFields>& a, const std::array<float, kFields>& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// True when the whole lines of `head` are rows of joints, two frames at least, in which each row stays near the one a
/// frame before and not near its neighbour: so rows of 20 joints differ from other tables of four columns.
bool holds_frames(std::string_view head) {
  std::vector<std::array<float, kFields>> rows;
  LineReader lines(head.substr(0, head.rfind('\n') + 1));
  while (const auto line = lines.next()) {
    if (Fields(*line).next().empty()) continue;
    const auto row = joint_row(*line);
    if (!row) return false;
    rows.push_back(*row);
  }
  if (rows.size() < 2 * kJoints) return false;
  double between_joints = 0;
  double between_frames = 0;
  for (std::size_t i = 0; i + kJoints < rows.size(); ++i) {
    between_joints += distance(rows[i], rows[i + 1]);
    between_frames += distance(rows[i], rows[i + kJoints]);
  }
  return between_frames < kMostMovement * between_joints;
}

std::vector<float> read_rows(const fs::path& file, std::string_view text, const ReadOptions& options) {
  std::vector<float> values;
  values.reserve(text.size() / 12);
  LineReader lines(text);
  while (const auto line = lines.next()) {
    if (lines.line() % kRowsPerReport == 0) throw_if_stopped(options.stop);
    if (Fields(*line).next().empty()) continue;
    Fields fields(*line);
    std::array<float, kFields> row{};
    for (float& value : row) {
      const auto number = fields.real();
      if (!number) {
        throw format_error(file, lines.line(),
                           fmt::format("found {}, expected 4 numbers (x y z confidence)", excerpt(*line)));
      }
      value = *number;
    }
    if (!fields.next().empty()) {
      throw format_error(file, lines.line(),
                         fmt::format("more than 4 numbers in {}, expected x y z confidence", excerpt(*line)));
    }
    if (std::isfinite(row[0]) && std::abs(row[0]) > kFarthest) {
      throw format_error(file, lines.line(),
                         fmt::format("x is {}, expected metres; the screen coordinates of this data "
                                     "set are not read, use the Real3D files",
                                     row[0]));
    }
    values.insert(values.end(), row.begin(), row.begin() + 3);
  }
  const std::size_t rows = values.size() / 3;
  if (rows == 0) throw format_error(file, "no joint in the file, expected rows of 4 numbers (x y z confidence)");
  if (rows % kJoints != 0) {
    throw format_error(file, lines.line(),
                       fmt::format("the file ends after {} of the {} joints of frame {}; it is "
                                   "truncated: get it again",
                                   rows % kJoints, kJoints, rows / kJoints + 1));
  }
  return values;
}

}  // namespace

bool matches_msr_action3d(const fs::path& file, std::string_view head) {
  if (parse_recording_name(file, kKind)) return true;
  return file.extension() == ".txt" && holds_frames(head);
}

Clip read_msr_action3d(const fs::path& file, const ReadOptions& options) {
  require_layout(file, options, "kinect20");
  const std::vector<float> values = read_rows(file, read_bytes(file, options), options);
  Clip clip = make_clip(file, kKind, "kinect20", values.size() / (3 * kJoints), kFps);
  Warnings warnings;
  clip.persons.push_back(make_kinect20_person(values, kOrder, warnings));
  std::size_t absent = 0;
  for (std::size_t t = 0; t < clip.frames; ++t) absent += clip.absent(0, t) ? 1 : 0;
  if (absent > 0)
    warnings.add(fmt::format("{} of {} frames hold no position and count as absent", absent, clip.frames));
  if (const auto name = parse_recording_name(file, kKind)) {
    state_label(clip, *name, class_of_action(name->kind, name->action));
  }
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
