#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>
#include <vector>

#include "core/base/ascii.h"
#include "core/base/median.h"
#include "core/base/progress.h"
#include "core/formats/readers/mocap/csv_table.h"
#include "core/formats/readers/mocap/mocap.h"
#include "core/formats/readers/mocap/mocap_clip.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr double kFps = 30.0;
constexpr std::size_t kRowsPerReport = 256;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// The lines "# key: value" before the header, by lower-case key.
using Remarks = std::map<std::string, std::string>;

/// Where a cell of a row goes.
struct Target {
  CsvColumn::Kind kind = CsvColumn::Kind::other;
  std::size_t place = 0;  ///< person * joints + joint
};

class CsvParser {
 public:
  CsvParser(const fs::path& file, std::string_view text, const ReadOptions& options)
      : file_(file), text_size_(text.size()), lines_(text), options_(options) {}

  Clip parse() {
    parse_header();
    joint_count_ = joints_.size();
    const std::size_t places = persons_.size() * joint_count_;
    while (const auto line = lines_.next()) {
      if (trimmed(*line).empty()) continue;
      if (times_.size() % kRowsPerReport == 0) report();
      values_.resize(values_.size() + places, unset());
      states_.resize(states_.size() + places, JointState::given);
      parse_row(*line);
    }
    if (times_.empty()) throw fail("no row after the header, expected one a frame");
    return finish();
  }

 private:
  Error fail(const std::string& what) const { return format_error(file_, lines_.line(), what); }
  static Vec3d unset() {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    return {kNan, kNan, kNan};
  }

  void report() const {
    throw_if_stopped(options_.stop);
    if (options_.progress) options_.progress({"Reading rows", lines_.fraction(), {}});
  }

  void parse_header() {
    auto line = lines_.next();
    if (line && line->starts_with(kByteOrderMark)) line->remove_prefix(kByteOrderMark.size());
    for (; line; line = lines_.next()) {
      const std::string_view text = trimmed(*line);
      if (text.empty()) continue;
      if (text[0] != '#') break;
      const std::size_t colon = text.find(':');
      if (colon == std::string_view::npos) continue;  // a remark for people
      remarks_[lower_ascii(trimmed(text.substr(1, colon - 1)))] = trimmed(text.substr(colon + 1));
    }
    if (!line) throw fail("no header, expected the names of columns such as Hips.x, Hips.y, Hips.z");
    own_form_ = remarks_.contains("layout") || remarks_.contains("unit");
    separator_ = csv_separator(*line);
    read_columns(*line);
  }

