#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <vector>

#include "core/base/ascii.h"
#include "core/base/progress.h"
#include "core/formats/readers/mocap/asf.h"
#include "core/formats/readers/mocap/mocap.h"
#include "core/formats/readers/mocap/mocap_clip.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr double kFps = 120.0;  // CMU and HDM05
constexpr std::size_t kFramesPerReport = 256;

/// Parts of an HDM05 name: HDM_<actor>_<class>_<take>_<rate>. Empty for another name.
std::vector<std::string> hdm05_parts(const fs::path& file) {
  const std::string stem = file.stem().string();
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= stem.size();) {
    const std::size_t end = std::min(stem.find('_', begin), stem.size());
    parts.push_back(stem.substr(begin, end - begin));
    begin = end + 1;
  }
  const auto number = [](const std::string& part) {
    return !part.empty() && part.size() <= 4 && part.find_first_not_of("0123456789") == std::string::npos;
  };
  if (parts.size() != 5 || parts[0] != "HDM" || !number(parts[3]) || !number(parts[4])) parts.clear();
  return parts;
}

void state_hdm05(Clip& clip, const std::vector<std::string>& parts) {
  clip.tags["subject"] = parts[1];
  clip.tags["repetition"] = parts[3];
  // Whole takes carry the numbers of their scenes in place of a class: "01-02".
  if (parts[2].find_first_not_of("0123456789-") != std::string::npos) clip.label = parts[2];
}

class AmcParser {
 public:
  AmcParser(const fs::path& file, std::string_view text, const AsfSkeleton& skeleton, const ReadOptions& options)
      : file_(file),
        text_size_(text.size()),
        lines_(text),
        skeleton_(skeleton),
        options_(options),
        radians_per_angle_(skeleton.radians_per_angle),
        values_(skeleton.bones.size()),
        seen_(skeleton.bones.size(), 0) {
    for (std::size_t b = 0; b < skeleton.bones.size(); ++b) index_.emplace(skeleton.bones[b].name, b);
  }

  /// Positions of all bones' ends in the camera frame. [T, B] metres
  std::vector<Vec3> parse(Warnings& warnings) {
    for (auto text = next_line(); text; text = next_line()) {
      Fields fields(*text);
      const std::string_view first = fields.next();
      if (first[0] == ':') {
        parse_keyword(lower_ascii(first));
      } else if (const auto number = Fields(*text).integer(); number && fields.next().empty()) {
        begin_frame(*number, warnings);
      } else {
        parse_row(first, fields);
      }
    }
    end_frame();
    if (frame_ == 0) throw fail("no frame in the file, expected at least 1");
    return std::move(positions_);
  }

 private:
  Error fail(const std::string& what) const { return format_error(file_, lines_.line(), what); }

  std::optional<std::string_view> next_line() {
    while (const auto text = lines_.next()) {
      const std::string_view line = trimmed(*text);
      if (!line.empty() && line[0] != '#') return line;
    }
    return std::nullopt;
  }

  void parse_keyword(const std::string& keyword) {
    if (keyword == ":degrees") radians_per_angle_ = kRadiansPerDegree;
    if (keyword == ":radians") radians_per_angle_ = 1.0;
  }

  void begin_frame(long long number, Warnings& warnings) {
    end_frame();
    if (frame_ % kFramesPerReport == 0) {
      throw_if_stopped(options_.stop);
      if (options_.progress) options_.progress({"Reading frames", lines_.fraction(), {}});
    }
    if (frame_ > 0 && number != number_ + 1) {
      warnings.add(fmt::format("line {}: frame {} follows frame {}", lines_.line(), number, number_));
    }
    number_ = number;
    check_expansion(file_, skeleton_.bones.size(), ++frame_, text_size_);
  }

  void parse_row(std::string_view name, Fields& fields) {
    if (frame_ == 0) throw fail(fmt::format("found {}, expected the number of a frame", excerpt(name)));
    const auto found = index_.find(std::string(name));
    if (found == index_.end()) {
      throw fail(
          fmt::format("the skeleton has no bone {}; is it the right one? Name another with --skeleton", excerpt(name)));
    }
    const std::size_t b = found->second;
    if (seen_[b] == frame_) throw fail(fmt::format("frame {} moves bone {} twice", number_, excerpt(name)));
    const std::vector<Dof>& dofs = skeleton_.bones[b].dofs;
    values_[b].clear();
    std::string_view token = fields.next();
    for (; !token.empty(); token = fields.next()) {
      const auto value = real_number(token);
      if (!value) throw fail(fmt::format("found {}, expected a number", excerpt(token)));
      if (values_[b].size() == dofs.size()) break;
      values_[b].push_back(*value);
    }
    if (!token.empty() || values_[b].size() != dofs.size()) {
      throw fail(fmt::format(
          "bone {} has {} numbers, the skeleton expects {}", excerpt(name),
          token.empty() ? std::to_string(values_[b].size()) : fmt::format("more than {}", dofs.size()), dofs.size()));
    }
    seen_[b] = frame_;
  }

