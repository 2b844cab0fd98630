#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clip.h"
#include "core/base/error.h"
#include "core/formats/registry.h"

namespace purlscope::core {

/// Largest recording that is read into memory. Bytes.
inline constexpr std::size_t kMaxRecordingBytes = std::size_t{1} << 30;

/// The bytes of a file. @throws Error{Code::not_found, Code::io, Code::limit, Code::cancelled}
std::string read_bytes(const std::filesystem::path& file, const ReadOptions& options);

/// The first bytes of a file, for recognition. @throws Error{Code::io}
std::string read_head(const std::filesystem::path& file, std::size_t count);

/// Error{Code::bad_format} of the form "file: line 12: what".
Error format_error(const std::filesystem::path& file, std::size_t line, const std::string& what);
/// The same without a line.
Error format_error(const std::filesystem::path& file, const std::string& what);

/// Refuses `ReadOptions::layout` when it contradicts a format with a fixed layout. @throws Error{Code::shape_mismatch}
void require_layout(const std::filesystem::path& file, const ReadOptions& options, std::string_view layout);

/// Lines of a text without their ends (LF or CR LF), numbered from 1.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}
  std::optional<std::string_view> next();
  std::size_t line() const { return line_; }                          ///< number of the line that `next` gave last
  std::size_t remaining() const { return text_.size() - position_; }  ///< bytes
  double fraction() const {
    return text_.empty() ? 1.0 : static_cast<double>(position_) / static_cast<double>(text_.size());
  }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t line_ = 0;
};

/// The number that a token is, also "+1.5", "1e300" and "nan"; too large for a double becomes infinite, too small zero.
/// Empty for anything else.
std::optional<double> real_number(std::string_view token);

/// Tokens of a line, separated by blanks and tabs.
class Fields {
 public:
  explicit Fields(std::string_view line) : rest_(line) {}
  /// The next token, empty at the end of the line.
  std::string_view next();
  /// A real number; values too large for a float become infinite. Empty when the token is no number.
  std::optional<float> real();
  /// A whole number that fits. Empty when the token is none.
  std::optional<long long> integer();

 private:
  std::string_view rest_;
};

/// Number of tokens of a line.
std::size_t count_fields(std::string_view line);

/// The last token of a line, empty when it has none.
std::string_view last_field(std::string_view line);

/// True when the line holds exactly `count` real numbers.
bool is_number_row(std::string_view line, std::size_t count);

/// A piece of a line as it may be quoted in a message: printable ASCII, at most 40 characters.
std::string excerpt(std::string_view text);

/// Warnings of one file: the first ones word for word, of the rest the number.
class Warnings {
 public:
  void add(std::string text);
  std::vector<std::string> take();

 private:
  static constexpr std::size_t kKept = 40;
  std::vector<std::string> kept_;
  std::size_t dropped_ = 0;
};

/// The parts of a clip that depend on file, reader and layout alone; times are frame / fps.
Clip make_clip(const std::filesystem::path& file, std::string format, std::shared_ptr<const JointLayout> layout,
               std::size_t frames, double fps);
/// The same with a layout of ours.
Clip make_clip(const std::filesystem::path& file, std::string format, std::string_view layout, std::size_t frames,
               double fps);

/// A person in the Kinect SDK order from values in the order of a data set.
///
/// @param values  [T, 20, 3] metres
/// @param order   [20] index in the file of each joint of layout kinect20
/// Joints at the exact origin (the sensor had none) and those that are not finite become missing and are reported.
Person make_kinect20_person(std::span<const float> values, std::span<const int> order, Warnings& warnings);

}  // namespace purlscope::core
