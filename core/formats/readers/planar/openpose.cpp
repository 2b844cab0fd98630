#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/progress.h"
#include "core/formats/parse/json_text.h"
#include "core/formats/readers/planar/openpose_people.h"
#include "core/formats/readers/planar/planar_clip.h"
#include "core/formats/readers/planar/planar_readers.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::string_view kSuffix = "_keypoints.json";
constexpr std::array<std::string_view, 7> kSkipped = {
    "face_keypoints_2d",       "face_keypoints_3d",       "hand_left_keypoints_2d", "hand_left_keypoints_3d",
    "hand_right_keypoints_2d", "hand_right_keypoints_3d", "part_candidates"};
constexpr std::size_t kFramesPerReport = 64;
constexpr std::size_t kEntriesLookedAt = 10'000;

/// Name and frame number of `<name><number>_keypoints.json`, empty for any other file.
std::optional<NumberedName> frame_name(const fs::path& file) {
  std::string name = file.filename().string();
  if (!name.ends_with(kSuffix)) return std::nullopt;
  name.resize(name.size() - kSuffix.size());
  return numbered_name(name);
}

/// Takes people from files, frame by frame.
class People {
 public:
  explicit People(const ReadOptions& options) : options_(options) {}

  void add(const fs::path& file, std::int64_t number) {
    const Json root = read_json(file, kSkipped, options_);
    const Json& people = OpenPosePeople::list(root, file.string());
    PlanarFrame frame{number, {}};
    for (std::size_t p = 0; p < people.size(); ++p) {
      if (auto person = read_person(file, people[p], p)) frame.persons.push_back(std::move(*person));
    }
    frames_.push_back(std::move(frame));
  }

  /// The frames in order of their numbers.
  PlanarRecording take(Warnings& warnings) {
    PlanarRecording recording;
    recording.format = "openpose";
    recording.layout = people_.layout() ? people_.layout() : joint_layout("body25");
    std::stable_sort(frames_.begin(), frames_.end(),
                     [](const PlanarFrame& a, const PlanarFrame& b) { return a.number < b.number; });
    recording.frames = std::move(frames_);
    if (spatial_) {
      auto solid = std::make_shared<JointLayout>(*recording.layout);
      solid->planar = false;
      recording.layout = std::move(solid);
      recording.spatial = true;
      recording.unit = "calibration units";
      drop_planar_people(recording, warnings);
    } else if (largest_ > 0.0F && largest_ <= 1.0F) {
      recording.unit = "image sizes";
      warnings.add(
          "the coordinates are fractions of the image (--keypoint_scale 3 or 4) and its sides are not in the "
          "file: bodies are as broad or slim as in a square image");
    }
    return recording;
  }

 private:
  std::optional<PlanarPerson> read_person(const fs::path& file, const Json& value, std::size_t index) {
    const std::string source = fmt::format("{}: person {}", file.string(), index + 1);
    OpenPosePeople::require_keypoints(value, source);
    std::optional<PlanarPerson> person = people_.in_space(value, source);
    const bool spatial = person && is_spatial(*person);
    spatial_ = spatial_ || spatial;
    if (!spatial) {
      if (auto flat = people_.in_image(value, source)) {
        note_extent(*flat);
        person = std::move(flat);
      }
    }
    if (person) require_layout(file, options_, people_.layout()->id);
    return person;
  }

  void note_extent(const PlanarPerson& person) {
    for (const Vec3& joint : person.joints) largest_ = std::max({largest_, std::abs(joint[0]), std::abs(joint[1])});
  }

  static bool is_spatial(const PlanarPerson& person) {
    return std::any_of(person.joints.begin(), person.joints.end(), [](const Vec3& joint) { return joint[2] != 0.0F; });
  }

  static void drop_planar_people(PlanarRecording& recording, Warnings& warnings) {
    std::size_t dropped = 0;
    for (PlanarFrame& frame : recording.frames) {
      dropped += std::erase_if(frame.persons, [](const PlanarPerson& person) { return !is_spatial(person); });
    }
    if (dropped > 0) warnings.add(fmt::format("{} persons without 3-D keypoints among others that have them", dropped));
  }

