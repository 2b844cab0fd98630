#include "core/formats/readers/arrays/own_npz.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/finite.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/arrays/joint_array.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kSegmentFields = 4;  // begin, end, label index, confidence

Error misfit(const NpyArray& array, const std::string& expected) {
  return Error(Code::shape_mismatch, fmt::format("{}: the shape is [{}], expected {}", array.place,
                                                 fmt::join(array.header.shape, ", "), expected));
}

/// Every array of our own is in C order and of the form written. @throws Error
NpyArray read_shaped(NpzArchive& archive, const char* name, const std::vector<std::size_t>& shape) {
  NpyArray array = archive.read(name);
  if (array.header.shape != shape || array.header.fortran) {
    throw misfit(array, fmt::format("[{}] in C order", fmt::join(shape, ", ")));
  }
  return array;
}

std::vector<std::string> read_texts(NpzArchive& archive, const char* name, std::size_t most) {
  return archive.has(name) ? archive.read(name).texts(most) : std::vector<std::string>();
}

std::optional<int> to_index(double value) {
  if (!(value >= std::numeric_limits<int>::min() && value <= std::numeric_limits<int>::max())) return std::nullopt;
  return static_cast<int>(value);
}

std::shared_ptr<const JointLayout> read_layout(const fs::path& file, NpzArchive& archive, const ReadOptions& options,
                                               const std::vector<std::size_t>& shape) {
  const std::string id = npz_text(archive, "layout").value_or("");
  if (id != "own") return choose_layout(file, options, id, shape);
  require_layout(file, options, id);
  std::vector<std::string> names = read_texts(archive, "joint_names", shape[0]);
  std::vector<int> parents;
  if (archive.has("parents")) {
    const NpyArray array = archive.read("parents");
    for (const double parent : array.doubles()) parents.push_back(to_index(parent).value_or(-1));
  }
  try {
    return own_layout(npz_text(archive, "layout_title").value_or("own joints"), std::move(names), std::move(parents));
  } catch (const Error& error) {
    throw format_error(file, fmt::format("joint_names and parents: {}", error.what()));
  }
}

void read_persons(NpzArchive& archive, const NpyArray& positions, Clip& clip, Warnings& warnings) {
  const std::size_t count = positions.header.shape[0];
  const std::size_t cells = clip.frames * clip.joint_count();
  const NpyArray state_array = read_shaped(archive, "state", {count, clip.frames, clip.joint_count()});
  const std::vector<float> values = positions.floats();
  const std::vector<float> states = state_array.floats();
  const std::vector<std::string> ids = read_texts(archive, "person_ids", count);
  std::size_t damaged = 0;
  for (std::size_t m = 0; m < count && cells > 0; ++m) {
    Person person{m < ids.size() ? ids[m] : std::to_string(m + 1), std::vector<Vec3>(cells),
                  std::vector<JointState>(cells, JointState::missing)};
    for (std::size_t i = 0; i < cells; ++i) {
      const float state = states[m * cells + i];
      if (state != 0.0F && state != 1.0F && state != 2.0F) {
        throw Error(Code::bad_format,
                    fmt::format("{}: the state of joint {} in frame {} is {}, expected 0 given, 1 "
                                "inferred or 2 missing",
                                state_array.place, i % clip.joint_count(), i / clip.joint_count() + 1, state));
      }
      if (state == 2.0F) continue;
      const float* const source = values.data() + 3 * (m * cells + i);
      person.joints[i] = {source[0], source[1], source[2]};
      person.state[i] = state == 0.0F ? JointState::given : JointState::inferred;
      damaged += keep_if_finite(person.joints[i], person.state[i]) ? 0 : 1;
    }
    clip.persons.push_back(std::move(person));
  }
  if (damaged > 0) warnings.add(fmt::format("{} joints without a finite position, marked missing", damaged));
}

