#include "core/formats/readers/planar/planar_clip.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>

#include "core/base/median.h"
#include "core/base/progress.h"
#include "core/formats/readers/body_tracks.h"
#include "core/skeleton/planar_scale.h"
#include "core/skeleton/tracker.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostPersons = 64;
/// Places in a clip (persons x frames) for each detection of the file, and those that cost nothing to speak of: memory
/// stays within a multiple of the file's size.
constexpr std::size_t kPlacesPerDetection = 16;
constexpr std::size_t kFreePlaces = 4096;
/// Gaps: frames of the recording for each frame of the file, and those that are always allowed.
constexpr std::int64_t kFramesPerFrame = 20;
constexpr std::int64_t kFreeFrames = 1000;
constexpr std::size_t kFramesPerReport = 64;

/// The scale that makes the median torso as long as torsos are taken to be, else the shoulders as wide.
double metres_a_unit(std::vector<double>& torsos, std::vector<double>& widths, const std::string& unit,
                     Warnings& warnings) {
  constexpr double kPoint = 1e-9;  // shorter is no length
  const double torso = torsos.empty() ? 0.0 : median(std::span(torsos));
  if (torso > kPoint) return kTorsoLength / torso;
  const double width = widths.empty() ? 0.0 : median(std::span(widths));
  if (width > kPoint) {
    warnings.add("no torso is seen whole; the scale follows from the width of the shoulders");
    return kShoulderWidth / width;
  }
  warnings.add(fmt::format("neither torso nor shoulders are seen; 1 {} counts as 1 m", unit));
  return 1.0;
}

PlanarPlacing placing_of(const PlanarRecording& recording, Warnings& warnings) {
  const TorsoMeasure measure(*recording.layout);
  std::vector<double> torsos;
  std::vector<double> widths;
  std::array<std::vector<double>, 2> hip_places;
  std::array<std::vector<double>, 2> all_places;
  for (const PlanarFrame& frame : recording.frames) {
    for (const PlanarPerson& person : frame.persons) {
      for (std::size_t j = 0; j < person.joints.size(); ++j) {
        if (person.state[j] == JointState::missing) continue;
        for (std::size_t axis = 0; axis < 2; ++axis) all_places[axis].push_back(person.joints[j][axis]);
      }
      if (const auto hips = measure.hips(person)) {
        for (std::size_t axis = 0; axis < 2; ++axis) hip_places[axis].push_back((*hips)[axis]);
      }
      if (const auto torso = measure.length(person)) torsos.push_back(*torso);
      if (const auto width = measure.shoulder_width(person)) widths.push_back(*width);
    }
  }
  PlanarPlacing placing;
  if (all_places[0].empty()) return placing;
  auto& places = hip_places[0].empty() ? all_places : hip_places;
  for (std::size_t axis = 0; axis < 2; ++axis) placing.origin[axis] = median(std::span(places[axis]));
  placing.scale = metres_a_unit(torsos, widths, recording.unit, warnings);
  return placing;
}

/// Frame numbers become 0, 1, 2, ...; returns the distance of the numbers before.
std::int64_t count_from_zero(const fs::path& file, std::vector<PlanarFrame>& frames) {
  const std::int64_t first = frames.front().number;
  if (!dense_enough(first, frames.back().number, frames.size())) {
    throw format_error(file, fmt::format("{} frames are numbered {} to {}; expected a recording with fewer gaps",
                                         frames.size(), first, frames.back().number));
  }
  std::int64_t step = 0;
  for (PlanarFrame& frame : frames) {
    frame.number -= first;
    step = std::gcd(step, frame.number);
  }
  // Two frames with a gap between them are no rhythm yet.
  if (step < 1 || frames.size() < 3) step = 1;
  for (PlanarFrame& frame : frames) frame.number /= step;
  return step;
}