  void read_columns(std::string_view header) {
    std::vector<CsvColumn> columns;
    std::unordered_map<std::string, std::size_t> joint_index;
    std::unordered_map<std::string, std::size_t> person_index;
    CsvCells cells(header, separator_);
    while (const auto cell = cells.next()) {
      columns.push_back(csv_column(*cell, own_form_));
      CsvColumn& column = columns.back();
      if (column.kind == CsvColumn::Kind::time && columns.size() > 1 && cell->empty()) {
        column.kind = CsvColumn::Kind::other;  // only a first column may lack its name
      }
      ignored_ += column.kind == CsvColumn::Kind::other && !cell->empty() ? 1 : 0;
      if (column.kind == CsvColumn::Kind::time || column.kind == CsvColumn::Kind::other) continue;
      if (joint_index.emplace(column.joint, joints_.size()).second) joints_.push_back(column.joint);
      if (person_index.emplace(column.person, persons_.size()).second) persons_.push_back(column.person);
    }
    // Each person has each joint, so a table of N columns has N / 3 places at most.
    const std::size_t places = persons_.size() * joints_.size();
    if (joints_.empty() || places > columns.size()) {
      throw fail(joints_.empty()
                     ? "no column is a coordinate, expected headings such as Hips.x, Hips.y, Hips.z"
                     : fmt::format("{} persons have {} joints in all but only {} columns; each person needs "
                                   "each joint",
                                   persons_.size(), joints_.size(), columns.size()));
    }
    std::vector<std::array<bool, 4>> found(places);
    for (const CsvColumn& column : columns) {
      Target target{column.kind, 0};
      if (column.kind == CsvColumn::Kind::time) {
        add_time_column(column);
      } else if (column.kind != CsvColumn::Kind::other) {
        target.place = person_index.at(column.person) * joints_.size() + joint_index.at(column.joint);
        bool& seen = found[target.place][part(column.kind)];
        if (seen) throw fail(fmt::format("joint {} has two columns of one kind", excerpt(column.joint)));
        seen = true;
      }
      targets_.push_back(target);
    }
    for (std::size_t place = 0; place < places; ++place) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        if (found[place][axis]) continue;
        const std::string& person = persons_[place / joints_.size()];
        throw fail(fmt::format("joint {}{} has no column {}", excerpt(joints_[place % joints_.size()]),
                               person.empty() ? "" : fmt::format(" of person {}", excerpt(person)), "xyz"[axis]));
      }
    }
    if (ignored_ > 0) warnings_.add(fmt::format("{} columns are no positions and were ignored", ignored_));
  }

  static std::size_t part(CsvColumn::Kind kind) {
    return static_cast<std::size_t>(kind) - static_cast<std::size_t>(CsvColumn::Kind::x);
  }

  /// A column of seconds counts more than one of frame numbers.
  void add_time_column(const CsvColumn& column) {
    if (column.seconds > 0.0 && time_column_ != kNone) throw fail("two columns of time");
    if (column.seconds <= 0.0) return;
    time_column_ = targets_.size();
    seconds_per_unit_ = column.seconds;
  }

  double cell_number(std::string_view cell, std::size_t column) const {
    if (cell.empty()) return std::numeric_limits<double>::quiet_NaN();
    auto value = real_number(cell);
    if (!value && separator_ != ',' && std::ranges::count(cell, ',') == 1) {  // a decimal comma
      std::string text(cell);
      std::ranges::replace(text, ',', '.');
      value = real_number(text);
    }
    if (!value) throw fail(fmt::format("column {}: found {}, expected a number", column + 1, excerpt(cell)));
    return *value;
  }

  void parse_row(std::string_view line) {
    const std::size_t begin = values_.size() - persons_.size() * joint_count_;
    double time = std::numeric_limits<double>::quiet_NaN();
    CsvCells cells(line, separator_);
    std::size_t column = 0;
    while (const auto cell = cells.next()) {
      if (column == targets_.size() && cell->empty()) continue;  // a separator after the last cell
      if (column >= targets_.size()) throw fail(fmt::format("more cells than the header's {}", targets_.size()));
      const Target& target = targets_[column];
      if (column == time_column_)
        time = cell_number(*cell, column) * seconds_per_unit_;
      else if (target.kind == CsvColumn::Kind::state)
        states_[begin + target.place] = state(*cell, column);
      else if (target.kind != CsvColumn::Kind::time && target.kind != CsvColumn::Kind::other)
        values_[begin + target.place][part(target.kind)] = cell_number(*cell, column);
      ++column;
    }
    if (column != targets_.size()) {
      throw fail(
          fmt::format("{} cells, expected {} as in the header; if it is the last line, the file is truncated: get "
                      "it again",
                      column, targets_.size()));
    }
    if (time_column_ != kNone) check_time(time);
    times_.push_back(time);
  }

  void check_time(double time) const {
    if (!std::isfinite(time)) throw fail("the time is no number");
    if (!times_.empty() && time < times_.back()) {
      throw fail(fmt::format("the time {:g} s comes before {:g} s of the row above, expected rising times", time,
                             times_.back()));
    }
  }

  JointState state(std::string_view cell, std::size_t column) const {
    const std::string word = lower_ascii(cell);
    if (word == "given" || word.empty()) return JointState::given;
    if (word == "inferred") return JointState::inferred;
    if (word == "missing") return JointState::missing;
    throw fail(fmt::format("column {}: found {}, expected given, inferred or missing", column + 1, excerpt(cell)));
  }

  std::string remark(const std::string& key) const {
    const auto found = remarks_.find(key);
    return found == remarks_.end() ? std::string() : found->second;
  }

  std::optional<double> stated_fps() const {
    if (const std::string text = remark("fps"); !text.empty()) {
      const auto fps = real_number(text);
      if (!fps || !is_rate(*fps)) {
        throw format_error(file_, fmt::format("'# fps: {}' is no frame rate", excerpt(text)));
      }
      return fps;
    }
    return options_.fps;
  }

  /// "# parents: 0 0 1": the index of each joint's parent, in the order of the columns.
  std::vector<int> parents() const {
    std::vector<int> parent;
    const std::string text = remark("parents");
    Fields fields(text);
    for (auto value = fields.integer(); value; value = fields.integer()) {
      if (*value < 0 || *value >= static_cast<long long>(joint_count_)) {
        throw format_error(file_, fmt::format("'# parents' names joint {} of {}", *value, joint_count_));
      }
      parent.push_back(static_cast<int>(*value));
    }
    if (!parent.empty() && parent.size() != joint_count_) {
      throw format_error(file_, fmt::format("'# parents' has {} joints, the table {}", parent.size(), joint_count_));
    }
    return parent;
  }

  Axes axes() const {
    const std::string up = lower_ascii(remark("up"));
    if (up.empty()) return own_form_ ? Axes::camera : Axes::y_up;
    if (up == "y") return Axes::y_up;
    if (up == "z") return Axes::z_up;
    throw format_error(file_, fmt::format("'# up: {}', expected y or z", excerpt(up)));
  }

  const LengthUnit& unit() {
    if (const std::string text = remark("unit"); !text.empty()) {
      if (const LengthUnit* found = length_unit(text)) return *found;
      throw format_error(file_, fmt::format("'# unit: {}', expected m, cm, mm or in", excerpt(text)));
    }
    return own_form_ ? *length_unit("m") : plausible_unit(median_extent(), warnings_);
  }

  /// Of a body over the frames.
  double median_extent() const {
    std::vector<double> extents;
    for (std::size_t at = 0; at < values_.size(); at += joint_count_) {
      const double extent = largest_extent(std::span(values_).subspan(at, joint_count_));
      if (extent > 0.0) extents.push_back(extent);
    }
    if (extents.empty()) return 0.0;
    return median(std::span(extents));
  }

  FittedLayout layout() {
    const std::string id = options_.layout.empty() ? remark("layout") : options_.layout;
    try {
      return fit_layout(file_, id, "Table of positions", joints_, parents());
    } catch (const Error& error) {
      if (error.code() == Code::shape_mismatch) throw;
      throw Error(error.code(), fmt::format("{}: {}", file_.string(), error.what()));
    }
  }

  Clip finish() {
    const FittedLayout fitted = layout();
    const std::optional<double> fps = stated_fps();
    const bool timed = time_column_ != kNone;
    Clip clip = make_mocap_clip(file_, "csv", fitted.layout, times_.size(), fps.value_or(kFps), text_size_);
    if (timed) {
      clip.fps = fps;
      for (std::size_t t = 0; t < clip.frames; ++t) clip.times[t] = times_[t] - times_[0];
    } else if (!fps) {
      warnings_.add(fmt::format("the file states no frame rate; taken as {} fps, state another with --fps", kFps));
    }
    const LengthUnit& length = unit();
    clip.unit = length.name;
    if (const std::string label = remark("label"); !label.empty()) clip.label = label;
    for (std::size_t p = 0; p < persons_.size(); ++p) clip.persons.push_back(person(p, clip, fitted, length.metres));
    clip.warnings = warnings_.take();
    return clip;
  }

  Person person(std::size_t index, const Clip& clip, const FittedLayout& fitted, double metres) {
    const std::string& id = persons_[index];
    Person out = make_person(id.empty() ? std::to_string(index + 1) : id, clip);
    const Axes lie = axes();
    for (std::size_t i = 0; i < out.joints.size(); ++i) {
      const std::size_t frame = i / fitted.source.size();
      const std::size_t at = (frame * persons_.size() + index) * joint_count_ + fitted.source[i % fitted.source.size()];
      const Vec3d& value = values_[at];
      out.state[i] = states_[at];
      // An empty cell, like the word "missing", says that there is no position.
      if (std::isnan(value[0]) || std::isnan(value[1]) || std::isnan(value[2])) out.state[i] = JointState::missing;
      if (out.state[i] != JointState::missing) out.joints[i] = to_camera_frame(value, lie, metres);
    }
    drop_unbounded(out, fitted.source.size(), warnings_);
    return out;
  }

  const fs::path& file_;
  std::size_t text_size_;
  LineReader lines_;
  const ReadOptions& options_;
  Remarks remarks_;
  bool own_form_ = false;
  char separator_ = ',';
  std::vector<std::string> persons_;
  std::vector<std::string> joints_;
  std::size_t joint_count_ = 0;
  std::vector<Target> targets_;  ///< of each column
  std::size_t time_column_ = kNone;
  double seconds_per_unit_ = 1.0;
  std::size_t ignored_ = 0;
  std::vector<double> times_;       ///< [T] seconds, NaN without a time column
  std::vector<Vec3d> values_;       ///< [T, P, J] as in the file, NaN where empty
  std::vector<JointState> states_;  ///< [T, P, J]
  Warnings warnings_;
};

}  // namespace

bool matches_csv(const fs::path& file, std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  // Without the extension only our own form is taken: other formats have tables, too.
  const bool own_form = head.starts_with("# layout:") || head.starts_with("# unit:");
  if (!own_form && !has_extension(file, ".csv") && !has_extension(file, ".tsv")) return false;
  LineReader lines(head);
  while (const auto line = lines.next()) {
    if (trimmed(*line).empty() || trimmed(*line)[0] == '#') continue;
    CsvCells cells(*line, csv_separator(*line));
    while (const auto cell = cells.next()) {
      const CsvColumn::Kind kind = csv_column(*cell, own_form).kind;
      if (kind == CsvColumn::Kind::x || kind == CsvColumn::Kind::y || kind == CsvColumn::Kind::z) return true;
    }
    return false;  // a table of something else, such as texts beside the recordings
  }
  return own_form;
}

Clip read_csv(const fs::path& file, const ReadOptions& options) {
  const std::string text = read_bytes(file, options);
  return CsvParser(file, text, options).parse();
}

}  // namespace purlscope::core