void read_segments(NpzArchive& archive, Clip& clip) {
  if (!archive.has("segments")) return;
  const NpyArray array = archive.read("segments");
  const std::vector<std::string> labels = read_texts(archive, "segment_labels", array.header.count());
  if (array.header.shape != std::vector<std::size_t>{labels.size(), kSegmentFields} || array.header.fortran) {
    throw misfit(array, fmt::format("[{}, {}] in C order", labels.size(), kSegmentFields));
  }
  const std::vector<double> values = array.doubles();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double* const row = values.data() + kSegmentFields * i;
    Segment segment{row[0], row[1], labels[i], to_index(row[2]), std::nullopt};
    if (!std::isfinite(row[0]) || !std::isfinite(row[1]) || row[1] < row[0]) {
      throw Error(Code::bad_format, fmt::format("{}: segment {} goes from {} to {} s", array.place, i, row[0], row[1]));
    }
    if (std::isfinite(row[3])) segment.confidence = static_cast<float>(std::clamp(row[3], -1e30, 1e30));
    clip.segments.push_back(std::move(segment));
  }
}

void read_tags(NpzArchive& archive, Clip& clip, Warnings& warnings) {
  const auto text = npz_text(archive, "tags");
  if (!text) return;
  const nlohmann::json tags = nlohmann::json::parse(*text, nullptr, false);
  const bool fits = tags.is_object() && std::ranges::all_of(tags, [](const auto& tag) { return tag.is_string(); });
  if (!fits) {
    warnings.add("tags is no JSON object of texts and is left out");
    return;
  }
  for (const auto& [key, value] : tags.items()) clip.tags[key] = value.get<std::string>();
}

}  // namespace

std::optional<std::string> npz_text(NpzArchive& archive, const std::string& name) {
  if (!archive.has(name)) return std::nullopt;
  const NpyArray array = archive.read(name);
  if (!array.header.is_text() || array.header.count() == 0) return std::nullopt;
  std::vector<std::string> texts = array.texts(1);
  return texts.empty() ? std::string() : std::move(texts.front());
}

std::optional<double> npz_number(NpzArchive& archive, const std::string& name) {
  if (!archive.has(name)) return std::nullopt;
  NpyArray array = archive.read(name);
  if (array.header.is_text() || array.header.count() == 0) return std::nullopt;
  array.header.shape.clear();  // the first alone
  return array.doubles().front();
}

std::vector<double> checked_times(const NpyArray& array, std::size_t frames) {
  if (array.header.count() != frames) throw misfit(array, fmt::format("[{}], a time a frame", frames));
  std::vector<double> times = array.doubles();
  const double first = times.empty() ? 0.0 : times.front();
  double before = first;
  for (std::size_t t = 0; t < times.size(); ++t) {
    if (!std::isfinite(times[t]) || times[t] < before) {
      throw Error(Code::bad_format, fmt::format("{}: the time of frame {} is {} after {}, expected rising numbers",
                                                array.place, t + 1, times[t], before));
    }
    before = times[t];
    times[t] -= first;
  }
  return times;
}

bool is_own_npz(const NpzArchive& archive) { return archive.has("joints") && archive.has("state"); }

Clip read_own_npz(const fs::path& file, NpzArchive& archive, const ReadOptions& options) {
  const NpyArray positions = archive.read("joints");
  const std::vector<std::size_t>& shape = positions.header.shape;
  if (shape.size() != 4 || shape[3] != 3 || shape[1] == 0 || positions.header.fortran) {
    throw misfit(positions, "[M, T, V, 3] in C order with at least one frame");
  }
  const auto layout = read_layout(file, archive, options, {shape[2]});
  if (layout->size() != shape[2]) {
    throw misfit(positions, fmt::format("V = {} joints of layout {}", layout->size(), layout->id));
  }
  const NpyArray times = archive.read("times");
  if (times.header.count() != shape[1]) throw misfit(times, fmt::format("[{}], a time a frame", shape[1]));
  Clip clip = empty_clip(file, "npz", layout, shape[1], 1.0);
  clip.times = checked_times(times, clip.frames);
  clip.fps = npz_number(archive, "fps");
  if (clip.fps && !(*clip.fps > 0.0 && *clip.fps <= kMaxFps)) {
    throw Error(Code::bad_format,
                fmt::format("{}: {} frames per second, expected 0 to {}", archive.place("fps"), *clip.fps, kMaxFps));
  }
  Warnings warnings;
  read_persons(archive, positions, clip, warnings);
  if (const auto unit = npz_text(archive, "source_unit")) clip.unit = *unit;
  clip.label = npz_text(archive, "label");
  if (const auto index = npz_number(archive, "label_index")) clip.label_index = to_index(*index);
  read_segments(archive, clip);
  read_tags(archive, clip, warnings);
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