std::vector<BodyTrack> track(PlanarRecording& recording, double fps, const ReadOptions& options, Warnings& warnings) {
  const std::size_t joints = recording.layout->size();
  Tracker tracker(*recording.layout);
  std::map<std::uint64_t, BodyTrack> tracks;
  std::size_t stray = 0;
  for (std::size_t f = 0; f < recording.frames.size(); ++f) {
    if (f % kFramesPerReport == 0) {
      throw_if_stopped(options.stop);
      if (options.progress) {
        options.progress({"Following persons", static_cast<double>(f) / static_cast<double>(recording.frames.size()),
                          fmt::format("frame {} of {}", f + 1, recording.frames.size())});
      }
    }
    PlanarFrame& frame = recording.frames[f];
    std::vector<Detection> detections;
    for (const PlanarPerson& person : frame.persons)
      detections.push_back({person.joints, person.state, person.sensor_id});
    const auto ids = tracker.step(static_cast<double>(frame.number) / fps, detections);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (ids[i] == 0) {
        ++stray;
        continue;
      }
      BodyTrack& body = tracks[ids[i]];
      body.id = std::to_string(ids[i]);
      body.frames.push_back(static_cast<std::size_t>(frame.number));
      body.joints.insert(body.joints.end(), frame.persons[i].joints.begin(), frame.persons[i].joints.end());
      body.state.insert(body.state.end(), frame.persons[i].state.begin(), frame.persons[i].state.end());
    }
    frame.persons = {};
  }
  if (tracker.left_out() > 0) {
    warnings.add(
        fmt::format("{} persons left out: more than {} in one frame", tracker.left_out(), Tracker::kMostDetections));
  }
  if (stray > tracker.left_out()) {
    warnings.add(fmt::format("{} persons left out: fewer than {} of the {} joints are seen and they fit no one known",
                             stray - tracker.left_out(), tracker.fewest_to_begin(), joints));
  }
  std::vector<BodyTrack> found;
  found.reserve(tracks.size());
  for (auto& [id, body] : tracks) found.push_back(std::move(body));
  return found;
}

/// Keeps the persons seen longest, in the order in which they came.
void limit_persons(std::vector<BodyTrack>& tracks, std::size_t frames, Warnings& warnings) {
  std::size_t detections = 0;
  for (const BodyTrack& body : tracks) detections += body.frames.size();
  const std::size_t room = (kPlacesPerDetection * detections + kFreePlaces) / frames;
  const std::size_t most = std::clamp<std::size_t>(room, 1, kMostPersons);
  if (tracks.size() <= most) return;
  std::vector<std::size_t> lengths;
  lengths.reserve(tracks.size());
  for (const BodyTrack& body : tracks) lengths.push_back(body.frames.size());
  std::nth_element(lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(most - 1), lengths.end(),
                   std::greater<>());
  const std::size_t shortest = lengths[most - 1];
  auto ties = most - static_cast<std::size_t>(
                         std::count_if(lengths.begin(), lengths.end(), [&](std::size_t n) { return n > shortest; }));
  const std::size_t found = tracks.size();
  std::erase_if(tracks, [&](const BodyTrack& body) {
    if (body.frames.size() != shortest) return body.frames.size() < shortest;
    if (ties == 0) return true;
    --ties;
    return false;
  });
  warnings.add(fmt::format("{} persons found, the {} seen longest are kept", found, most));
}

}  // namespace

std::optional<NumberedName> numbered_name(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789";
  const std::size_t last = name.find_last_of(kDigits);
  if (last == std::string_view::npos) return std::nullopt;
  const std::size_t before = name.find_last_not_of(kDigits, last);
  const std::size_t first = before == std::string_view::npos ? 0 : before + 1;
  const std::string_view digits = name.substr(first, last + 1 - first);
  constexpr std::size_t kMostDigits = 15;
  if (digits.size() > kMostDigits) return std::nullopt;
  NumberedName result;
  std::from_chars(digits.data(), digits.data() + digits.size(), result.number);
  result.pattern = fmt::format("{}*{}", name.substr(0, first), name.substr(last + 1));
  return result;
}

