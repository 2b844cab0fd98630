#include "core/formats/readers/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>

#include "core/base/progress.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kKinectJoints = 20;

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }

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
  std::string_view token = next();
  if (token.starts_with('+')) token.remove_prefix(1);
  if (token.empty()) return std::nullopt;
  double value = 0.0;
  const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (end != token.data() + token.size() || failure == std::errc::invalid_argument) return std::nullopt;
  if (failure == std::errc::result_out_of_range) {
    // Overflow and underflow share one code; only the exponent's sign tells them apart.
    return token.find("e-") != std::string_view::npos || token.find("E-") != std::string_view::npos
               ? 0.0F
               : std::numeric_limits<float>::infinity();
  }
  return std::abs(value) > std::numeric_limits<float>::max() ? std::numeric_limits<float>::infinity()
                                                             : static_cast<float>(value);
}

std::optional<long long> Fields::integer() {
  const std::string_view token = next();
  if (token.empty()) return std::nullopt;
  long long value = 0;
  const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (failure != std::errc() || end != token.data() + token.size()) return std::nullopt;
  return value;
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

bool keep_if_finite(Vec3& joint, JointState& state) {
  if (std::isfinite(joint[0]) && std::isfinite(joint[1]) && std::isfinite(joint[2])) return true;
  joint = {};
  state = JointState::missing;
  return false;
}

Clip make_clip(const fs::path& file, std::string format, std::string_view layout, std::size_t frames, double fps) {
  Clip clip;
  clip.name = file.filename().string();
  clip.path = file.string();
  clip.format = std::move(format);
  clip.layout = joint_layout(layout);
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
