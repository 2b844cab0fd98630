#pragma once

#include <filesystem>
#include <vector>

#include "app/cli/support/csv_file.h"
#include "app/cli/support/json_output.h"
#include "core/timeline/score_track.h"
#include "core/timeline/segments.h"

namespace CLI {
class App;
}

namespace purlscope::app::cli {

/// Adds --smooth, --takeover, --confidence and --min-length.
void add_segment_options(CLI::App& app, core::SegmentOptions& options);

/// `[{"start", "end", "label", "score"}]`, seconds and mean probability.
Json segments_document(const core::ScoreTrack& track, const std::vector<core::FoundSegment>& segments);

/// Rows start, end, label, score, one a segment, after the `leading` cells.
void add_segment_rows(const core::ScoreTrack& track, const std::vector<core::FoundSegment>& segments,
                      const std::vector<std::string>& leading, CsvFile& out);

/// Writes the segments of one source to a file: JSON where its name ends in .json, else a table.
/// @throws Error{Code::io}
void write_segments(const core::ScoreTrack& track, const std::vector<core::FoundSegment>& segments,
                    const std::filesystem::path& file);

}  // namespace purlscope::app::cli