bool dense_enough(std::int64_t first, std::int64_t last, std::size_t frames) {
  return last - first <= kFreeFrames + kFramesPerFrame * static_cast<std::int64_t>(frames);
}

void number_frames(std::vector<PlanarFrame>& frames, const std::vector<std::string>& names, Warnings& warnings) {
  for (std::size_t f = 0; f < frames.size(); ++f) frames[f].number = static_cast<std::int64_t>(f);
  std::vector<NumberedName> numbered;
  numbered.reserve(names.size());
  for (const std::string& name : names) {
    auto parts = numbered_name(name);
    if (!parts || (!numbered.empty() && numbered.front().pattern != parts->pattern)) {
      warnings.add(
          fmt::format("the names of the images differ in more than one number ({}); they count as "
                      "consecutive frames in the order of their names",
                      excerpt(name)));
      return;
    }
    numbered.push_back(std::move(*parts));
  }
  if (numbered.empty()) return;
  std::vector<std::size_t> order(frames.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return numbered[a].number < numbered[b].number; });
  std::vector<PlanarFrame> sorted;
  sorted.reserve(frames.size());
  for (const std::size_t i : order) sorted.push_back(std::move(frames[i]));
  frames = std::move(sorted);
  const std::int64_t first = numbered[order.front()].number;
  const std::int64_t last = numbered[order.back()].number;
  const bool repeats = std::adjacent_find(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
                         return numbered[a].number == numbered[b].number;
                       }) != order.end();
  const bool video = !repeats && dense_enough(first, last, frames.size());
  if (!video) {
    warnings.add(fmt::format("{} images numbered {} to {} are no video's; they count as consecutive frames",
                             frames.size(), first, last));
  }
  for (std::size_t f = 0; f < frames.size(); ++f) {
    frames[f].number = video ? numbered[order[f]].number : static_cast<std::int64_t>(f);
  }
}

Clip make_planar_clip(const fs::path& file, PlanarRecording recording, const ReadOptions& options, Warnings& warnings) {
  const double file_fps = options.fps.value_or(recording.fps);
  if (!(file_fps > 0.0) || !std::isfinite(file_fps)) {
    throw Error(Code::bad_argument,
                fmt::format("{}: {} frames per second, expected more than 0", file.string(), file_fps));
  }
  if (recording.frames.empty()) throw format_error(file, "no frame, expected at least 1");
  const std::int64_t first = recording.frames.front().number;
  const std::int64_t step = count_from_zero(file, recording.frames);
  const double fps = file_fps / static_cast<double>(step);
  if (step > 1) {
    warnings.add(fmt::format("one frame in {} is in the file, which makes {:g} frames per second", step, fps));
  }
  const auto frames = static_cast<std::size_t>(recording.frames.back().number) + 1;
  if (const std::size_t gaps = frames - recording.frames.size(); gaps > 0) {
    warnings.add(fmt::format("{} of {} frames are not in the file and count as absent", gaps, frames));
  }

  Clip clip = make_clip(file, recording.format, recording.layout->id, frames, fps);
  clip.layout = recording.layout;
  clip.unit = recording.unit;
  if (first != 0) clip.tags["first frame"] = std::to_string(first);
  if (recording.unit != "m") {
    const PlanarPlacing found = placing_of(recording, warnings);
    for (PlanarFrame& frame : recording.frames) {
      for (PlanarPerson& person : frame.persons) found.place(person);
    }
    clip.tags["scale"] = fmt::format("{:.9g}", found.scale);
    clip.tags["origin"] = fmt::format("{:.9g} {:.9g}", found.origin[0], found.origin[1]);
  }
  if (!recording.spatial) warnings.add("2-D input: reduced accuracy");

  std::vector<BodyTrack> tracks = track(recording, fps, options, warnings);
  if (tracks.empty()) warnings.add("no person in any frame");
  limit_persons(tracks, frames, warnings);
  for (const BodyTrack& body : tracks) clip.persons.push_back(to_person(body, frames, clip.joint_count()));
  return clip;
}

}  // namespace purlscope::core