  void end_frame() {
    if (frame_ == 0) return;
    std::vector<Vec3d> end(skeleton_.bones.size());
    std::vector<Mat3> world(skeleton_.bones.size());
    for (std::size_t b = 0; b < skeleton_.bones.size(); ++b) {
      const AsfBone& bone = skeleton_.bones[b];
      if (!bone.dofs.empty() && seen_[b] != frame_) {
        throw fail(
            fmt::format("frame {} lacks bone {}; the file is truncated: get it again", number_, excerpt(bone.name)));
      }
      place(b, end, world);
      positions_.push_back(to_camera_frame(end[b], Axes::y_up, skeleton_.metres));
    }
  }

  /// A bone turns about its own axes: to the world by C M C^-1, after what its parent did.
  void place(std::size_t b, std::vector<Vec3d>& end, std::vector<Mat3>& world) const {
    const AsfBone& bone = skeleton_.bones[b];
    Mat3 motion;
    Vec3d shift{};
    double stretch = 0.0;
    for (std::size_t i = 0; i < values_[b].size(); ++i) {
      const auto dof = static_cast<std::size_t>(bone.dofs[i]);
      if (bone.dofs[i] == Dof::length)
        stretch += values_[b][i];
      else if (bone.dofs[i] >= Dof::rx)
        motion =
            multiply(about_axis(dof - static_cast<std::size_t>(Dof::rx), values_[b][i] * radians_per_angle_), motion);
      else
        shift[dof] += values_[b][i];
    }
    const Mat3 local = multiply(multiply(bone.axis, motion), transposed(bone.axis));
    if (b == 0) {
      world[b] = local;
      end[b] = add(skeleton_.root_position, shift);
      return;
    }
    const auto parent = static_cast<std::size_t>(bone.parent);
    world[b] = multiply(world[parent], local);
    const double length = norm(bone.vector);
    const Vec3d vector = length > 0.0 ? scaled(bone.vector, (length + stretch) / length) : bone.vector;
    end[b] = add(end[parent], add(rotated(world[parent], rotated(bone.axis, shift)), rotated(world[b], vector)));
  }

  const fs::path& file_;
  std::size_t text_size_;
  LineReader lines_;
  const AsfSkeleton& skeleton_;
  const ReadOptions& options_;
  double radians_per_angle_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::vector<double>> values_;  ///< [B] of the current frame
  std::vector<std::size_t> seen_;            ///< [B] frame (from 1) whose values these are
  std::size_t frame_ = 0;                    ///< frames begun
  long long number_ = 0;                     ///< of the current frame as the file counts
  std::vector<Vec3> positions_;
};

}  // namespace

bool matches_amc(const fs::path& file, std::string_view head) {
  return has_extension(file, ".amc") || lower_ascii(head).find("\n:fully-specified") != std::string::npos;
}

Clip read_amc(const fs::path& file, const ReadOptions& options) {
  const fs::path asf = options.companion.empty() ? find_asf(file) : options.companion;
  const AsfSkeleton skeleton = read_asf(asf, options);
  const std::string text = read_bytes(file, options);
  std::vector<std::string> names;
  std::vector<int> parent;
  for (const AsfBone& bone : skeleton.bones) {
    names.push_back(bone.name);
    parent.push_back(bone.parent);
  }
  const FittedLayout fitted = fit_layout(file, options.layout, "Acclaim skeleton", names, parent);
  Warnings warnings;
  const std::vector<Vec3> ends = AmcParser(file, text, skeleton, options).parse(warnings);
  const std::vector<std::string> hdm05 = hdm05_parts(file);
  const double named_fps = hdm05.empty() ? 0.0 : real_number(hdm05[4]).value_or(0.0);
  const double fps = options.fps ? *options.fps : named_fps > 0.0 ? named_fps : kFps;
  if (!options.fps && named_fps <= 0.0) {
    warnings.add(
        fmt::format("the frame rate is not in the file; taken as {} fps (CMU), state another with --fps", fps));
  }
  Clip clip = make_mocap_clip(file, "amc", fitted.layout, ends.size() / names.size(), fps, text.size());
  clip.unit = skeleton.unit;
  clip.tags["skeleton"] = asf.filename().string();
  if (!hdm05.empty()) state_hdm05(clip, hdm05);
  Person person = make_person("1", clip);
  const std::size_t joints = fitted.source.size();
  for (std::size_t i = 0; i < person.joints.size(); ++i) {
    person.joints[i] = ends[i / joints * names.size() + fitted.source[i % joints]];
  }
  drop_unbounded(person, joints, warnings);
  clip.persons.push_back(std::move(person));
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
