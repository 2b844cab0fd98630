#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/formats/numpy/npz_writer.h"
#include "core/formats/writers/writers.h"

namespace purlscope::core {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

NpzNumbers<double> number(double value) { return {{}, {value}}; }

NpzNumbers<double> segment_rows(const std::vector<Segment>& segments) {
  NpzNumbers<double> rows{{segments.size(), 4}, {}};
  for (const Segment& segment : segments) {
    rows.data.insert(rows.data.end(), {segment.begin, segment.end, segment.label_index ? *segment.label_index : kNone,
                                       segment.confidence ? *segment.confidence : kNone});
  }
  return rows;
}

std::vector<std::string> segment_labels(const std::vector<Segment>& segments) {
  std::vector<std::string> labels;
  labels.reserve(segments.size());
  for (const Segment& segment : segments) labels.push_back(segment.label);
  return labels;
}

void add_persons(const Clip& clip, std::map<std::string, NpzValue>& arrays) {
  const std::size_t joints = clip.joint_count();
  NdArray positions;
  positions.shape = {clip.persons.size(), clip.frames, joints, 3};
  positions.data.reserve(clip.persons.size() * clip.frames * joints * 3);
  NpzNumbers<std::uint8_t> states{{clip.persons.size(), clip.frames, joints}, {}};
  states.data.reserve(positions.data.capacity() / 3);
  std::vector<std::string> ids;
  for (const Person& person : clip.persons) {
    ids.push_back(person.id);
    for (const Vec3& joint : person.joints) positions.data.insert(positions.data.end(), joint.begin(), joint.end());
    for (const JointState state : person.state) states.data.push_back(static_cast<std::uint8_t>(state));
  }
  arrays["joints"] = std::move(positions);
  arrays["state"] = std::move(states);
  arrays["person_ids"] = std::move(ids);
}

}  // namespace

std::vector<std::string> write_npz_clip(const Clip& clip, const std::filesystem::path& file,
                                        const WriteOptions& options) {
  throw_if_stopped(options.stop);
  if (!clip.layout || clip.frames == 0) throw Error(Code::bad_argument, clip.place() + ": holds no frame to write");
  std::map<std::string, NpzValue> arrays;
  add_persons(clip, arrays);
  arrays["times"] = NpzNumbers<double>{{clip.times.size()}, clip.times};
  arrays["layout"] = clip.layout->id;
  arrays["layout_title"] = clip.layout->title;
  arrays["joint_names"] = clip.layout->joints;
  arrays["parents"] =
      NpzNumbers<std::int32_t>{{clip.joint_count()}, {clip.layout->parent.begin(), clip.layout->parent.end()}};
  arrays["unit"] = clip.layout->planar ? clip.unit : std::string("m");
  arrays["source_unit"] = clip.unit;
  if (clip.fps) arrays["fps"] = number(*clip.fps);
  if (clip.label) arrays["label"] = *clip.label;
  if (clip.label_index) arrays["label_index"] = NpzNumbers<std::int32_t>{{}, {*clip.label_index}};
  if (!clip.segments.empty()) {
    arrays["segments"] = segment_rows(clip.segments);
    arrays["segment_labels"] = segment_labels(clip.segments);
  }
  if (!clip.tags.empty()) {
    arrays["tags"] = nlohmann::json(clip.tags).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  write_npz(file, arrays, options.stop);
  return {};
}

}  // namespace purlscope::core
