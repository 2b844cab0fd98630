#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <vector>

#include "core/base/ascii.h"
#include "core/base/progress.h"
#include "core/formats/readers/mocap/c3d_parameters.h"
#include "core/formats/readers/mocap/mocap.h"
#include "core/formats/readers/mocap/mocap_clip.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr char kKey = 0x50;  // second byte of every C3D file
constexpr std::size_t kFramesPerReport = 256;

/// Where the words of the header lie. Bytes.
namespace header {
constexpr std::size_t kPoints = 2;
constexpr std::size_t kAnalog = 4;  // samples a frame
constexpr std::size_t kFirst = 6;
constexpr std::size_t kLast = 8;
constexpr std::size_t kScale = 12;
constexpr std::size_t kData = 16;
constexpr std::size_t kRate = 20;
}  // namespace header

/// What the parameters say about the axes: right and up on the screen of the system that recorded.
struct Screen {
  Vec3d right{1.0, 0.0, 0.0};
  Vec3d up{0.0, 0.0, 1.0};
};

std::optional<Vec3d> axis_of(const std::vector<std::string>& texts) {
  if (texts.empty() || texts[0].empty()) return std::nullopt;
  const char letter = lower_ascii(texts[0]).back();
  if (letter < 'x' || letter > 'z') return std::nullopt;
  Vec3d axis{};
  axis[static_cast<std::size_t>(letter - 'x')] = texts[0].front() == '-' ? -1.0 : 1.0;
  return axis;
}

class C3dParser {
 public:
  C3dParser(const fs::path& file, std::string_view text, const ReadOptions& options)
      : file_(file), bytes_(text, processor(file, text)), parameters_(file, bytes_, section(text)), options_(options) {}

  Clip parse() {
    read_structure();
    const std::vector<std::size_t> kept = kept_points();
    std::vector<std::string> names;
    names.reserve(kept.size());
    for (const std::size_t point : kept) names.push_back(labels_[point]);
    const FittedLayout fitted =
        fit_layout(file_, options_.layout, "C3D points", distinct_names(std::move(names), warnings_), {});
    const std::size_t frames = frame_count();
    Clip clip = make_mocap_clip(file_, "c3d", fitted.layout, frames, rate(), bytes_.size());
    const LengthUnit& unit = length();
    clip.unit = unit.name;
    Person person = make_person("1", clip);
    const std::size_t joints = fitted.source.size();
    for (std::size_t t = 0; t < frames; ++t) {
      if (t % kFramesPerReport == 0) report(static_cast<double>(t) / static_cast<double>(frames));
      for (std::size_t j = 0; j < joints; ++j) {
        read_point(data_ + t * frame_bytes_ + kept[fitted.source[j]] * point_bytes(), unit.metres,
                   person.joints[t * joints + j], person.state[t * joints + j]);
      }
    }
    drop_unbounded(person, joints, warnings_);
    clip.persons.push_back(std::move(person));
    clip.warnings = warnings_.take();
    return clip;
  }

 private:
  static std::size_t section(std::string_view text) {
    return (static_cast<std::size_t>(static_cast<unsigned char>(text[0])) - 1) * kC3dBlock;
  }

  static C3dProcessor processor(const fs::path& file, std::string_view text) {
    if (text.size() < kC3dBlock || text[1] != kKey || text[0] == 0) {
      throw format_error(file, "the first block is no C3D header (byte 2 must be 80); it is damaged or no C3D file");
    }
    const std::size_t at = section(text) + 3;
    const int found = at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
    if (found < static_cast<int>(C3dProcessor::intel) || found > static_cast<int>(C3dProcessor::mips)) {
      throw format_error(file,
                         fmt::format("byte {}: processor {}, expected 84 (Intel), 85 (DEC) or 86 (MIPS); the file "
                                     "is truncated or damaged",
                                     at + 1, found));
    }
    return static_cast<C3dProcessor>(found);
  }

  void report(double fraction) const {
    throw_if_stopped(options_.stop);
    if (options_.progress) options_.progress({"Reading frames", fraction, {}});
  }

