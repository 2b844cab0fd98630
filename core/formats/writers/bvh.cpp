#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <unordered_set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/formats/writers/annotations.h"
#include "core/formats/writers/bvh_motion.h"
#include "core/formats/writers/writers.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kFramesPerReport = 256;
constexpr std::size_t kMaxDepth = 256;  // that of our reader
constexpr double kGimbalLock = 1.0 - 1e-12;

/// Degrees about z, x, y of Rz Rx Ry, the usual order of BVH.
Vec3d euler_zxy(const Mat3& m) {
  const double sine = std::clamp(m.row[2][1], -1.0, 1.0);
  Vec3d angles = {std::atan2(-m.row[0][1], m.row[1][1]), std::asin(sine), std::atan2(-m.row[2][0], m.row[2][2])};
  if (std::abs(sine) > kGimbalLock) angles = {std::atan2(m.row[1][0], m.row[0][0]), angles[1], 0.0};
  return scaled(angles, 1.0 / kRadiansPerDegree);
}

/// Names that other programs read as one word, and distinct.
std::vector<std::string> bvh_names(const JointLayout& layout) {
  std::vector<std::string> names;
  std::unordered_set<std::string> taken;
  for (std::string name : layout.joints) {
    std::ranges::replace_if(
        name, [](char c) { return (c >= 0 && c <= ' ') || c == '{' || c == '}'; }, '_');
    while (name.empty() || !taken.insert(name).second) name += '_';
    names.push_back(std::move(name));
  }
  return names;
}

class BvhWriter {
 public:
  BvhWriter(const BvhMotion& motion, const JointLayout& layout)
      : motion_(motion), layout_(layout), names_(bvh_names(layout)), angles_(motion.nodes().size()) {}

  /// What the file's names do not say.
  std::vector<std::string> lost() const {
    if (layout_.id != "own") return {fmt::format("BVH does not name the layout; read it again as {}", layout_.id)};
    for (std::size_t n = 0; n < motion_.nodes().size(); ++n) {
      const std::size_t joint = motion_.nodes()[n].joint;
      if (!is_end_site(n) && names_[joint] != layout_.joints[joint]) {
        return {"blanks in names of joints are written as underscores"};
      }
    }
    return {};
  }

  std::string hierarchy() const {
    std::string text = "HIERARCHY\n";
    std::vector<std::size_t> closing;  // nodes whose brace is open
    for (std::size_t n = 0; n < motion_.nodes().size(); ++n) {
      const BvhMotion::Node& node = motion_.nodes()[n];
      close(text, closing, node.depth);
      const std::string indent(node.depth, '\t');
      const Vec3d& offset = node.offset;
      const bool site = is_end_site(n);
      text += site ? indent + "End Site\n"
                   : fmt::format("{}{} {}\n", indent, n == 0 ? "ROOT" : "JOINT", names_[node.joint]);
      fmt::format_to(std::back_inserter(text), "{0}{{\n{0}\tOFFSET {1:.6f} {2:.6f} {3:.6f}\n", indent, offset[0],
                     offset[1], offset[2]);
      if (!site) {
        fmt::format_to(std::back_inserter(text), "{}\tCHANNELS {} {}Zrotation Xrotation Yrotation\n", indent,
                       has_position(n) ? 6 : 3, has_position(n) ? "Xposition Yposition Zposition " : "");
      }
      if (!site && node.children.empty()) {
        fmt::format_to(std::back_inserter(text), "{0}\tEnd Site\n{0}\t{{\n{0}\t\tOFFSET 0 0 0\n{0}\t}}\n", indent);
      }
      closing.push_back(n);
    }
    close(text, closing, 0);
    return text;
  }

  /// The values of all channels, and a line feed.
  void append_frame(std::string& text, std::size_t frame) {
    const std::vector<BvhMotion::Pose> poses = motion_.poses(frame);
    const char* gap = "";
    for (std::size_t n = 0; n < poses.size(); ++n) {
      if (is_end_site(n)) continue;
      if (has_position(n)) append(text, gap, poses[n].position);
      const Vec3d angles = euler_zxy(poses[n].rotation);
      for (std::size_t i = 0; i < 3; ++i) {  // whole turns do not matter, but programs draw these curves
        angles_[n][i] = angles[i] + 360.0 * std::round((angles_[n][i] - angles[i]) / 360.0);
      }
      append(text, gap, angles_[n]);
    }
    text += '\n';
  }

