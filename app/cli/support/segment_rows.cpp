#include "app/cli/support/segment_rows.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "core/base/atomic_file.h"

namespace purlscope::app::cli {
namespace {

constexpr double kLongest = 3600.0;  // seconds

}  // namespace

void add_segment_options(CLI::App& app, core::SegmentOptions& options) {
  app.add_option("--smooth", options.smoothing, "seconds over which scores are averaged before segments are found (1)")
      ->check(CLI::Range(0.0, kLongest));
  app.add_option("--takeover", options.takeover,
                 "times the score of the label before from which on another one takes over (1.2)")
      ->check(CLI::Range(1.0, 1e6));
  app.add_option("--confidence", options.confidence,
                 "times the score of \"none of these\" from which on a label is believed (1); 0 = always")
      ->check(CLI::Range(0.0, 1e6));
  app.add_option("--min-length", options.min_length, "seconds that a segment lasts at least (1)")
      ->check(CLI::Range(0.0, kLongest));
}

Json segments_document(const core::ScoreTrack& track, const std::vector<core::FoundSegment>& segments) {
  Json rows = Json::array();
  for (const core::FoundSegment& segment : segments) {
    rows.push_back({{"start", number(segment.begin)},
                    {"end", number(segment.end)},
                    {"label", track.labels[segment.label]},
                    {"score", number(segment.score)}});
  }
  return rows;
}

void add_segment_rows(const core::ScoreTrack& track, const std::vector<core::FoundSegment>& segments,
                      const std::vector<std::string>& leading, CsvFile& out) {
  for (const core::FoundSegment& segment : segments) {
    std::vector<std::string> cells = leading;
    cells.insert(cells.end(), {fmt::format("{:.3f}", segment.begin), fmt::format("{:.3f}", segment.end),
                               track.labels[segment.label], fmt::format("{:.4f}", segment.score)});
    out.row(cells);
  }
}

void write_segments(const core::ScoreTrack& track, const std::vector<core::FoundSegment>& segments,
                    const std::filesystem::path& file) {
  if (file.extension() == ".json") {
    const std::string text = segments_document(track, segments).dump() + "\n";
    core::AtomicFile out(file);
    out.write(text.data(), text.size());
    out.commit();
    return;
  }
  CsvFile out(file);
  out.row({"start", "end", "label", "score"});
  add_segment_rows(track, segments, {}, out);
  out.close();
}

}  // namespace purlscope::app::cli
