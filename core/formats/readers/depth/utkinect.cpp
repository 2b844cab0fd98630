#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/base/progress.h"
#include "core/formats/class_list.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/depth/depth_readers.h"
#include "core/formats/readers/depth/side_file.h"
#include "core/formats/recording_name.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kJoints = 20;
constexpr std::size_t kFields = 3 * kJoints;
constexpr double kCameraFps = 30.0;  // what the frame numbers count
constexpr std::size_t kLinesPerReport = 1024;
constexpr const char* kKind = "utkinect";
constexpr const char* kLabelFile = "actionLabel.txt";

/// "sitDown" of the label file is the class "sit down".
std::string class_name(std::string_view spelled) {
  std::string name;
  for (const char c : spelled) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital) name += ' ';
    name += capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

/// "s01_e02", what the label file calls a recording.
std::string label_key(const RecordingName& name) {
  return fmt::format("s{:0>2}_e{:0>2}", name.tags.at("subject"), name.tags.at("repetition"));
}

struct Rows {
  std::vector<long long> frames;  ///< [T] numbers of the camera's frames, ascending
  std::vector<float> values;      ///< [T, 20, 3]
};

Rows read_rows(const fs::path& file, std::string_view text, const ReadOptions& options, Warnings& warnings) {
  Rows rows;
  std::size_t repeated = 0;
  std::array<float, kFields> row{};
  LineReader lines(text);
  while (const auto line = lines.next()) {
    if (lines.line() % kLinesPerReport == 0) throw_if_stopped(options.stop);
    if (Fields(*line).next().empty()) continue;
    Fields fields(*line);
    const auto frame = fields.real();
    const bool whole =
        frame && *frame >= 0.0F && *frame < 1e7F && *frame == static_cast<float>(static_cast<int>(*frame));
    if (!whole) {
      throw format_error(file, lines.line(), fmt::format("found {}, expected the frame's number", excerpt(*line)));
    }
    std::size_t count = 0;
    for (; count < kFields; ++count) {
      const auto value = fields.real();
      if (!value) break;
      row[count] = *value;
    }
    if (count != kFields || !fields.next().empty()) {
      throw format_error(file, lines.line(),
                         fmt::format("{}{} numbers after the frame's, expected {} (20 joints, x y z)", count,
                                     count == kFields ? " and more" : "", kFields));
    }
    const auto number = static_cast<long long>(*frame);
    if (!rows.frames.empty() && number <= rows.frames.back()) {
      if (number < rows.frames.back()) {
        throw format_error(file, lines.line(),
                           fmt::format("frame {} after frame {}, expected rising numbers", number, rows.frames.back()));
      }
      ++repeated;  // the data set has a few frames twice, with slightly other positions of the same person
      continue;
    }
    rows.frames.push_back(number);
    rows.values.insert(rows.values.end(), row.begin(), row.end());
  }
  if (rows.frames.empty()) throw format_error(file, "no frame, expected rows of a number and 60 coordinates");
  if (repeated > 0) warnings.add(fmt::format("{} frames are written twice, the first of each is taken", repeated));
  return rows;
}

/// Lines "walk: 252 390" below the line with the recording's name; numbers of frames, both within the action.
void read_labels(const fs::path& file, const std::string& recording, long long first, const ReadOptions& options,
                 Clip& clip, Warnings& warnings) {
  const std::string text = read_bytes(file, options);
  const std::vector<std::string>& classes = class_list(kKind).classes;
  bool ours = false;
  bool found = false;
  LineReader lines(text);
  while (const auto line = lines.next()) {
    Fields fields(*line);
    const std::string_view token = fields.next();
    if (token.empty()) continue;
    if (token.find(':') == std::string_view::npos) {
      ours = token == recording;
      found = found || ours;
      continue;
    }
    if (!ours) continue;
    const std::string_view name = token.substr(0, token.find(':'));
    const auto begin = fields.real();
    const auto end = fields.real();
    if (!begin || !end) {
      throw format_error(file, lines.line(), fmt::format("found {}, expected 'action: first last'", excerpt(*line)));
    }
    if (!std::isfinite(*begin) || !std::isfinite(*end)) {
      warnings.add(fmt::format("{}: line {}: {} has no frames", file.string(), lines.line(), excerpt(name)));
      continue;
    }
    const double length = clip.duration();
    const auto seconds = [&](double frame) {
      return std::clamp((frame - static_cast<double>(first)) / kCameraFps, 0.0, length);
    };
    Segment segment{seconds(*begin), seconds(*end + 1.0), std::string(name), std::nullopt, std::nullopt};
    const auto known = std::ranges::find(classes, class_name(name));
    if (known != classes.end()) {
      segment.label = *known;
      segment.label_index = static_cast<int>(known - classes.begin());
    }
    clip.segments.push_back(std::move(segment));
  }
  if (!found) warnings.add(fmt::format("{}: has no actions of {}", file.string(), recording));
  sort_segments(clip.segments);
}

}  // namespace

bool matches_utkinect(const fs::path& file, std::string_view) { return parse_recording_name(file, kKind).has_value(); }

Clip read_utkinect(const fs::path& file, const ReadOptions& options) {
  require_layout(file, options, "kinect20");
  Warnings warnings;
  const Rows rows = read_rows(file, read_bytes(file, options), options, warnings);
  Clip clip = make_clip(file, kKind, "kinect20", rows.frames.size(), kCameraFps);
  clip.fps.reset();  // frames without a skeleton were not written; the numbers count the camera's
  for (std::size_t t = 0; t < clip.frames; ++t) {
    clip.times[t] = static_cast<double>(rows.frames[t] - rows.frames.front()) / kCameraFps;
  }
  std::array<int, kJoints> order{};
  std::iota(order.begin(), order.end(), 0);  // that of the Kinect SDK
  clip.persons.push_back(make_kinect20_person(rows.values, order, warnings));
  const auto name = parse_recording_name(file, kKind);
  if (name) clip.tags = name->tags;
  const auto labels = options.companion.empty() ? find_label_file(file, kLabelFile) : std::optional(options.companion);
  if (labels && name) {
    read_labels(*labels, label_key(*name), rows.frames.front(), options, clip, warnings);
  } else {
    warnings.add(name ? "no actionLabel.txt beside it or above; name it with --companion"
                      : "its name is not of the form joints_s01_e01.txt, so its actions are not known");
  }
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
