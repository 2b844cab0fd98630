#include "core/formats/readers/arrays/joint_array.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/base/finite.h"
#include "core/base/layout.h"
#include "core/formats/readers/planar/planar_clip.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

/// Coordinates that a layout's joints may have in an array.
bool is_channel_count(std::size_t count, const JointLayout& layout) {
  return count == 3 || count == (layout.planar ? 2U : 4U);
}

bool fits(const std::string& axes, const std::vector<std::size_t>& shape, const JointLayout& layout) {
  if (axes.size() != shape.size()) return false;
  return shape[axes.find('V')] == layout.size() && is_channel_count(shape[axes.find('C')], layout);
}

/// "coco17, body25" @return empty for none
std::string layouts_of(const std::vector<std::size_t>& shape) {
  std::string list;
  for (const std::string& id : joint_layout_ids()) {
    const std::size_t joints = joint_layout(id)->size();
    if (std::ranges::find(shape, joints) == shape.end()) continue;
    list += fmt::format("{}{} ({} joints)", list.empty() ? "" : ", ", id, joints);
  }
  return list;
}

std::string shown(const std::string& axes) { return fmt::format("{}", fmt::join(axes, ",")); }

}  // namespace

std::shared_ptr<const JointLayout> choose_layout(const fs::path& file, const ReadOptions& options,
                                                 const std::string& stated, const std::vector<std::size_t>& shape) {
  if (!stated.empty()) {
    require_layout(file, options, stated);
    try {
      return joint_layout(stated);
    } catch (const Error& error) {
      throw format_error(file, fmt::format("its layout is {}: {}", excerpt(stated), error.what()));
    }
  }
  if (!options.layout.empty()) return joint_layout(options.layout);
  const std::string candidates = layouts_of(shape);
  throw Error(Code::bad_argument,
              fmt::format("{}: an array of shape [{}] does not say its joint layout; name it (--input-layout). {}",
                          file.string(), fmt::join(shape, ", "),
                          candidates.empty() ? fmt::format("Known: {}", fmt::join(joint_layout_ids(), ", "))
                                             : fmt::format("Of such a size are {}", candidates)));
}

std::string choose_axes(const std::string& place, const std::vector<std::size_t>& shape,
                        const std::vector<std::string>& known, const JointLayout& layout, Warnings& warnings) {
  std::vector<std::string> fitting;
  std::ranges::copy_if(known, std::back_inserter(fitting),
                       [&](const std::string& axes) { return fits(axes, shape, layout); });
  if (fitting.empty()) {
    std::vector<std::string> forms;
    std::ranges::transform(known, std::back_inserter(forms), shown);
    throw Error(Code::shape_mismatch,
                fmt::format("{}: the shape is [{}], expected {} with V = {} joints of layout {} and C = {}", place,
                            fmt::join(shape, ", "), fmt::join(forms, " or "), layout.size(), layout.id,
                            layout.planar ? "2 or 3" : "3 or 4"));
  }
  if (fitting.size() > 1) {
    warnings.add(fmt::format("the shape [{}] may be {} or {}: read as {}; an array `axes` in an npz file settles it",
                             fmt::join(shape, ", "), shown(fitting[0]), shown(fitting[1]), shown(fitting[0])));
  }
  return fitting.front();
}

JointArray arrange(const std::vector<float>& values, const std::vector<std::size_t>& shape, const std::string& axes,
                   bool fortran) {
  std::vector<std::size_t> steps(shape.size(), 1);
  if (fortran) {
    for (std::size_t i = 1; i < shape.size(); ++i) steps[i] = steps[i - 1] * shape[i - 1];
  } else {
    for (std::size_t i = shape.size() - 1; i-- > 0;) steps[i] = steps[i + 1] * shape[i + 1];
  }
  const auto length = [&](char axis) {
    const std::size_t at = axes.find(axis);
    return at == std::string::npos ? std::size_t{1} : shape[at];
  };
  const auto step = [&](char axis) {
    const std::size_t at = axes.find(axis);
    return at == std::string::npos ? std::size_t{0} : steps[at];
  };
  JointArray array{length('M'), length('T'), length('V'), length('C'), {}};
  if (values.empty()) array.persons = 0;
  array.values.reserve(array.persons * array.frames * array.joints * array.channels);
  const std::array<std::size_t, 4> stride = {step('M'), step('T'), step('V'), step('C')};
  for (std::size_t m = 0; m < array.persons; ++m) {
    for (std::size_t t = 0; t < array.frames; ++t) {
      for (std::size_t v = 0; v < array.joints; ++v) {
        const std::size_t at = m * stride[0] + t * stride[1] + v * stride[2];
        for (std::size_t c = 0; c < array.channels; ++c) array.values.push_back(values[at + c * stride[3]]);
      }
    }
  }
  return array;
}

