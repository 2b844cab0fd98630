#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/layout.h"

namespace purlscope::core {

/// Where a joint's position comes from.
enum class JointState : std::uint8_t {
  given,     ///< measured by the sensor or written in the file
  inferred,  ///< computed by us, or marked as inferred by the sensor
  missing    ///< no value: the coordinates are zero and mean nothing
};

using Vec3 = std::array<float, 3>;

/// One tracked body over the whole clip. Frames in which it was not seen have every joint `missing`.
struct Person {
  std::string id;                 ///< stable within the clip; the sensor's id where it gives one
  std::vector<Vec3> joints;       ///< [T, J] metres, y up, camera frame (x to the person's right when facing, z away)
  std::vector<JointState> state;  ///< [T, J]
};

/// A labelled stretch of an untrimmed recording. Stretches may overlap.
struct Segment {
  double begin = 0.0;               ///< seconds of the clip
  double end = 0.0;                 ///< seconds of the clip, exclusive
  std::string label;                ///< class name, or the class id as the file writes it when no name is known
  std::optional<int> label_index;   ///< 0-based class id in its data set
  std::optional<float> confidence;  ///< as the annotators gave it
};

/// A recording of one or several persons in one joint layout. Immutable once loaded: share as `ClipPtr`.
struct Clip {
  std::string name;    ///< file name without folders
  std::string path;    ///< where it was read, empty for live or made clips
  std::string format;  ///< id of the reader: "ntu-skeleton", "utd-mhad", "nw-ucla", "msr-action3d"
  std::shared_ptr<const JointLayout> layout;
  std::size_t frames = 0;     ///< T
  std::optional<double> fps;  ///< nominal rate if the format states or fixes one
  std::vector<double> times;  ///< [T] seconds from the first frame, never empty when T > 0
  std::vector<Person> persons;
  std::string unit = "m";                   ///< unit of the file, before conversion to metres
  std::optional<std::string> label;         ///< class name if the name or the file states it
  std::optional<int> label_index;           ///< 0-based class id in its data set
  std::vector<Segment> segments;            ///< of an untrimmed recording, by begin; empty for a trimmed one
  std::map<std::string, std::string> tags;  ///< provenance: "subject", "camera", "repetition", "setup", "licence"
  std::vector<std::string> warnings;        ///< collected by the reader, each with its place

  /// The file it was read from, else its name: what a message calls it.
  const std::string& place() const { return path.empty() ? name : path; }
  std::size_t joint_count() const { return layout ? layout->size() : 0; }
  /// Last time stamp - first + one frame. Seconds.
  double duration() const;
  /// Nominal fps, else the median rate of the time stamps, else 30. Frames per second.
  double rate() const;
  /// True when every joint of the person is missing in the frame.
  bool absent(std::size_t person, std::size_t frame) const;
};

using ClipPtr = std::shared_ptr<const Clip>;

/// How much a person moves and how far the body reaches: sum over x, y, z of the standard deviation over seen frames
/// and joints (the rule of SynSE and Shift-GCN). 0 for a person who was never seen.
double person_energy(const Clip& clip, std::size_t person);

/// Index of the person with most `person_energy`. -1 for a clip without persons.
int most_energetic_person(const Clip& clip);

}  // namespace purlscope::core
