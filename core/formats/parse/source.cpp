#include "core/formats/parse/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>

#include "core/base/finite.h"
#include "core/base/progress.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kKinectJoints = 20;

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::uint64_t kExactIntegers = std::uint64_t{1} << 53;  // all below are doubles
constexpr std::array<std::uint64_t, 9> kIntegerPowers = {1,       10,        100,        1'000,      10'000,
                                                         100'000, 1'000'000, 10'000'000, 100'000'000};

/// The digits that a text begins with, at most eight, as a number. @return how many there are
std::ptrdiff_t take_digits(const char* at, const char* end, std::uint64_t& number) {
  constexpr std::ptrdiff_t kWord = 8;
  number = 0;
  if constexpr (std::endian::native == std::endian::little) {
    if (end - at >= kWord) {
      // Eight bytes in one word, the first lowest. What stands behind the first byte that is no digit may be garbage.
      std::uint64_t word = 0;
      std::memcpy(&word, at, sizeof(word));
      word -= 0x3030303030303030U;
      const std::uint64_t others = ((word + 0x7676767676767676U) | word) & 0x8080808080808080U;
      const int count = others == 0 ? kWord : std::countr_zero(others) / 8;
      if (count == 0) return 0;
      word <<= 8 * (kWord - count);    // leading zeros
      word = word * 10 + (word >> 8);  // pairs of digits, then fours, then eight
      word = ((word & 0x000000FF000000FFU) * 0x000F424000000064U +
              ((word >> 16) & 0x000000FF000000FFU) * 0x0000271000000001U) >>
             32;
      number = word;
      return count;
    }
  }
  const char* const first = at;
  for (const char* const last = at + std::min(end - at, kWord); at != last && is_digit(*at); ++at) {
    number = 10 * number + static_cast<std::uint64_t>(*at - '0');
  }
  return at - first;
}

/// A number as sensors write it, "-0.1159187": up to eight digits, a point and up to eight digits or no point at all,
/// up to a blank or the end. Both parts of the quotient are exact, so it is the nearest double, as from_chars gives it
/// (Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990). Empty for every other form.
/// @param text  begins with the number; what follows it remains
std::optional<double> take_plain_decimal(std::string_view& text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  const bool negative = at != end && *at == '-';
  if (negative) ++at;
  std::uint64_t whole = 0;
  std::uint64_t part = 0;
  std::ptrdiff_t decimals = 0;
  // One digit before the point is so common that it is not worth a word.
  if (end - at >= 2 && is_digit(at[0]) && at[1] == '.') {
    whole = static_cast<std::uint64_t>(*at++ - '0');
  } else {
    const std::ptrdiff_t digits = take_digits(at, end, whole);
    if (digits == 0) return std::nullopt;
    at += digits;
  }
  if (at != end && *at == '.') {
    ++at;
    decimals = take_digits(at, end, part);
    at += decimals;
  }
  if (at != end && !is_blank(*at)) return std::nullopt;
  const std::uint64_t digits = whole * kIntegerPowers[static_cast<std::size_t>(decimals)] + part;
  if (digits > kExactIntegers) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(at - text.data()));
  const double value =
      static_cast<double>(digits) / static_cast<double>(kIntegerPowers[static_cast<std::size_t>(decimals)]);
  return negative ? -value : value;
}

constexpr std::uint64_t kEach = 0x0101010101010101U;  // a byte in each byte of a word
constexpr std::uint64_t kHigh = 0x80 * kEach;

/// The high bit of each byte that equals `c`.
constexpr std::uint64_t equal_bytes(std::uint64_t word, unsigned char c) {
  const std::uint64_t difference = word ^ (c * kEach);
  return ~(((difference & ~kHigh) + ~kHigh) | difference | ~kHigh);
}