void warn_of_clips(std::size_t clips, Warnings& warnings) {
  if (clips > 1) {
    warnings.add(fmt::format(
        "holds {} clips, the first is read; save another as a file of its own: np.save('k.npy', x[k])", clips));
  }
}

const std::vector<std::string>& usual_axes() {
  static const std::vector<std::string> axes = {"NCTVM", "CTVM", "MTVC", "TVC", "CTV"};
  return axes;
}

JointMeaning usual_meaning(const JointArray& array, const JointLayout& layout) {
  JointMeaning meaning;
  meaning.has_score = array.channels == (layout.planar ? 3U : 4U);
  return meaning;
}

Clip empty_clip(const fs::path& file, std::string format, std::shared_ptr<const JointLayout> layout, std::size_t frames,
                double fps) {
  Clip clip = make_clip(file, std::move(format), std::move(layout), frames, fps);
  if (clip.layout->planar) clip.unit = "px";
  return clip;
}

namespace {

/// Image coordinates go the way of all planar readers; the array's person slots are hints at who is who.
Clip planar_clip_of(const fs::path& file, std::string format, std::shared_ptr<const JointLayout> layout,
                    std::vector<Person> persons, std::size_t frames, const ReadOptions& options, double fps,
                    Warnings& warnings) {
  PlanarRecording recording;
  recording.format = std::move(format);
  recording.fps = fps;
  const auto joints = static_cast<std::ptrdiff_t>(layout->size());
  recording.layout = std::move(layout);
  for (std::size_t t = 0; t < frames; ++t) {
    PlanarFrame& frame = recording.frames.emplace_back();
    frame.number = static_cast<std::int64_t>(t);
    for (const Person& person : persons) {
      const auto first = static_cast<std::ptrdiff_t>(t) * joints;
      PlanarPerson body{{person.joints.begin() + first, person.joints.begin() + first + joints},
                        {person.state.begin() + first, person.state.begin() + first + joints},
                        {},
                        person.id};
      if (is_seen(body)) frame.persons.push_back(std::move(body));
    }
  }
  return make_planar_clip(file, std::move(recording), options, warnings);
}

}  // namespace

Clip clip_of(const fs::path& file, std::string format, std::shared_ptr<const JointLayout> layout,
             const JointArray& array, const JointMeaning& meaning, const ReadOptions& options, double fps,
             Warnings& warnings) {
  const std::size_t cells = array.frames * array.joints;
  const std::size_t coordinates = std::min<std::size_t>(3, array.channels - (meaning.has_score ? 1 : 0));
  std::vector<Person> persons;
  std::size_t frames = 0;
  for (std::size_t m = 0; m < array.persons; ++m) {
    Person person{std::to_string(m + 1), std::vector<Vec3>(cells), std::vector<JointState>(cells, JointState::missing)};
    bool seen = false;
    for (std::size_t i = 0; i < cells; ++i) {
      const float* const source = array.values.data() + (m * cells + i) * array.channels;
      Vec3 joint{};
      std::copy_n(source, coordinates, joint.begin());
      JointState state = JointState::given;
      if (joint == Vec3{} || !keep_if_finite(joint, state)) continue;
      if (meaning.has_score || !meaning.scores.empty()) {
        const float score = meaning.has_score ? source[array.channels - 1] : meaning.scores[m * cells + i];
        if (!(score > 0.0F)) continue;
        if (score <= meaning.sure) state = JointState::inferred;
      }
      for (std::size_t axis = 0; axis < 3; ++axis) joint[axis] *= meaning.scale[axis];
      if (!keep_if_finite(joint, state)) continue;
      person.joints[i] = joint;
      person.state[i] = state;
      frames = std::max(frames, i / array.joints + 1);
      seen = true;
    }
    if (seen) persons.push_back(std::move(person));
  }
  if (persons.empty()) {
    throw format_error(file, fmt::format("none of its {} frames holds a position", array.frames));
  }
  if (frames < array.frames) {
    warnings.add(fmt::format("{} frames at the end hold no person and are left out", array.frames - frames));
  }
  for (Person& person : persons) {
    person.joints.resize(frames * array.joints);
    person.state.resize(frames * array.joints);
  }
  if (layout->planar) {
    return planar_clip_of(file, std::move(format), std::move(layout), std::move(persons), frames, options, fps,
                          warnings);
  }
  Clip clip = empty_clip(file, std::move(format), std::move(layout), frames, fps);
  clip.persons = std::move(persons);
  return clip;
}

}  // namespace purlscope::core
