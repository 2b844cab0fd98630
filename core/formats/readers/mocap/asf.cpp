#include "core/formats/readers/mocap/asf.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/progress.h"
#include "core/formats/readers/mocap/mocap_clip.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr double kInch = 0.0254;
constexpr std::size_t kMaxDofs = 7;
constexpr std::array<std::string_view, kMaxDofs> kDofNames = {"tx", "ty", "tz", "rx", "ry", "rz", "l"};

std::optional<Dof> dof_of(std::string_view token) {
  const auto* const found = std::ranges::find(kDofNames, lower_ascii(token));
  if (found == kDofNames.end()) return std::nullopt;
  return static_cast<Dof>(found - kDofNames.begin());
}

class AsfParser {
 public:
  AsfParser(const fs::path& file, std::string_view text, const ReadOptions& options)
      : file_(file), lines_(text), options_(options) {
    skeleton_.bones.push_back({"root", 0, {}, {}, {}});
    index_.emplace("root", 0);
  }

  AsfSkeleton parse() {
    std::string section;
    while (const auto text = next_line()) {
      if ((*text)[0] == ':') {
        section = begin_section(*text);
      } else if (section == ":units") {
        parse_unit(*text);
      } else if (section == ":root") {
        parse_root(*text);
      } else if (section == ":bonedata") {
        parse_bone(*text);
      } else if (section == ":hierarchy") {
        parse_hierarchy(*text);
      }  // :version, :name, :documentation and what we do not know
    }
    return finish();
  }

 private:
  Error fail(const std::string& what) const { return format_error(file_, lines_.line(), what); }

  /// The next line with more than blanks and a comment on it, without these.
  std::optional<std::string_view> next_line() {
    while (const auto text = lines_.next()) {
      const std::string_view line = trimmed(text->substr(0, text->find('#')));
      if (!line.empty()) return line;
    }
    return std::nullopt;
  }

  std::string begin_section(std::string_view text) {
    throw_if_stopped(options_.stop);
    return lower_ascii(Fields(text).next());
  }

  double number(Fields& fields, std::string_view expected) const {
    const std::string_view token = fields.next();
    const auto value = real_number(token);
    if (!value || !std::isfinite(*value)) throw fail(fmt::format("found {}, expected {}", excerpt(token), expected));
    return *value;
  }

  Vec3d vector(Fields& fields, std::string_view expected) const {
    Vec3d out{};
    for (double& value : out) value = number(fields, expected);
    return out;
  }

  void parse_unit(std::string_view text) {
    Fields fields(text);
    const std::string key = lower_ascii(fields.next());
    if (key == "length") {
      const double length = number(fields, "the length of a unit, a number");
      if (!(length > 1e-9 && length < 1e9)) throw fail(fmt::format("length {}, expected a number above 0", length));
      skeleton_.metres = kInch / length;
      skeleton_.unit = length == 1.0 ? "in" : fmt::format("1/{:g} in", length);
    } else if (key == "angle") {
      const std::string unit = lower_ascii(fields.next());
      if (!unit.starts_with("deg") && !unit.starts_with("rad")) {
        throw fail(fmt::format("angles in {}, expected deg or rad", excerpt(unit)));
      }
      skeleton_.radians_per_angle = unit.starts_with("deg") ? kRadiansPerDegree : 1.0;
    }
  }

  std::vector<Dof> dofs(Fields& fields) const {
    std::vector<Dof> out;
    for (std::string_view token = fields.next(); !token.empty(); token = fields.next()) {
      const auto dof = dof_of(token);
      if (!dof || out.size() == kMaxDofs)
        throw fail(fmt::format("found {}, expected tx ty tz rx ry rz or l", excerpt(token)));
      out.push_back(*dof);
    }
    return out;
  }

  /// Three angles about the axes in the named order, the first innermost: "XYZ" is Rz Ry Rx.
  Mat3 rotation(const Vec3d& angles, std::string_view order) const {
    Mat3 out;
    const std::string axes = lower_ascii(order);
    if (axes.size() != 3) throw fail(fmt::format("found {}, expected an order of axes such as XYZ", excerpt(order)));
    for (std::size_t i = 0; i < 3; ++i) {
      if (axes[i] < 'x' || axes[i] > 'z') {
        throw fail(fmt::format("found {}, expected an order of axes such as XYZ", excerpt(order)));
      }
      const auto axis = static_cast<std::size_t>(axes[i] - 'x');
      out = multiply(about_axis(axis, angles[i] * skeleton_.radians_per_angle), out);
    }
    return out;
  }

  void parse_root(std::string_view text) {
    Fields fields(text);
    const std::string key = lower_ascii(fields.next());
    if (key == "order") {
      skeleton_.bones[0].dofs = dofs(fields);
    } else if (key == "axis") {
      root_order_ = fields.next();
    } else if (key == "position") {
      skeleton_.root_position = vector(fields, "the position of the root, 3 numbers");
    } else if (key == "orientation") {
      root_angles_ = vector(fields, "the orientation of the root, 3 angles");
    }
    skeleton_.bones[0].axis = rotation(root_angles_, root_order_);
  }

