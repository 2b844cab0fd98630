#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/finite.h"
#include "core/base/progress.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/body_tracks.h"
#include "core/formats/readers/depth/depth_readers.h"
#include "core/formats/recording_name.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kJoints = 25;
constexpr double kFps = 30.0;
constexpr std::size_t kBodyFields = 10;
constexpr std::size_t kJointFields = 12;
/// Bounds on counts: four days of frames, and ten times what any sensor tracks.
constexpr std::size_t kMaxFrames = 10'000'000;
constexpr std::size_t kMaxBodies = 64;
constexpr std::size_t kMaxJoints = 1000;
/// A clip that is mostly empty takes more memory than its text; beyond this factor the file is refused. (A body's text
/// is seven times as long as its place in memory.)
constexpr std::size_t kMaxExpansion = 8;
constexpr std::size_t kFreeBytes = std::size_t{64} << 20;
constexpr std::size_t kFramesPerReport = 256;
constexpr float kFarthest = 100.0F;  // metres, far beyond the sensor's 8

class NtuParser {
 public:
  NtuParser(const fs::path& file, std::string_view text, const ReadOptions& options)
      : file_(file), text_size_(text.size()), lines_(text), options_(options) {}

  Clip parse() {
    frames_ = count("the number of frames", kMaxFrames);
    if (frames_ == 0) throw fail("the file holds 0 frames, expected at least 1");
    for (frame_ = 0; frame_ < frames_; ++frame_) {
      if (frame_ % kFramesPerReport == 0) report();
      parse_frame();
    }
    check_rest();
    return finish();
  }

 private:
  Error fail(const std::string& what) const { return format_error(file_, lines_.line(), what); }

  void report() const {
    throw_if_stopped(options_.stop);
    if (options_.progress) options_.progress({"Reading frames", lines_.fraction(), {}});
  }

  std::string place() const { return frames_ == 0 ? "" : fmt::format(" of frame {} of {}", frame_ + 1, frames_); }

  std::string_view line(std::string_view expected) {
    const auto text = lines_.next();
    if (!text) {
      throw fail(fmt::format("the file ends here, expected {}{}; it is truncated: get it again", expected, place()));
    }
    return *text;
  }

  /// A line with one whole number up to `most`.
  std::size_t count(std::string_view what, std::size_t most) {
    const std::string_view text = line(what);
    Fields fields(text);
    const auto value = fields.integer();
    if (!value || *value < 0 || !fields.next().empty()) {
      throw fail(fmt::format("found {}, expected {}{} (one whole number)", excerpt(text), what, place()));
    }
    if (static_cast<unsigned long long>(*value) > most) {
      throw fail(fmt::format("{}{} is {}, expected at most {}; the file is damaged", what, place(), *value, most));
    }
    return static_cast<std::size_t>(*value);
  }

  void parse_frame() {
    const std::size_t bodies = count("the number of bodies", kMaxBodies);
    for (std::size_t b = 0; b < bodies; ++b) parse_body();
  }

  void parse_body() {
    const std::string_view text = line("a body (10 numbers)");
    Fields fields(text);
    const std::string_view id = fields.next();
    std::size_t found = id.empty() ? 0 : 1;
    while (!fields.next().empty()) ++found;
    if (found != kBodyFields) {
      throw fail(fmt::format("a body{} has {} numbers, expected {}", place(), found, kBodyFields));
    }
    BodyTrack& track = track_of(id);
    const std::size_t joints = count("the number of joints", kMaxJoints);
    if (joints != kJoints) {
      throw fail(fmt::format("a body{} has {} joints, expected {} (NTU RGB+D, Kinect v2)", place(), joints, kJoints));
    }
    track.frames.push_back(frame_);
    for (std::size_t j = 0; j < kJoints; ++j) parse_joint(track);
  }

  /// Several bodies with one id in one frame are kept apart.
  BodyTrack& track_of(std::string_view id) {
    if (id.size() > kLongestId) throw fail(fmt::format("the id {} of a body is too long", excerpt(id)));
    std::string name(id);
    for (std::size_t twin = 2;; ++twin) {
      const auto [known, added] = track_by_id_.try_emplace(name, tracks_.size());
      if (added) break;
      BodyTrack& track = tracks_[known->second];
      if (track.frames.back() != frame_) return track;
      name = fmt::format("{}#{}", id, twin);
    }
    if (name.size() > id.size())
      warnings_.add(fmt::format("line {}: body {} stands twice in frame {}", lines_.line(), id, frame_ + 1));
    tracks_.push_back({std::move(name), {}, {}, {}});
    return tracks_.back();
  }