  std::size_t value_bytes() const { return real_ ? 4 : 2; }
  std::size_t point_bytes() const { return 4 * value_bytes(); }  // x, y, z, residual with cameras

  /// A parameter that counts; empty when it is absent or no whole number.
  std::optional<std::size_t> count(const std::string& name) const {
    constexpr double kLargest = 1e9;  // days of frames
    const auto value = parameters_.number(name);
    if (!value || !(*value >= 0.0 && *value <= kLargest)) return std::nullopt;
    return static_cast<std::size_t>(*value);
  }

  /// The same of two words, the lower first.
  std::optional<std::size_t> long_count(const std::string& name) const {
    const auto low = parameters_.number(name, 0);
    const auto high = parameters_.number(name, 1);
    if (!low || !high || !(*low >= 0.0 && *low < 65536.0) || !(*high >= 0.0 && *high < 65536.0)) return std::nullopt;
    return static_cast<std::size_t>(*low + 65536.0 * *high);
  }

  void read_structure() {
    const std::size_t stated = bytes_.word(header::kPoints);
    points_ = count("POINT:USED").value_or(stated);
    if (points_ == 0) throw format_error(file_, "no points (POINT:USED is 0), expected a recording of markers");
    if (points_ != stated) {
      warnings_.add(fmt::format("the header counts {} points, POINT:USED {}; the latter was taken", stated, points_));
    }
    scale_ = parameters_.number("POINT:SCALE").value_or(bytes_.real(header::kScale));
    real_ = scale_ < 0.0;
    if (!std::isfinite(scale_) || scale_ == 0.0) {
      throw format_error(file_, fmt::format("POINT:SCALE is {}, expected a number other than 0", scale_));
    }
    frame_bytes_ = points_ * point_bytes() + bytes_.word(header::kAnalog) * value_bytes();
    std::size_t block = bytes_.word(header::kData);
    if (block == 0) block = count("POINT:DATA_START").value_or(0);
    if (block < 2 || (block - 1) * kC3dBlock >= bytes_.size()) {
      throw format_error(file_,
                         fmt::format("the data begin in block {}, the file has {}; it is truncated or damaged: get "
                                     "it again",
                                     block, bytes_.size() / kC3dBlock));
    }
    data_ = (block - 1) * kC3dBlock;
    read_labels();
    read_screen();
  }

  void read_labels() {
    for (std::size_t part = 1; labels_.size() < points_; ++part) {
      const auto more = parameters_.texts(part == 1 ? "POINT:LABELS" : fmt::format("POINT:LABELS{}", part));
      if (more.empty()) break;
      labels_.insert(labels_.end(), more.begin(), more.end());
    }
    if (labels_.size() < points_) {
      warnings_.add(fmt::format("{} labels for {} points", labels_.size(), points_));
    }
    labels_.resize(points_);
    for (std::size_t p = 0; p < points_; ++p) {
      if (labels_[p].empty()) labels_[p] = fmt::format("point {}", p + 1);
    }
  }

  void read_screen() {
    const auto right = axis_of(parameters_.texts("POINT:X_SCREEN"));
    const auto up = axis_of(parameters_.texts("POINT:Y_SCREEN"));
    if (!up) return;
    screen_.up = *up;
    screen_.right = right ? *right : Vec3d{1.0, 0.0, 0.0};
    if (dot(screen_.right, screen_.up) == 0.0) return;
    if (right) warnings_.add("X_SCREEN and Y_SCREEN are the same axis; X_SCREEN is ignored");
    screen_.right = screen_.up[0] == 0.0 ? Vec3d{1.0, 0.0, 0.0} : Vec3d{0.0, 1.0, 0.0};
  }

  /// Results of models (Vicon lists them by kind) stand among the points but are no positions.
  std::vector<std::size_t> kept_points() {
    std::unordered_set<std::string> others;
    for (const char* kind : {"ANGLES", "FORCES", "MOMENTS", "POWERS", "SCALARS"}) {
      for (std::string& label : parameters_.texts(fmt::format("POINT:{}", kind))) others.insert(std::move(label));
    }
    std::vector<std::size_t> kept;
    for (std::size_t p = 0; p < points_; ++p) {
      if (!others.contains(labels_[p])) kept.push_back(p);
    }
    if (kept.empty()) throw format_error(file_, "every point is an angle, force, moment or power, expected positions");
    if (kept.size() < points_) {
      warnings_.add(fmt::format("{} of {} points are angles, forces, moments or powers and were left out",
                                points_ - kept.size(), points_));
    }
    return kept;
  }

