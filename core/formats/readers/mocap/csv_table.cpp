#include "core/formats/readers/mocap/csv_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/ascii.h"
#include "core/formats/readers/mocap/mocap_clip.h"

namespace purlscope::core {
namespace {

constexpr std::string_view kJoiners = ". _-:\t";

/// The text without a last word that is one of `words`, and the joiner before it. Empty when it ends otherwise.
std::optional<std::string_view> without_word(std::string_view text, std::span<const std::string_view> words) {
  const std::string folded = lower_ascii(text);
  for (const std::string_view word : words) {
    if (folded.size() < word.size() + 2 || !folded.ends_with(word)) continue;
    const std::size_t joiner = text.size() - word.size() - 1;
    if (kJoiners.find(text[joiner]) != std::string_view::npos) return trimmed(text.substr(0, joiner));
  }
  return std::nullopt;
}

std::string unquoted(std::string_view text) {
  std::string out(text);
  for (std::size_t at = out.find("\"\""); at != std::string::npos; at = out.find("\"\"", at + 1)) out.erase(at, 1);
  return out;
}

/// Seconds of one unit for the heading of a time column, 0 for one that counts frames.
std::optional<double> time_unit(const std::string& heading) {
  for (const char* name : {"time", "timestamp", "time (s)", "time(s)", "time_s", "time [s]", "seconds", "t"}) {
    if (heading == name) return 1.0;
  }
  for (const char* name : {"time (ms)", "time(ms)", "time_ms", "time [ms]", "timestamp_ms", "milliseconds"}) {
    if (heading == name) return 0.001;
  }
  for (const char* name : {"frame", "frames", "frame#", "frame_id", "frame number", "index", ""}) {
    if (heading == name) return 0.0;
  }
  return std::nullopt;
}

}  // namespace

char csv_separator(std::string_view header) {
  for (const char separator : {'\t', ';', ','}) {
    bool quoted = false;
    for (const char c : header) {
      if (c == '"') quoted = !quoted;
      if (c == separator && !quoted) return separator;
    }
  }
  return ',';
}

std::optional<std::string_view> CsvCells::next() {
  if (done_) return std::nullopt;
  bool quoted = false;
  std::size_t end = 0;
  while (end < rest_.size() && (quoted || rest_[end] != separator_)) quoted ^= rest_[end++] == '"';
  std::string_view cell = trimmed(rest_.substr(0, end));
  done_ = end == rest_.size();
  rest_.remove_prefix(done_ ? end : end + 1);
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  return cell;
}

CsvColumn csv_column(std::string_view heading, bool persons) {
  static constexpr std::array<std::pair<std::string_view, CsvColumn::Kind>, 4> kParts = {
      {{"x", CsvColumn::Kind::x},
       {"y", CsvColumn::Kind::y},
       {"z", CsvColumn::Kind::z},
       {"state", CsvColumn::Kind::state}}};
  static constexpr std::array<std::string_view, 3> kPosition = {"position", "pos", "translation"};
  static constexpr std::array<std::string_view, 7> kOther = {"rotation",     "rot",  "velocity",  "acceleration",
                                                             "displacement", "quat", "quaternion"};
  CsvColumn column;
  if (const auto seconds = time_unit(lower_ascii(heading))) {
    column.kind = CsvColumn::Kind::time;
    column.seconds = *seconds;
    return column;
  }
  for (const auto& [word, kind] : kParts) {
    const auto name = without_word(heading, {&word, 1});
    if (!name) continue;
    if (without_word(*name, kOther)) return column;
    // Our own form has whole names; converters add "position".
    const std::string joint = unquoted(persons ? *name : without_word(*name, kPosition).value_or(*name));
    const std::size_t colon = persons ? joint.find(':') : std::string::npos;
    column.kind = kind;
    column.person = colon == std::string::npos ? "" : joint.substr(0, colon);
    column.joint = colon == std::string::npos ? joint : joint.substr(colon + 1);
    return column;
  }
  return column;
}

}  // namespace purlscope::core
