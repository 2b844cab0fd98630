#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/ascii.h"
#include "core/base/progress.h"
#include "core/formats/readers/mocap/mocap.h"
#include "core/formats/readers/mocap/mocap_clip.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxDepth = 256;
constexpr std::size_t kMaxFrames = 10'000'000;  // as NTU RGB+D: days
constexpr std::size_t kMaxChannels = 6;
constexpr std::size_t kFramesPerReport = 256;
/// Frame Time is written with few decimals: 0.008333 means 120 fps.
constexpr double kRoundedRate = 1e-4;

/// One number of a frame's row.
struct Channel {
  bool rotation = false;
  std::size_t axis = 0;
};

struct Joint {
  std::string name;
  int parent = -1;  ///< -1 = a root
  Vec3d offset{};
  std::vector<Channel> channels;
};

std::optional<Channel> channel_of(std::string_view token) {
  const std::string name = lower_ascii(token);
  if (name.size() < 2 || name[0] < 'x' || name[0] > 'z') return std::nullopt;
  const std::string_view kind = std::string_view(name).substr(1);
  if (kind != "position" && kind != "rotation") return std::nullopt;
  return Channel{kind == "rotation", static_cast<std::size_t>(name[0] - 'x')};
}

/// Words of the hierarchy; braces stand alone even without blanks around them.
class Words {
 public:
  explicit Words(std::string_view text) : lines_(text) {}

  /// Empty at the end of the text.
  std::string_view next() {
    while (trimmed(rest_).empty()) {
      const auto line = lines_.next();
      if (!line) return {};
      rest_ = *line;
    }
    rest_ = trimmed(rest_);
    const bool brace = rest_[0] == '{' || rest_[0] == '}';
    const std::size_t size = brace ? 1 : std::min(rest_.find_first_of(" \t\v\f{}"), rest_.size());
    const std::string_view word = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return word;
  }

  /// The rest of the line up to a brace: a joint's name may hold blanks.
  std::string_view rest_of_line() {
    const std::string_view name = trimmed(rest_.substr(0, rest_.find('{')));
    rest_.remove_prefix(std::min(rest_.find('{'), rest_.size()));
    return name;
  }

  LineReader& lines() { return lines_; }

 private:
  LineReader lines_;
  std::string_view rest_;
};

class BvhParser {
 public:
  BvhParser(const fs::path& file, std::string_view text, const ReadOptions& options)
      : file_(file), text_size_(text.size()), words_(text), options_(options) {}

  Clip parse() {
    parse_hierarchy();
    parse_motion_header();
    std::vector<std::string> names;
    std::vector<int> parent;
    for (std::size_t j = 0; j < joints_.size(); ++j) {
      names.push_back(joints_[j].name);
      parent.push_back(joints_[j].parent < 0 ? static_cast<int>(j) : joints_[j].parent);
    }
    const FittedLayout fitted =
        fit_layout(file_, options_.layout, "BVH skeleton", distinct_names(std::move(names), warnings_), parent);
    Clip clip = make_mocap_clip(file_, "bvh", fitted.layout, frames_, fps_, text_size_);
    const LengthUnit& unit = plausible_unit(rest_size(), warnings_);
    clip.unit = unit.name;
    Person person = make_person("1", clip);
    for (std::size_t t = 0; t < frames_; ++t) {
      if (t % kFramesPerReport == 0) report();
      parse_frame(t);
      for (std::size_t j = 0; j < fitted.source.size(); ++j) {
        person.joints[t * fitted.source.size() + j] =
            to_camera_frame(position_[fitted.source[j]], Axes::y_up, unit.metres);
      }
    }
    check_rest();
    drop_unbounded(person, fitted.source.size(), warnings_);
    clip.persons.push_back(std::move(person));
    clip.warnings = warnings_.take();
    return clip;
  }

 private:
  std::size_t line() { return words_.lines().line(); }
  Error fail(const std::string& what) { return format_error(file_, line(), what); }

  void report() {
    throw_if_stopped(options_.stop);
    if (options_.progress) options_.progress({"Reading frames", words_.lines().fraction(), {}});
  }

  std::string_view word(std::string_view expected) {
    const std::string_view found = words_.next();
    if (found.empty()) {
      throw fail(fmt::format("the file ends here, expected {}; it is truncated: get it again", expected));
    }
    return found;
  }