  const ReadOptions& options_;
  OpenPosePeople people_;
  std::vector<PlanarFrame> frames_;
  bool spatial_ = false;
  float largest_ = 0.0F;  ///< coordinate of the image
};

struct FrameFile {
  std::int64_t number = 0;
  fs::path file;
};

/// The frames of a folder in order. @throws Error{Code::bad_format, Code::bad_argument, Code::limit}
std::vector<FrameFile> frame_files(const fs::path& folder, const ReadOptions& options) {
  std::vector<FrameFile> frames;
  std::string pattern;
  std::uintmax_t bytes = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    throw_if_stopped(options.stop);
    const auto parts = frame_name(entry.path());
    if (!parts || !entry.is_regular_file()) continue;
    if (frames.empty()) pattern = parts->pattern;
    if (parts->pattern != pattern) {
      throw Error(
          Code::bad_argument,
          fmt::format("{}: holds the frames of several recordings ({}{} and {}{}); give each a folder of its own",
                      folder.string(), pattern, kSuffix, parts->pattern, kSuffix));
    }
    bytes += entry.file_size();
    if (bytes > kMaxRecordingBytes) {
      throw Error(Code::limit, fmt::format("{}: more than {} bytes; cut the recording into pieces", folder.string(),
                                           kMaxRecordingBytes));
    }
    frames.push_back({parts->number, entry.path()});
  }
  std::sort(frames.begin(), frames.end(), [](const FrameFile& a, const FrameFile& b) { return a.number < b.number; });
  const auto twice = std::adjacent_find(frames.begin(), frames.end(),
                                        [](const FrameFile& a, const FrameFile& b) { return a.number == b.number; });
  if (twice != frames.end()) {
    throw format_error(folder, fmt::format("two files of frame {}: {} and {}", twice->number,
                                           twice->file.filename().string(), (twice + 1)->file.filename().string()));
  }
  if (frames.empty()) throw format_error(folder, fmt::format("no file *<frame number>{}", kSuffix));
  return frames;
}

}  // namespace

bool matches_openpose_folder(const fs::path& folder, std::string_view /*head*/) {
  std::error_code failure;
  std::size_t looked_at = 0;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
    if (frame_name(entry->path())) return true;
    if (++looked_at == kEntriesLookedAt) return false;
  }
  return false;
}

Clip read_openpose_folder(const fs::path& folder, const ReadOptions& options) {
  Warnings warnings;
  std::vector<FrameFile> files;
  try {
    files = frame_files(folder, options);
  } catch (const fs::filesystem_error& error) {
    throw Error(Code::io, fmt::format("{}: {}", folder.string(), error.code().message()));
  }
  People people(options);
  for (std::size_t f = 0; f < files.size(); ++f) {
    if (f % kFramesPerReport == 0 && options.progress) {
      options.progress({"Reading frames", static_cast<double>(f) / static_cast<double>(files.size()),
                        fmt::format("{} of {}", f, files.size())});
    }
    try {
      people.add(files[f].file, files[f].number);
    } catch (const Error& error) {
      const bool unfinished = error.code() == Code::bad_format && f > 0 && f + 1 == files.size();
      if (!unfinished) throw;
      warnings.add(fmt::format("the last frame is left out: {}", error.what()));
    }
  }
  Clip clip = make_planar_clip(folder, people.take(warnings), options, warnings);
  clip.warnings = warnings.take();
  return clip;
}

bool matches_openpose_file(const fs::path& /*file*/, std::string_view head) {
  return first_character(head) == '{' && has_key(head, "people") &&
         (has_key(head, "version") || has_key(head, "pose_keypoints_2d"));
}

Clip read_openpose_file(const fs::path& file, const ReadOptions& options) {
  Warnings warnings;
  const auto parts = frame_name(file);
  People people(options);
  people.add(file, parts ? parts->number : 0);
  Clip clip = make_planar_clip(file, people.take(warnings), options, warnings);
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