/// The high bit of each byte that is a blank.
constexpr std::uint64_t blank_bytes(std::uint64_t word) {
  const std::uint64_t spaces = equal_bytes(word, ' ');
  const std::uint64_t controls = ((127 + ' ') * kEach - (word & ~kHigh)) & ~word & kHigh;  // below ' '
  if (controls == 0) return spaces;
  return spaces | equal_bytes(word, '\t') | equal_bytes(word, '\v') | equal_bytes(word, '\f');
}

}  // namespace

std::string read_bytes(const fs::path& file, const ReadOptions& options) {
  throw_if_stopped(options.stop);
  std::error_code failure;
  const auto size = fs::file_size(file, failure);
  if (failure) throw Error(Code::io, fmt::format("{}: {}", file.string(), failure.message()));
  if (size > kMaxRecordingBytes) {
    throw Error(Code::limit, fmt::format("{}: {} bytes, at most {} are read; cut the recording into pieces",
                                         file.string(), size, kMaxRecordingBytes));
  }
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in || !in.read(bytes.data(), static_cast<std::streamsize>(size))) {
    throw Error(Code::io,
                fmt::format("{}: cannot be read; check that it exists and that you may read it", file.string()));
  }
  throw_if_stopped(options.stop);
  return bytes;
}

std::string read_head(const fs::path& file, std::size_t count) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(Code::io, fmt::format("{}: cannot be opened; check that you may read it", file.string()));
  std::string head(count, '\0');
  in.read(head.data(), static_cast<std::streamsize>(count));
  head.resize(static_cast<std::size_t>(in.gcount()));
  return head;
}

Error format_error(const fs::path& file, std::size_t line, const std::string& what) {
  return Error(Code::bad_format, fmt::format("{}: line {}: {}", file.string(), line, what));
}

Error format_error(const fs::path& file, const std::string& what) {
  return Error(Code::bad_format, fmt::format("{}: {}", file.string(), what));
}

void require_layout(const fs::path& file, const ReadOptions& options, std::string_view layout) {
  if (options.layout.empty() || options.layout == layout) return;
  throw Error(Code::shape_mismatch, fmt::format("{}: the format fixes the joint layout {}, asked for was {}; leave the "
                                                "layout out",
                                                file.string(), layout, options.layout));
}