  /// The header's counters have 16 bits; longer recordings say their length in parameters.
  std::size_t stated_frames() const {
    const auto first = long_count("TRIAL:ACTUAL_START_FIELD");
    const auto last = long_count("TRIAL:ACTUAL_END_FIELD");
    if (first && last && *last >= *first) return *last - *first + 1;
    const std::size_t begin = bytes_.word(header::kFirst);
    const std::size_t end = bytes_.word(header::kLast);
    const std::size_t frames = end >= begin ? end - begin + 1 : 0;
    return std::max({frames, count("POINT:FRAMES").value_or(0), count("POINT:LONG_FRAMES").value_or(0)});
  }

  std::size_t frame_count() {
    const std::size_t stated = stated_frames();
    const std::size_t present = (bytes_.size() - data_) / frame_bytes_;
    if (stated == 0 || present == 0) {
      throw format_error(file_, fmt::format("{} frames are stated and {} present, expected at least 1; the file is "
                                            "truncated or damaged: get it again",
                                            stated, present));
    }
    if (stated > present) {
      warnings_.add(fmt::format("{} frames are stated, the file holds {}; the rest is missing", stated, present));
    }
    return std::min(stated, present);
  }

  double rate() const {
    for (const double value : {parameters_.number("POINT:RATE").value_or(0.0),
                               static_cast<double>(bytes_.real(header::kRate)), options_.fps.value_or(0.0)}) {
      if (is_rate(value)) return value;
    }
    throw format_error(file_, "no frame rate (POINT:RATE); state one (--fps)");
  }

  const LengthUnit& length() {
    const auto texts = parameters_.texts("POINT:UNITS");
    const LengthUnit* unit = texts.empty() ? nullptr : length_unit(texts[0]);
    if (unit != nullptr) return *unit;
    warnings_.add(texts.empty() ? "the file states no unit; taken as mm"
                                : fmt::format("unknown unit {}; taken as mm", excerpt(texts[0])));
    return *length_unit("mm");
  }

  void read_point(std::size_t at, double metres, Vec3& joint, JointState& state) const {
    Vec3d value{};
    double residual = 0.0;
    if (real_) {
      for (std::size_t axis = 0; axis < 3; ++axis) value[axis] = bytes_.real(at + 4 * axis);
      residual = bytes_.real(at + 12);
    } else {
      for (std::size_t axis = 0; axis < 3; ++axis) value[axis] = bytes_.integer(at + 2 * axis) * scale_;
      residual = bytes_.integer(at + 6);
    }
    if (residual < 0.0) {
      state = JointState::missing;
      return;
    }
    const Vec3d towards = cross(screen_.right, screen_.up);
    joint =
        to_camera_frame({dot(screen_.right, value), dot(screen_.up, value), dot(towards, value)}, Axes::y_up, metres);
  }

  const fs::path& file_;
  C3dBytes bytes_;
  C3dParameters parameters_;
  const ReadOptions& options_;
  std::size_t points_ = 0;
  double scale_ = 0.0;  ///< units per integer; negative: the values are reals in units
  bool real_ = false;
  std::size_t frame_bytes_ = 0;
  std::size_t data_ = 0;  ///< first byte of the first frame
  std::vector<std::string> labels_;
  Screen screen_;
  Warnings warnings_;
};

}  // namespace

bool matches_c3d(const fs::path& file, std::string_view head) {
  return has_extension(file, ".c3d") || (head.size() >= kC3dBlock && head[0] == 2 && head[1] == kKey);
}

Clip read_c3d(const fs::path& file, const ReadOptions& options) {
  const std::string text = read_bytes(file, options);
  return C3dParser(file, text, options).parse();
}

}  // namespace purlscope::core
