#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cmath>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/recognising.h"
#include "app/cli/support/segment_rows.h"
#include "core/base/error.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kLongestWindow = 60.0;   // s
constexpr double kShortestStride = 0.02;  // s

struct SegmentArguments {
  std::vector<std::string> inputs;
  RecogniseOptions recognise;
  core::Sliding sliding;
  core::SegmentOptions segments;
  std::string csv;
  std::string scores;
  bool as_json = false;
};

void print_segments(const fs::path& file, double duration, const core::ScoreTrack& track,
                    const std::vector<core::FoundSegment>& segments) {
  fmt::print("{}  ({:.1f} s, {} windows)\n", file.string(), duration, track.size());
  for (const core::FoundSegment& segment : segments) {
    fmt::print("{:8.2f} s {:8.2f} s  {:5.1f} %  {}\n", segment.begin, segment.end, 100 * segment.score,
               track.labels[segment.label]);
  }
  if (segments.empty()) fmt::print("          no label is more probable than none of these for long enough\n");
}

Json segment_document(const fs::path& file, double duration, const core::Sliding& sliding,
                      const core::ScoreTrack& track, const std::vector<core::FoundSegment>& segments) {
  return {{"file", file.string()},
          {"duration_s", number(duration)},
          {"window_s", number(sliding.length)},
          {"stride_s", number(sliding.stride)},
          {"windows", track.size()},
          {"segments", segments_document(track, segments)}};
}

/// The header of the table of scores: file, time, none_of_these, then each label.
std::vector<std::string> score_header(const core::LabelSet& labels) {
  std::vector<std::string> header = {"file", "time", "none_of_these"};
  for (const core::Label& label : labels.labels) header.push_back(label.text);
  return header;
}

std::string cell(float value) { return std::isfinite(value) ? fmt::format("{}", value) : std::string(); }

void add_scores(const fs::path& file, const core::ScoreTrack& track, CsvFile& out) {
  for (std::size_t window = 0; window < track.size(); ++window) {
    std::vector<std::string> cells = {file.string(), fmt::format("{:.3f}", track.times[window]),
                                      cell(track.none[window])};
    for (std::size_t label = 0; label < track.labels.size(); ++label) cells.push_back(cell(track.at(window, label)));
    out.row(cells);
  }
}

int segment(const SegmentArguments& options, const std::stop_token& stop) {
  const core::LabelSet labels = requested_labels(options.recognise);
  if (labels.labels.empty()) {
    throw Error(Code::bad_argument, "segment: no labels; give --labels \"wave, clap\" or --labels-file FILE");
  }
  const std::vector<fs::path> files = expand_inputs(options.inputs, stop);
  std::optional<CsvFile> csv;
  std::optional<CsvFile> scores;
  if (!options.csv.empty()) {
    prepare_output(options.csv);
    csv.emplace(options.csv).row({"file", "start", "end", "label", "score"});
  }
  if (!options.scores.empty()) {
    prepare_output(options.scores);
    scores.emplace(options.scores).row(score_header(labels));
  }
  Recogniser recogniser(options.recognise, labels, stop);
  const auto work = [&](const fs::path& file) {
    const core::ClipPtr clip = recogniser.read(file);
    const core::ScoreTrack track = recogniser.score_over_time(clip, options.sliding);
    const std::vector<core::FoundSegment> found = core::find_segments(track, options.segments);
    if (csv) add_segment_rows(track, found, {file.string()}, *csv);
    if (scores) add_scores(file, track, *scores);
    if (options.as_json) {
      print_line(segment_document(file, clip->duration(), options.sliding, track, found));
    } else if (!csv) {
      print_segments(file, clip->duration(), track, found);
    }
  };
  const auto failed = [&](const fs::path& file, const std::string& message) {
    if (options.as_json) print_line(failure_document(file, message));
  };
  const int code = for_each_file(files, stop, work, failed);
  if (csv) csv->close();
  if (scores) scores->close();
  return code;
}

}  // namespace

Run define_segment(CLI::App& app) {
  auto options = std::make_shared<SegmentArguments>();
  app.add_option("FILE", options->inputs, "recordings, or folders of recordings")->required();
  add_label_options(app, options->recognise);
  add_text_options(app, options->recognise);
  add_model_options(app, options->recognise);
  add_read_options(app, options->recognise.read);
  app.add_option("--window", options->sliding.length, "seconds that are scored at a time (2)")
      ->check(CLI::Range(0.1, kLongestWindow));
  app.add_option("--stride", options->sliding.stride, "seconds from one window to the next (0.25)")
      ->check(CLI::Range(kShortestStride, kLongestWindow));
  add_segment_options(app, options->segments);
  app.add_option("--out", options->csv, "write the segments of all files to this CSV file");
  app.add_option("--scores", options->scores, "write the probabilities of all windows to this CSV file");
  app.add_flag("--json", options->as_json, "one JSON document a line");
  return [options](const Call& call) { return segment(*options, call.stop); };
}

}  // namespace purlscope::app::cli