  void expect(std::string_view expected) {
    const std::string_view found = word(expected);
    if (lower_ascii(found) != lower_ascii(expected))
      throw fail(fmt::format("found {}, expected {}", excerpt(found), expected));
  }

  double number(std::string_view expected) {
    const std::string_view found = word(expected);
    const auto value = real_number(found);
    if (!value || !std::isfinite(*value)) {
      throw fail(fmt::format("found {}, expected {} (a number)", excerpt(found), expected));
    }
    return *value;
  }

  void parse_hierarchy() {
    std::string_view first = word("HIERARCHY");
    if (first.starts_with("\xEF\xBB\xBF")) first.remove_prefix(3);  // a byte order mark, which some editors write
    if (lower_ascii(first) != "hierarchy") throw fail(fmt::format("found {}, expected HIERARCHY", excerpt(first)));
    std::vector<int> open;  // the joints whose braces are open
    for (bool more = true; more;) {
      throw_if_stopped(options_.stop);
      const std::string_view found = word(open.empty() ? "ROOT or MOTION" : "JOINT, End Site or }");
      const std::string key = lower_ascii(found);
      if (open.empty() && key == "motion" && !joints_.empty()) {
        more = false;
      } else if (key == (open.empty() ? "root" : "joint")) {
        if (open.size() >= kMaxDepth) throw fail(fmt::format("joints nested more than {} deep", kMaxDepth));
        open.push_back(parse_joint(open.empty() ? -1 : open.back()));
      } else if (!open.empty() && key == "end") {
        parse_end_site(open.back());
      } else if (!open.empty() && key == "}") {
        open.pop_back();
      } else {
        throw fail(fmt::format("found {}, expected {}", excerpt(found),
                               open.empty() ? "ROOT or MOTION" : "JOINT, End Site or }"));
      }
    }
  }

  int parse_joint(int parent) {
    Joint joint;
    joint.name = words_.rest_of_line();
    joint.parent = parent;
    expect("{");
    joint.offset = parse_offset();
    expect("CHANNELS");
    const double count = number("the number of channels");
    if (count < 0.0 || count > kMaxChannels || count != std::floor(count)) {
      throw fail(fmt::format("{} channels, expected 0 to {}", count, kMaxChannels));
    }
    for (std::size_t c = 0; c < static_cast<std::size_t>(count); ++c) {
      const std::string_view found = word("a channel");
      const auto channel = channel_of(found);
      if (!channel)
        throw fail(fmt::format("found {}, expected a channel such as Xposition or Zrotation", excerpt(found)));
      joint.channels.push_back(*channel);
    }
    channels_ += joint.channels.size();
    joints_.push_back(std::move(joint));
    return static_cast<int>(joints_.size()) - 1;
  }

  Vec3d parse_offset() {
    expect("OFFSET");
    Vec3d offset{};
    for (double& value : offset) value = number("an OFFSET of 3 numbers");
    return offset;
  }

  void parse_end_site(int parent) {
    expect("Site");
    words_.rest_of_line();  // some exporters name it
    expect("{");
    const Vec3d offset = parse_offset();
    expect("}");
    if (offset == Vec3d{}) return;
    joints_.push_back({joints_[static_cast<std::size_t>(parent)].name + " end", parent, offset, {}});
  }

  /// What follows the colon of the next line that is not blank.
  double motion_value(const std::string& key) {
    while (true) {
      const auto text = words_.lines().next();
      if (!text) throw fail(fmt::format("the file ends here, expected '{}:'; it is truncated: get it again", key));
      if (trimmed(*text).empty()) continue;
      const std::size_t colon = text->find(':');
      const auto value = colon == std::string_view::npos ? std::nullopt : real_number(trimmed(text->substr(colon + 1)));
      if (!value || lower_ascii(trimmed(text->substr(0, colon))) != lower_ascii(key)) {
        throw fail(fmt::format("found {}, expected '{}:' and a number", excerpt(*text), key));
      }
      return *value;
    }
  }