std::optional<std::string_view> LineReader::next() {
  if (position_ >= text_.size()) {
    ++line_;
    return std::nullopt;
  }
  const std::size_t end = std::min(text_.find('\n', position_), text_.size());
  std::string_view line = text_.substr(position_, end - position_);
  position_ = std::min(end + 1, text_.size());
  ++line_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<double> real_number(std::string_view token) {
  if (token.starts_with('+')) token.remove_prefix(1);
  if (token.empty()) return std::nullopt;
  double value = 0.0;
  const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (end != token.data() + token.size() || failure == std::errc::invalid_argument) return std::nullopt;
  if (failure == std::errc::result_out_of_range) {
    // Overflow and underflow share one code; only the exponent's sign tells them apart.
    const bool tiny = token.find("e-") != std::string_view::npos || token.find("E-") != std::string_view::npos;
    return tiny ? 0.0 : std::numeric_limits<double>::infinity();
  }
  return value;
}

std::string_view Fields::next() {
  std::size_t begin = 0;
  while (begin < rest_.size() && is_blank(rest_[begin])) ++begin;
  std::size_t end = begin;
  while (end < rest_.size() && !is_blank(rest_[end])) ++end;
  const std::string_view token = rest_.substr(begin, end - begin);
  rest_.remove_prefix(end);
  return token;
}

std::optional<float> Fields::real() {
  while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  if (const auto plain = take_plain_decimal(rest_)) return static_cast<float>(*plain);
  const auto value = real_number(next());
  if (!value) return std::nullopt;
  return std::abs(*value) > std::numeric_limits<float>::max() ? std::numeric_limits<float>::infinity()
                                                              : static_cast<float>(*value);
}

std::optional<long long> Fields::integer() {
  const std::string_view token = next();
  if (token.empty()) return std::nullopt;
  long long value = 0;
  const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (failure != std::errc() || end != token.data() + token.size()) return std::nullopt;
  return value;
}

std::size_t count_fields(std::string_view line) {
  std::size_t count = 0;
  if constexpr (std::endian::native == std::endian::little) {
    // Eight bytes at a time, the first lowest; blanks fill the last word.
    std::uint64_t before = 0x80;  // the byte before the word is a blank
    const auto add = [&](std::uint64_t word) {
      const std::uint64_t blanks = blank_bytes(word);
      const std::uint64_t starts = (blanks << 8 | before) & ~blanks & kHigh;
      count += ((starts >> 7) * kEach) >> 56;
      before = blanks >> 56;
    };
    std::uint64_t word = 0;
    for (; line.size() >= sizeof(word); line.remove_prefix(sizeof(word))) {
      std::memcpy(&word, line.data(), sizeof(word));
      add(word);
    }
    word = ' ' * kEach;
    std::memcpy(&word, line.data(), line.size());
    add(word);
  } else {
    Fields fields(line);
    while (!fields.next().empty()) ++count;
  }
  return count;
}

std::string_view last_field(std::string_view line) {
  std::size_t end = line.size();
  while (end > 0 && is_blank(line[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && !is_blank(line[begin - 1])) --begin;
  return line.substr(begin, end - begin);
}

bool is_number_row(std::string_view line, std::size_t count) {
  Fields fields(line);
  for (std::size_t i = 0; i < count; ++i) {
    if (!fields.real()) return false;
  }
  return fields.next().empty();
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  std::string shown(text.substr(0, kLongest));
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return fmt::format("'{}{}'", shown, text.size() > kLongest ? "..." : "");
}

void Warnings::add(std::string text) {
  if (kept_.size() < kKept)
    kept_.push_back(std::move(text));
  else
    ++dropped_;
}

std::vector<std::string> Warnings::take() {
  if (dropped_ > 0) kept_.push_back(fmt::format("and {} more warnings of this file", dropped_));
  dropped_ = 0;
  return std::exchange(kept_, {});
}

Clip make_clip(const fs::path& file, std::string format, std::string_view layout, std::size_t frames, double fps) {
  return make_clip(file, std::move(format), joint_layout(layout), frames, fps);
}

Clip make_clip(const fs::path& file, std::string format, std::shared_ptr<const JointLayout> layout, std::size_t frames,
               double fps) {
  Clip clip;
  clip.name = file.filename().string();
  clip.path = file.string();
  clip.format = std::move(format);
  clip.layout = std::move(layout);
  clip.frames = frames;
  clip.fps = fps;
  clip.times.resize(frames);
  for (std::size_t t = 0; t < frames; ++t) clip.times[t] = static_cast<double>(t) / fps;
  return clip;
}

Person make_kinect20_person(std::span<const float> values, std::span<const int> order, Warnings& warnings) {
  const std::size_t frames = values.size() / (3 * kKinectJoints);
  Person person{std::string(1, '1'), std::vector<Vec3>(frames * kKinectJoints),
                std::vector<JointState>(frames * kKinectJoints, JointState::given)};
  for (std::size_t t = 0; t < frames; ++t) {
    std::size_t damaged = 0;
    for (std::size_t j = 0; j < kKinectJoints; ++j) {
      const float* source = values.data() + 3 * (t * kKinectJoints + static_cast<std::size_t>(order[j]));
      Vec3& joint = person.joints[t * kKinectJoints + j];
      JointState& state = person.state[t * kKinectJoints + j];
      joint = {source[0], source[1], source[2]};
      if (!keep_if_finite(joint, state))
        ++damaged;
      else if (joint == Vec3{})
        state = JointState::missing;
    }
    if (damaged > 0)
      warnings.add(fmt::format("frame {}: {} joints without a finite position, marked missing", t + 1, damaged));
  }
  return person;
}

}  // namespace purlscope::core
