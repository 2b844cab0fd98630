#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <regex>

#include "core/base/progress.h"
#include "core/formats/readers/readers.h"
#include "core/formats/readers/side_file.h"
#include "core/formats/readers/source.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kJoints = 20;
constexpr std::size_t kFields = 3 * kJoints;
constexpr double kCameraFps = 30.0;  // what the frame numbers count
constexpr std::size_t kLinesPerReport = 1024;
constexpr const char* kLabelFile = "actionLabel.txt";

/// Names of the label file in the order of the publication, and what we call them.
constexpr std::array<std::pair<std::string_view, const char*>, 10> kClasses = {{{"walk", "walk"},
                                                                                {"sitDown", "sit down"},
                                                                                {"standUp", "stand up"},
                                                                                {"pickUp", "pick up"},
                                                                                {"carry", "carry"},
                                                                                {"throw", "throw"},
                                                                                {"push", "push"},
                                                                                {"pull", "pull"},
                                                                                {"waveHands", "wave hands"},
                                                                                {"clapHands", "clap hands"}}};

struct Name {
  std::string recording;  ///< "s01_e01"
  std::string subject, repetition;
};

std::optional<Name> parse_name(const fs::path& file) {
  static const std::regex pattern(R"(joints_(s(\d{2})_e(\d{2}))\.txt)");
  const std::string text = file.filename().string();
  std::smatch match;
  if (text.size() > 32 || !std::regex_match(text, match, pattern)) return std::nullopt;
  return Name{match[1].str(), std::to_string(std::stoi(match[2].str())), std::to_string(std::stoi(match[3].str()))};
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
    const auto known = std::ranges::find(kClasses, name, [](const auto& row) { return row.first; });
    if (known != kClasses.end()) {
      segment.label = known->second;
      segment.label_index = static_cast<int>(known - kClasses.begin());
    }
    clip.segments.push_back(std::move(segment));
  }
  if (!found) warnings.add(fmt::format("{}: has no actions of {}", file.string(), recording));
  sort_segments(clip.segments);
}

}  // namespace

bool matches_utkinect(const fs::path& file, std::string_view) { return parse_name(file).has_value(); }

Clip read_utkinect(const fs::path& file, const ReadOptions& options) {
  require_layout(file, options, "kinect20");
  Warnings warnings;
  const Rows rows = read_rows(file, read_bytes(file, options), options, warnings);
  Clip clip = make_clip(file, "utkinect", "kinect20", rows.frames.size(), kCameraFps);
  clip.fps.reset();  // frames without a skeleton were not written; the numbers count the camera's
  for (std::size_t t = 0; t < clip.frames; ++t) {
    clip.times[t] = static_cast<double>(rows.frames[t] - rows.frames.front()) / kCameraFps;
  }
  std::array<int, kJoints> order{};
  std::iota(order.begin(), order.end(), 0);  // that of the Kinect SDK
  clip.persons.push_back(make_kinect20_person(rows.values, order, warnings));
  const auto name = parse_name(file);
  if (name) clip.tags = {{"subject", name->subject}, {"repetition", name->repetition}};
  const auto labels = options.companion.empty() ? find_label_file(file, kLabelFile) : std::optional(options.companion);
  if (labels && name) {
    read_labels(*labels, name->recording, rows.frames.front(), options, clip, warnings);
  } else {
    warnings.add(name ? "no actionLabel.txt beside it or above; name it with --companion"
                      : "its name is not of the form joints_s01_e01.txt, so its actions are not known");
  }
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