  void parse_motion_header() {
    if (!words_.rest_of_line().empty()) throw fail("more text after MOTION, expected the end of the line");
    const double frames = motion_value("Frames");
    if (!(frames >= 1.0) || frames != std::floor(frames))
      throw fail(fmt::format("{} frames, expected at least 1", frames));
    // Every frame takes a line, and a number in it at least a digit.
    if (frames > kMaxFrames || frames > static_cast<double>(words_.lines().remaining())) {
      throw fail(fmt::format("{} frames in the {} bytes that follow; the file is truncated or damaged: get it again",
                             frames, words_.lines().remaining()));
    }
    frames_ = static_cast<std::size_t>(frames);
    const double step = motion_value("Frame Time");
    if (is_rate(1.0 / step)) {
      fps_ = 1.0 / step;
      if (std::abs(fps_ / std::round(fps_) - 1.0) < kRoundedRate) fps_ = std::round(fps_);
    } else if (options_.fps) {
      fps_ = *options_.fps;
    } else {
      throw fail(fmt::format("Frame Time is {}, expected seconds above 0; state the frame rate (--fps)", step));
    }
    if (channels_ == 0) throw fail("no joint has channels, expected some motion");
    position_.resize(joints_.size());
    rotation_.resize(joints_.size());
  }

  /// Extent of the rest pose in the file's unit.
  double rest_size() const {
    std::vector<Vec3d> rest(joints_.size());
    for (std::size_t j = 0; j < joints_.size(); ++j) {
      const int parent = joints_[j].parent;
      rest[j] = parent < 0 ? Vec3d{} : add(rest[static_cast<std::size_t>(parent)], joints_[j].offset);
    }
    return largest_extent(rest);
  }

  void parse_frame(std::size_t frame) {
    std::optional<std::string_view> text = words_.lines().next();
    while (text && trimmed(*text).empty()) text = words_.lines().next();
    if (!text) {
      throw fail(fmt::format("the file ends after {} of {} frames; it is truncated: get it again", frame, frames_));
    }
    Fields fields(*text);
    for (std::size_t j = 0; j < joints_.size(); ++j) {
      const Joint& joint = joints_[j];
      Vec3d offset = joint.offset;
      Mat3 rotation;
      for (const Channel& channel : joint.channels) {
        const auto value = next_number(fields);
        if (!value) throw bad_row(*text, frame);
        if (channel.rotation)
          rotation = multiply(rotation, about_axis(channel.axis, *value * kRadiansPerDegree));
        else
          offset[channel.axis] = *value;
      }
      place(j, offset, rotation);
    }
    if (!fields.next().empty()) throw bad_row(*text, frame);
  }

  void place(std::size_t j, const Vec3d& offset, const Mat3& rotation) {
    if (joints_[j].parent < 0) {
      position_[j] = offset;
      rotation_[j] = rotation;
      return;
    }
    const auto parent = static_cast<std::size_t>(joints_[j].parent);
    position_[j] = add(position_[parent], rotated(rotation_[parent], offset));
    rotation_[j] = multiply(rotation_[parent], rotation);
  }

  Error bad_row(std::string_view text, std::size_t frame) {
    Fields fields(text);
    std::size_t numbers = 0;
    std::string_view token = fields.next();
    for (; real_number(token); token = fields.next()) ++numbers;
    if (token.empty() || numbers >= channels_) {
      return fail(fmt::format("frame {} of {} has {} numbers, expected {}, one for each channel", frame + 1, frames_,
                              numbers + (token.empty() ? 0 : 1), channels_));
    }
    return fail(
        fmt::format("found {} in frame {} of {}, expected {} numbers", excerpt(token), frame + 1, frames_, channels_));
  }

  void check_rest() {
    while (const auto text = words_.lines().next()) {
      if (trimmed(*text).empty()) continue;
      warnings_.add(fmt::format("line {}: the text after frame {} is ignored", line(), frames_));
      return;
    }
  }

  const fs::path& file_;
  std::size_t text_size_;
  Words words_;
  const ReadOptions& options_;
  std::vector<Joint> joints_;
  std::size_t channels_ = 0;
  std::size_t frames_ = 0;
  double fps_ = 0.0;
  std::vector<Vec3d> position_;  ///< [J] of the current frame, in the file's unit
  std::vector<Mat3> rotation_;   ///< [J] to the world
  Warnings warnings_;
};

}  // namespace

bool matches_bvh(const fs::path& file, std::string_view head) {
  return has_extension(file, ".bvh") || lower_ascii(Words(head).next()) == "hierarchy";
}

Clip read_bvh(const fs::path& file, const ReadOptions& options) {
  const std::string text = read_bytes(file, options);
  return BvhParser(file, text, options).parse();
}

}  // namespace purlscope::core