  void parse_joint(BodyTrack& track) {
    const std::string_view text = line("a joint (12 numbers)");
    if (count_fields(text) != kJointFields) throw bad_joint(text);
    Fields fields(text);
    Vec3 joint{};
    for (float& value : joint) {
      const auto number = fields.real();
      if (!number) throw bad_joint(text);
      value = *number;
    }
    const auto tracking = Fields(last_field(text)).real();
    if (!tracking) throw bad_joint(text);
    JointState state = *tracking == 2.0F ? JointState::given : JointState::inferred;
    if (!keep_if_finite(joint, state)) {
      warnings_.add(fmt::format("line {}: a joint without a finite position, marked missing", lines_.line()));
    } else if (joint == Vec3{} && *tracking == 0.0F) {
      state = JointState::missing;
    } else if (std::ranges::any_of(joint, [](float value) { return std::abs(value) > kFarthest; })) {
      warnings_.add(
          fmt::format("line {}: a joint more than {} m from the sensor, no Kinect sees so far; is the unit "
                      "metres?",
                      lines_.line(), kFarthest));
    }
    track.joints.push_back(joint);
    track.state.push_back(state);
  }

  Error bad_joint(std::string_view text) const {
    return fail(fmt::format("found {}, expected a joint{} as 12 numbers", excerpt(text), place()));
  }

  void check_rest() {
    while (const auto text = lines_.next()) {
      if (Fields(*text).next().empty()) continue;
      warnings_.add(fmt::format("line {}: the text after frame {} is ignored", lines_.line(), frames_));
      return;
    }
  }

  Clip finish() {
    for (const JoinedTrack& joined : join_tracks(tracks_, kJoints)) {
      warnings_.add(fmt::format("frame {}: body {} goes on under the id {}; kept as one person", joined.frame + 1,
                                joined.from, joined.to));
    }
    const std::size_t bytes = tracks_.size() * frames_ * kJoints * (sizeof(Vec3) + sizeof(JointState));
    if (bytes > kFreeBytes + kMaxExpansion * text_size_) {
      throw Error(Code::limit,
                  fmt::format("{}: {} bodies over {} frames, nearly all of them empty; the file is damaged",
                              file_.string(), tracks_.size(), frames_));
    }
    Clip clip = make_clip(file_, "ntu-skeleton", "ntu25", frames_, kFps);
    for (const BodyTrack& track : tracks_) clip.persons.push_back(to_person(track, frames_, kJoints));
    if (tracks_.empty()) warnings_.add("no body in any frame");
    if (const auto name = parse_recording_name(file_))
      state_label(clip, *name, class_of_action(name->kind, name->action));
    clip.warnings = warnings_.take();
    return clip;
  }

  static constexpr std::size_t kLongestId = 64;
  const fs::path& file_;
  std::size_t text_size_;
  LineReader lines_;
  const ReadOptions& options_;
  std::size_t frames_ = 0;
  std::size_t frame_ = 0;
  std::vector<BodyTrack> tracks_;
  std::unordered_map<std::string, std::size_t> track_by_id_;  // index in tracks_
  Warnings warnings_;
};

}  // namespace

bool matches_ntu_skeleton(const fs::path& file, std::string_view head) {
  if (file.extension() == ".skeleton") return true;
  LineReader lines(head);
  const auto frames = lines.next();
  const auto bodies = lines.next();
  const auto body = lines.next();
  return frames && bodies && body && is_number_row(*frames, 1) && is_number_row(*bodies, 1) &&
         is_number_row(*body, kBodyFields);
}

Clip read_ntu_skeleton(const fs::path& file, const ReadOptions& options) {
  require_layout(file, options, "ntu25");
  const std::string text = read_bytes(file, options);
  return NtuParser(file, text, options).parse();
}

}  // namespace purlscope::core
