#include "core/skeleton/window.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/skeleton/gaps.h"
#include "core/skeleton/retarget.h"

namespace purlscope::core {
namespace {

constexpr double kMaxRate = 1000.0;            // frames per second
constexpr double kWorthAWord = 0.05;           // share of frames in which a sensor may guess a joint without a remark
constexpr std::size_t kMaxFrames = 2'000'000;  // 18 hours at 30 Hz
constexpr float kFlat = 1e-4F;                 // metres; rounding of the weighted sums of joints in a plane
constexpr double kOnGrid = 1e-3;               // frames; closer stamps count as on the grid

/// One output frame: between two kept frames.
struct GridPoint {
  std::size_t before = 0;
  std::size_t after = 0;
  float weight = 0.0F;  ///< of `after`
};

std::size_t chosen_person(const Clip& clip, const WindowOptions& options) {
  const int person = options.person.value_or(most_energetic_person(clip));
  if (person >= 0 && person < static_cast<int>(clip.persons.size())) return static_cast<std::size_t>(person);
  if (clip.persons.empty()) {
    throw Error(Code::bad_format,
                fmt::format("{}: nobody is in the recording; choose one with a person", clip.place()));
  }
  throw Error(Code::bad_argument, fmt::format("{}: no person {}; the recording has {}, counted from 0", clip.place(),
                                              person, clip.persons.size()));
}

void check_times(const Clip& clip, const WindowOptions& options) {
  if (!(options.fps > 0.0) || options.fps > kMaxRate) {
    throw Error(Code::bad_argument, fmt::format("a window at {} frames per second; expected above 0 and at most {}",
                                                options.fps, kMaxRate));
  }
  const double end = options.end.value_or(clip.duration());
  if (options.begin >= 0.0 && options.begin < end && options.begin < clip.duration()) return;
  throw Error(Code::bad_argument, fmt::format("{}: a window from {:.3f} s to {:.3f} s; the recording lasts {:.3f} s",
                                              clip.place(), options.begin, end, clip.duration()));
}

/// Frames of the clip that lie in the stretch asked for.
std::vector<std::size_t> frames_in_stretch(const Clip& clip, const WindowOptions& options) {
  std::vector<std::size_t> frames;
  for (std::size_t t = 0; t < clip.frames; ++t) {
    const double time = clip.times[t] - clip.times.front();
    if (time >= options.begin && !(options.end && time >= *options.end)) frames.push_back(t);
  }
  return frames;
}

/// The frames of the stretch in which the person was seen, or a short gap was filled.
std::vector<std::size_t> seen_frames(const PersonTrack& track) {
  std::vector<std::size_t> seen;
  for (std::size_t k = 0; k < track.frames.size(); ++k) {
    if (!track.absent(k)) seen.push_back(k);
  }
  return seen;
}

/// Seconds of each kept frame once the time of frames left out, or that the source lost, is closed up.
std::vector<double> closed_up_times(const Clip& clip, const std::vector<std::size_t>& frames) {
  const double step = 1.0 / clip.rate();
  const double longest = (static_cast<double>(kLongestFilledGap) + 1.5) * step;  // half a step for stamps that jitter
  std::vector<double> times(frames.size(), 0.0);
  for (std::size_t k = 1; k < frames.size(); ++k) {
    const bool adjacent = frames[k] == frames[k - 1] + 1;
    const double passed = clip.times[frames[k]] - clip.times[frames[k - 1]];
    times[k] = times[k - 1] + (adjacent && passed > 0.0 && passed <= longest ? passed : step);
  }
  return times;
}

std::vector<GridPoint> make_grid(const Clip& clip, const std::vector<double>& times, double fps) {
  const double length = times.back() * fps + kOnGrid;
  if (length >= static_cast<double>(kMaxFrames)) {
    throw Error(Code::limit,
                fmt::format("{}: a window of {:.0f} frames, at most {} are taken; choose a shorter stretch",
                            clip.place(), length, kMaxFrames));
  }
  std::vector<GridPoint> grid(static_cast<std::size_t>(length) + 1);
  std::size_t before = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const double time = static_cast<double>(i) / fps;
    while (before + 1 < times.size() && times[before + 1] <= time + kOnGrid / fps) ++before;
    const std::size_t after = std::min(before + 1, times.size() - 1);
    const double span = times[after] - times[before];
    const double weight = span > 0.0 ? (time - times[before]) / span : 0.0;
    grid[i] = {before, after, std::abs(weight * span * fps) < kOnGrid ? 0.0F : static_cast<float>(weight)};
  }
  return grid;
}

/// Clip time at which each frame of the grid begins, and at which the last one ends. [grid + 1]
std::vector<double> clip_times(const Clip& clip, const std::vector<std::size_t>& frames,
                               const std::vector<GridPoint>& grid) {
  const double first = clip.times.front();
  std::vector<double> times;
  times.reserve(grid.size() + 1);
  for (const GridPoint& point : grid) {
    const double before = clip.times[frames[point.before]];
    const double after = clip.times[frames[point.after]];
    times.push_back(before - first + static_cast<double>(point.weight) * (after - before));
  }
  times.push_back(clip.times[frames.back()] - first + 1.0 / clip.rate());
  return times;
}

/// Between two poses. A joint that only one of them has is taken from it where it is the nearer one.
void mix(const Vec3& a, JointState a_state, const Vec3& b, JointState b_state, float weight, Vec3& out,
         JointState& state) {
  if (weight == 0.0F || (b_state == JointState::missing && weight < 0.5F)) {
    out = a;
    state = a_state;
    return;
  }
  if (a_state == JointState::missing || b_state == JointState::missing) {
    const bool nearer = weight >= 0.5F && b_state != JointState::missing;
    out = nearer ? b : Vec3{};
    state = nearer ? b_state : JointState::missing;
    return;
  }
  for (std::size_t axis = 0; axis < 3; ++axis) out[axis] = a[axis] + weight * (b[axis] - a[axis]);
  state = a_state == JointState::given && b_state == JointState::given ? JointState::given : JointState::inferred;
}

WindowPerson take_person(const PersonTrack& track, const std::string& id, const RetargetMap& map,
                         const std::vector<std::size_t>& kept, const std::vector<GridPoint>& grid) {
  const std::size_t out_joints = map.to->size();
  std::vector<Vec3> poses(kept.size() * out_joints);
  std::vector<JointState> states(poses.size());
  for (std::size_t k = 0; k < kept.size(); ++k) {
    map.apply(track.joints.data() + kept[k] * track.joint_count, track.state.data() + kept[k] * track.joint_count,
              poses.data() + k * out_joints, states.data() + k * out_joints);
  }
  WindowPerson out{id, std::vector<Vec3>(grid.size() * out_joints), std::vector<JointState>(grid.size() * out_joints)};
  for (std::size_t i = 0; i < grid.size(); ++i) {
    for (std::size_t j = 0; j < out_joints; ++j) {
      const std::size_t a = grid[i].before * out_joints + j;
      const std::size_t b = grid[i].after * out_joints + j;
      mix(poses[a], states[a], poses[b], states[b], grid[i].weight, out.joints[i * out_joints + j],
          out.state[i * out_joints + j]);
    }
  }
  return out;
}

/// The other person with most energy who is seen in at least one of the frames.
std::optional<std::size_t> companion(const Clip& clip, std::size_t person, const std::vector<std::size_t>& frames) {
  std::optional<std::size_t> best;
  double most = 0.0;
  for (std::size_t p = 0; p < clip.persons.size(); ++p) {
    if (p == person || std::all_of(frames.begin(), frames.end(), [&](std::size_t t) { return clip.absent(p, t); }))
      continue;
    const double energy = person_energy(clip, p);
    if (best && energy <= most) continue;
    best = p;
    most = energy;
  }
  return best;
}

/// Joints that the map makes or lacks, and those that the performer never shows.
void name_joints(const RetargetMap& map, Window& window) {
  const std::size_t joints = map.to->size();
  const std::vector<JointState>& states = window.persons.front().state;
  for (std::size_t j = 0; j < joints; ++j) {
    bool seen = false;
    for (std::size_t i = j; i < states.size() && !seen; i += joints) seen = states[i] != JointState::missing;
    if (!seen)
      window.missing_joints.push_back(map.to->joints[j]);
    else if (map.state[j] == JointState::inferred)
      window.inferred_joints.push_back(map.to->joints[j]);
  }
}

/// Joints that are measured in principle, but not where the sensor itself says that it guessed.
void note_guessed_joints(const RetargetMap& map, const Person& person, const std::vector<std::size_t>& frames,
                         Window& window) {
  std::string guessed;
  for (std::size_t j = 0; j < map.to->size(); ++j) {
    if (map.state[j] != JointState::given) continue;
    const auto source = static_cast<std::size_t>(map.terms[j].front().source);
    const auto count = std::ranges::count_if(
        frames, [&](std::size_t t) { return person.state[t * map.from->size() + source] == JointState::inferred; });
    const double share = static_cast<double>(count) / static_cast<double>(frames.size());
    if (share < kWorthAWord) continue;
    guessed += fmt::format("{}{} {:.0f} %", guessed.empty() ? "" : ", ", map.to->joints[j], 100 * share);
  }
  if (!guessed.empty()) window.warnings.push_back("guessed by the sensor, share of frames: " + guessed);
}

/// True when no joint has a depth of its own. Some 3-D recordings have the joints of a 2-D layout.
bool lies_in_a_plane(const std::vector<WindowPerson>& persons) {
  std::optional<float> depth;
  for (const WindowPerson& person : persons) {
    for (std::size_t i = 0; i < person.joints.size(); ++i) {
      if (person.state[i] == JointState::missing) continue;
      if (!depth) depth = person.joints[i][2];
      if (std::abs(person.joints[i][2] - *depth) > kFlat) return false;
    }
  }
  return true;
}

/// The map to the model's layout. @throws Error naming the recording
std::shared_ptr<const RetargetMap> map_of(const Clip& clip, const std::string& layout) {
  try {
    return retarget_map(*clip.layout, layout);
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{}: {}", clip.place(), error.what()));
  }
}

/// A stretch of frames that a person's performance is taken from.
PersonTrack filled_track(const Clip& clip, std::size_t person, const std::vector<std::size_t>& stretch) {
  PersonTrack track = cut_track(clip.persons[person], clip.joint_count(), stretch);
  fill_short_gaps(clip.times, track);
  return track;
}

}  // namespace

