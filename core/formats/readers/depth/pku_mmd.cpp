#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/finite.h"
#include "core/base/progress.h"
#include "core/formats/class_list.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/depth/depth_readers.h"
#include "core/formats/readers/depth/side_file.h"
#include "core/formats/recording_name.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kJoints = 25;
constexpr std::size_t kPersons = 2;
constexpr std::size_t kFields = kPersons * kJoints * 3;
constexpr double kFps = 30.0;
constexpr std::size_t kLinesPerReport = 512;
constexpr long long kMostFrames = 100'000'000;  // of a label, before it stops being a number of frames
constexpr const char* kKind = "pku-mmd";

/// [T, 2, 25, 3]
std::vector<float> read_frames(const fs::path& file, std::string_view text, const ReadOptions& options) {
  std::vector<float> values;
  LineReader lines(text);
  while (const auto line = lines.next()) {
    if (lines.line() % kLinesPerReport == 0) {
      throw_if_stopped(options.stop);
      if (options.progress) options.progress({"Reading frames", lines.fraction(), {}});
    }
    Fields fields(*line);
    std::size_t count = 0;
    while (count < kFields) {
      const auto value = fields.real();
      if (!value) break;
      values.push_back(*value);
      ++count;
    }
    const std::string_view rest = fields.next();
    if (count == 0 && rest.empty() && Fields(*line).next().empty()) continue;
    if (count != kFields || !rest.empty()) {
      throw format_error(file, lines.line(),
                         fmt::format("{} numbers{}, expected {} (2 persons, 25 joints, x y z)", count,
                                     count == kFields ? " and more" : "", kFields));
    }
  }
  if (values.empty()) throw format_error(file, fmt::format("no frame, expected rows of {} numbers", kFields));
  return values;
}

/// Zeros stand for a person who is not there.
void add_persons(const std::vector<float>& values, Clip& clip, Warnings& warnings) {
  const std::size_t cells = clip.frames * kJoints;
  std::array<Person, kPersons> persons;
  std::array<bool, kPersons> seen{};
  std::size_t damaged = 0;
  for (std::size_t m = 0; m < kPersons; ++m) {
    persons[m] = {std::to_string(m + 1), std::vector<Vec3>(cells), std::vector<JointState>(cells, JointState::missing)};
  }
  for (std::size_t t = 0; t < clip.frames; ++t) {
    for (std::size_t m = 0; m < kPersons; ++m) {
      for (std::size_t j = 0; j < kJoints; ++j) {
        const float* const source = values.data() + ((t * kPersons + m) * kJoints + j) * 3;
        Vec3& joint = persons[m].joints[t * kJoints + j];
        JointState& state = persons[m].state[t * kJoints + j];
        joint = {source[0], source[1], source[2]};
        if (joint == Vec3{}) continue;
        state = JointState::given;
        if (keep_if_finite(joint, state)) {
          seen[m] = true;
        } else {
          ++damaged;
        }
      }
    }
  }
  if (damaged > 0) warnings.add(fmt::format("{} joints without a finite position, marked missing", damaged));
  for (std::size_t m = 0; m < kPersons; ++m) {
    if (seen[m]) clip.persons.push_back(std::move(persons[m]));
  }
}

/// A row "class,begin frame,end frame,confidence", classes and frames from 1. Blanks may stand for commas.
Segment parse_label(const fs::path& file, std::size_t line, std::string_view text) {
  std::string row(text);
  std::ranges::replace(row, ',', ' ');
  Fields fields(row);
  const auto id = fields.integer();
  const auto begin = fields.integer();
  const auto end = fields.integer();
  const auto confidence = fields.real();
  if (!id || !begin || !end || *id < 1 || *begin < 0 || *end < *begin) {
    throw format_error(file, line,
                       fmt::format("found {}, expected class,begin frame,end frame,confidence", excerpt(text)));
  }
  const auto seconds = [](long long frame) {
    return static_cast<double>(std::clamp(frame - 1, 0LL, kMostFrames)) / kFps;
  };
  Segment segment{seconds(*begin), seconds(*end) + 1.0 / kFps, std::to_string(*id), std::nullopt, confidence};
  const std::vector<std::string>& classes = class_list(kKind).classes;
  if (*id <= static_cast<long long>(classes.size())) {
    segment.label_index = static_cast<int>(*id) - 1;
    segment.label = classes[static_cast<std::size_t>(*id) - 1];
  }
  return segment;
}

void read_labels(const fs::path& file, const ReadOptions& options, Clip& clip, Warnings& warnings) {
  const std::string text = read_bytes(file, options);
  const double end = clip.duration();
  LineReader lines(text);
  while (const auto line = lines.next()) {
    if (Fields(*line).next().empty()) continue;
    Segment segment = parse_label(file, lines.line(), *line);
    if (segment.end > end + 0.5 / kFps) {
      warnings.add(fmt::format("{}: line {}: the action ends at {:.2f} s, the recording at {:.2f} s", file.string(),
                               lines.line(), segment.end, end));
    }
    segment.begin = std::min(segment.begin, end);
    segment.end = std::min(segment.end, end);
    clip.segments.push_back(std::move(segment));
  }
  sort_segments(clip.segments);
}

}  // namespace

bool matches_pku_mmd(const fs::path& file, std::string_view head) {
  if (file.extension() != ".txt") return false;
  LineReader lines(head);
  const auto first = lines.next();
  if (!first) return false;
  if (lines.remaining() > 0) return is_number_row(*first, kFields);
  return parse_recording_name(file, kKind) &&
         first->find(',') == std::string_view::npos;  // the label files have the same names
}

Clip read_pku_mmd(const fs::path& file, const ReadOptions& options) {
  require_layout(file, options, "ntu25");
  const std::vector<float> values = read_frames(file, read_bytes(file, options), options);
  Clip clip = make_clip(file, kKind, "ntu25", values.size() / kFields, kFps);
  Warnings warnings;
  add_persons(values, clip, warnings);
  if (const auto name = parse_recording_name(file, kKind)) clip.tags = name->tags;
  if (!options.companion.empty()) {
    read_labels(options.companion, options, clip, warnings);
  } else if (const auto labels = find_label_file(file, file.filename().string())) {
    read_labels(*labels, options, clip, warnings);
  } else {
    warnings.add("no label file of the same name in a folder of labels beside it; name it with --companion");
  }
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