 private:
  void close(std::string& text, std::vector<std::size_t>& closing, std::size_t depth) const {
    for (; closing.size() > depth; closing.pop_back()) text += std::string(closing.size() - 1, '\t') + "}\n";
  }

  static void append(std::string& text, const char*& gap, const Vec3d& values) {
    fmt::format_to(std::back_inserter(text), "{}{:.6f} {:.6f} {:.6f}", gap, values[0], values[1], values[2]);
    gap = " ";
  }

  bool has_position(std::size_t n) const { return n == 0 || !motion_.nodes()[n].rigid; }

  /// A tip as our reader names them, in a place that needs no channels. One of zero length would not be read again.
  bool is_end_site(std::size_t n) const {
    const BvhMotion::Node& node = motion_.nodes()[n];
    if (n == 0 || !node.children.empty() || !node.rigid || norm(node.offset) < 1e-6) return false;
    const std::size_t parent = motion_.nodes()[static_cast<std::size_t>(node.parent)].joint;
    return layout_.joints[node.joint] == layout_.joints[parent] + " end";
  }

  const BvhMotion& motion_;
  const JointLayout& layout_;
  std::vector<std::string> names_;
  std::vector<Vec3d> angles_;  ///< [nodes] of the frame before, degrees
};

void say_what_is_lost(const Clip& clip, std::size_t person, const BvhMotion& motion, std::vector<std::string>& lost) {
  if (clip.persons.size() > 1) {
    lost.push_back(fmt::format("of {} persons only '{}', who moves most, is written", clip.persons.size(),
                               clip.persons[person].id));
  }
  if (motion.filled() > 0) {
    lost.push_back(fmt::format("{} missing positions are interpolated or held", motion.filled()));
  }
  if (motion.never_seen() > 0) {
    lost.push_back(fmt::format("{} joints that are never seen are put on a neighbour", motion.never_seen()));
  }
  if (motion.roots() > 1) {
    lost.push_back(fmt::format("{} joints without a parent hang on the first of them", motion.roots() - 1));
  }
  if (std::ranges::find(clip.persons[person].state, JointState::inferred) != clip.persons[person].state.end()) {
    lost.emplace_back("which positions are inferred is not written");
  }
  const double rate = clip.rate();
  for (std::size_t t = 0; t < clip.frames; ++t) {
    if (std::abs(clip.times[t] * rate - static_cast<double>(t)) < 0.5) continue;
    lost.push_back(fmt::format("the time stamps are uneven, the frames are written at {:.4g} fps", rate));
    break;
  }
  if (clip.label) lost.emplace_back("the label is not written");
}

}  // namespace

std::vector<std::string> write_bvh_clip(const Clip& clip, const std::filesystem::path& file,
                                        const WriteOptions& options) {
  const int most = most_energetic_person(clip);
  if (most < 0 || clip.frames == 0) {
    throw Error(Code::bad_argument, fmt::format("{}: nobody is in the clip, BVH needs a skeleton", clip.place()));
  }
  const auto person = static_cast<std::size_t>(most);
  const BvhMotion motion(clip, person);
  for (const BvhMotion::Node& node : motion.nodes()) {
    if (node.depth < kMaxDepth) continue;
    throw Error(Code::bad_argument, fmt::format("{}: joints nested more than {} deep", clip.place(), kMaxDepth));
  }
  std::vector<std::string> lost = lost_annotations(clip);
  say_what_is_lost(clip, person, motion, lost);
  BvhWriter writer(motion, *clip.layout);
  std::ranges::copy(writer.lost(), std::back_inserter(lost));
  std::string text = writer.hierarchy();
  text += fmt::format("MOTION\nFrames: {}\nFrame Time: {:.10g}\n", clip.frames, 1.0 / clip.rate());
  AtomicFile out(file);
  for (std::size_t t = 0; t < clip.frames; ++t) {
    if (t % kFramesPerReport == 0) {
      throw_if_stopped(options.stop);
      if (options.progress)
        options.progress({"Writing frames", static_cast<double>(t) / static_cast<double>(clip.frames), {}});
    }
    writer.append_frame(text, t);
    out.write(text.data(), text.size());
    text.clear();
  }
  out.commit();
  return lost;
}

}  // namespace purlscope::core