double Window::time_at(double share) const {
  const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(frames);
  const auto frame = std::min(static_cast<std::size_t>(place), frames - 1);
  const double passed = place - static_cast<double>(frame);
  return times[frame] + passed * (times[frame + 1] - times[frame]);
}

Window make_window(const ClipPtr& clip, const WindowOptions& options) {
  if (!clip || !clip->layout || clip->frames == 0) {
    throw Error(Code::bad_format,
                fmt::format("{}: the recording is empty; choose another", clip ? clip->place() : "no recording"));
  }
  const std::size_t person = chosen_person(*clip, options);
  check_times(*clip, options);
  const auto map = map_of(*clip, options.layout);
  const std::vector<std::size_t> stretch = frames_in_stretch(*clip, options);
  const PersonTrack track = filled_track(*clip, person, stretch);
  const std::vector<std::size_t> kept = seen_frames(track);
  if (kept.empty()) {
    throw Error(Code::bad_format,
                fmt::format("{}: not one joint of person {} was measured between {:.1f} s and {:.1f} s, so there is "
                            "nobody to recognise; choose another person, stretch or recording",
                            clip->place(), person + 1, options.begin, options.end.value_or(clip->duration())));
  }
  std::vector<std::size_t> frames(kept.size());
  std::ranges::transform(kept, frames.begin(), [&](std::size_t k) { return stretch[k]; });
  const std::vector<GridPoint> grid = make_grid(*clip, closed_up_times(*clip, frames), options.fps);
  Window window;
  window.layout = map->to;
  window.fps = options.fps;
  window.frames = grid.size();
  window.begin = options.begin;
  window.end = std::min(options.end.value_or(clip->duration()), clip->duration());
  window.times = clip_times(*clip, frames, grid);
  window.skipped_frames = stretch.size() - kept.size();
  window.clip = clip;
  window.persons.push_back(take_person(track, clip->persons[person].id, *map, kept, grid));
  if (const auto second = options.second_person ? companion(*clip, person, frames) : std::nullopt) {
    window.persons.push_back(
        take_person(filled_track(*clip, *second, stretch), clip->persons[*second].id, *map, kept, grid));
  }
  name_joints(*map, window);
  note_guessed_joints(*map, clip->persons[person], frames, window);
  if (track.filled_frames > 0) {
    window.warnings.push_back(fmt::format("gaps of at most {} frames interpolated, frames with such joints: {}",
                                          kLongestFilledGap, track.filled_frames));
  }
  if (clip->layout->planar && lies_in_a_plane(window.persons)) {
    for (WindowPerson& performer : window.persons) {
      for (Vec3& joint : performer.joints) joint[2] = 0.0F;
    }
    window.warnings.emplace_back("2-D input: reduced accuracy");
  }
  return window;
}

}  // namespace purlscope::core