  void parse_bone(std::string_view text) {
    Fields fields(text);
    const std::string key = lower_ascii(fields.next());
    if (key == "begin") {
      if (in_bone_) throw fail("begin within a bone, expected its end");
      in_bone_ = true;
      skeleton_.bones.emplace_back();
      length_ = 0.0;
    } else if (!in_bone_) {
      throw fail(fmt::format("found {}, expected begin", excerpt(text)));
    } else if (key == "end") {
      end_bone();
    } else if (key == "name") {
      skeleton_.bones.back().name = fields.next();
    } else if (key == "direction") {
      skeleton_.bones.back().vector = vector(fields, "the direction of a bone, 3 numbers");
    } else if (key == "length") {
      length_ = number(fields, "the length of a bone, a number");
    } else if (key == "axis") {
      const Vec3d angles = vector(fields, "the axis of a bone, 3 angles and their order");
      skeleton_.bones.back().axis = rotation(angles, fields.next());
    } else if (key == "dof") {
      skeleton_.bones.back().dofs = dofs(fields);
    }  // id, limits (which may take several lines), bodymass, cofmass
  }

  void end_bone() {
    in_bone_ = false;
    AsfBone& bone = skeleton_.bones.back();
    if (bone.name.empty()) throw fail("a bone without a name");
    const double size = norm(bone.vector);
    if (length_ != 0.0 && size == 0.0) throw fail(fmt::format("bone {} has no direction", excerpt(bone.name)));
    bone.vector = size == 0.0 ? Vec3d{} : scaled(bone.vector, length_ / size);
    bone.parent = -1;
    if (!index_.emplace(bone.name, skeleton_.bones.size() - 1).second) {
      throw fail(fmt::format("a second bone {}", excerpt(bone.name)));
    }
  }

  std::size_t bone(std::string_view name) const {
    const auto found = index_.find(std::string(name));
    if (found == index_.end()) throw fail(fmt::format("the hierarchy names {}, which is no bone", excerpt(name)));
    return found->second;
  }

  void parse_hierarchy(std::string_view text) {
    Fields fields(text);
    const std::string_view first = fields.next();
    if (lower_ascii(first) == "begin") return;
    if (lower_ascii(first) == "end") {
      hierarchy_ended_ = true;
      return;
    }
    const std::size_t parent = bone(first);
    for (std::string_view token = fields.next(); !token.empty(); token = fields.next()) {
      const std::size_t child = bone(token);
      if (child == 0 || skeleton_.bones[child].parent >= 0) {
        throw fail(fmt::format("a second parent of {}", excerpt(token)));
      }
      skeleton_.bones[child].parent = static_cast<int>(parent);
    }
  }

  /// Orders the bones from the root outwards.
  AsfSkeleton finish() {
    if (in_bone_ || !hierarchy_ended_) {
      throw fail("the file ends here, expected the end of :hierarchy; it is truncated: get it again");
    }
    if (skeleton_.bones[0].dofs.empty())
      throw format_error(file_, "no 'order' in :root, expected such as TX TY TZ RX RY RZ");
    std::vector<std::vector<std::size_t>> children(skeleton_.bones.size());
    for (std::size_t b = 1; b < skeleton_.bones.size(); ++b) {
      if (skeleton_.bones[b].parent < 0) {
        throw format_error(file_, fmt::format("bone {} has no place in :hierarchy", excerpt(skeleton_.bones[b].name)));
      }
      children[static_cast<std::size_t>(skeleton_.bones[b].parent)].push_back(b);
    }
    AsfSkeleton ordered = skeleton_;
    ordered.bones = {skeleton_.bones[0]};
    std::vector<std::size_t> open = {0};  // old indices of the bones in their new order
    for (std::size_t done = 0; done < open.size(); ++done) {
      for (const std::size_t child : children[open[done]]) {
        open.push_back(child);
        ordered.bones.push_back(skeleton_.bones[child]);
        ordered.bones.back().parent = static_cast<int>(done);
      }
    }
    if (ordered.bones.size() != skeleton_.bones.size()) throw format_error(file_, "bones of :hierarchy go in a circle");
    return ordered;
  }

  const fs::path& file_;
  LineReader lines_;
  const ReadOptions& options_;
  AsfSkeleton skeleton_;
  std::unordered_map<std::string, std::size_t> index_;
  std::string root_order_ = "XYZ";
  Vec3d root_angles_{};
  double length_ = 0.0;
  bool in_bone_ = false;
  bool hierarchy_ended_ = false;
};

std::size_t common_beginning(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

}  // namespace

AsfSkeleton read_asf(const fs::path& file, const ReadOptions& options) {
  const std::string text = read_bytes(file, options);
  return AsfParser(file, text, options).parse();
}

fs::path find_asf(const fs::path& recording) {
  struct Candidate {
    fs::path file;
    bool whole = false;  ///< its name begins the recording's
    std::size_t common = 0;
  };
  std::vector<Candidate> candidates;
  const std::string stem = lower_ascii(recording.stem().string());
  const fs::path folder = recording.has_parent_path() ? recording.parent_path() : fs::path(".");
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure); !failure && entry != fs::directory_iterator();
       entry.increment(failure)) {
    if (!has_extension(entry->path(), ".asf")) continue;
    const std::string name = lower_ascii(entry->path().stem().string());
    candidates.push_back({entry->path(), stem.starts_with(name), common_beginning(stem, name)});
  }
  if (candidates.empty()) {
    throw Error(
        Code::not_found,
        fmt::format("{}: no skeleton (.asf) in its folder; put it there or name it (--skeleton)", recording.string()));
  }
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
    return std::pair(a.whole, a.common) > std::pair(b.whole, b.common);
  });
  if (candidates.size() > 1 && candidates[0].whole == candidates[1].whole &&
      candidates[0].common == candidates[1].common) {
    throw Error(Code::bad_argument,
                fmt::format("{}: its skeleton may be {} or {}; name it (--skeleton)", recording.string(),
                            candidates[0].file.filename().string(), candidates[1].file.filename().string()));
  }
  return candidates[0].file;
}

}  // namespace purlscope::core
