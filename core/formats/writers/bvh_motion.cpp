#include "core/formats/writers/bvh_motion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

/// A child that strays this far from its place gets position channels. A chain of 20 rigid joints adds up to less than
/// 0.1 mm. Metres.
constexpr double kRigid = 2e-6;
/// Pull towards no rotation at all, against the children's own; decides what they leave open (the twist of a bone).
constexpr double kPull = 1e-8;

using Mat4 = std::array<std::array<double, 4>, 4>;

/// Eigenvector of the largest eigenvalue of a symmetric matrix, by Jacobi rotations.
std::array<double, 4> largest_eigenvector(Mat4 a) {
  constexpr int kSweeps = 30;        // five or six do
  constexpr double kEnough = 1e-16;  // of the matrix's size
  double size = 0.0;
  for (const auto& row : a) {
    for (const double value : row) size += std::abs(value);
  }
  Mat4 vectors{};
  for (std::size_t i = 0; i < 4; ++i) vectors[i][i] = 1.0;
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    double rest = 0.0;
    for (std::size_t p = 0; p < 4; ++p) {
      for (std::size_t q = p + 1; q < 4; ++q) {
        rest += std::abs(a[p][q]);
        if (a[p][q] == 0.0) continue;
        const double theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
        const double t = (theta >= 0.0 ? 1.0 : -1.0) / (std::abs(theta) + std::hypot(theta, 1.0));
        const double c = 1.0 / std::hypot(t, 1.0);
        const double s = t * c;
        for (std::size_t k = 0; k < 4; ++k) {
          const double kp = a[k][p];
          a[k][p] = c * kp - s * a[k][q];
          a[k][q] = s * kp + c * a[k][q];
        }
        for (std::size_t k = 0; k < 4; ++k) {
          const double pk = a[p][k];
          a[p][k] = c * pk - s * a[q][k];
          a[q][k] = s * pk + c * a[q][k];
          const double vp = vectors[k][p];
          vectors[k][p] = c * vp - s * vectors[k][q];
          vectors[k][q] = s * vp + c * vectors[k][q];
        }
      }
    }
    if (rest <= kEnough * size) break;
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < 4; ++i) best = a[i][i] > a[best][best] ? i : best;
  return {vectors[0][best], vectors[1][best], vectors[2][best], vectors[3][best]};
}

Mat3 from_quaternion(const std::array<double, 4>& q) {
  const auto [w, x, y, z] = q;
  Mat3 m;
  m.row[0] = {1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y - w * z), 2.0 * (x * z + w * y)};
  m.row[1] = {2.0 * (x * y + w * z), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z - w * x)};
  m.row[2] = {2.0 * (x * z - w * y), 2.0 * (y * z + w * x), 1.0 - 2.0 * (x * x + y * y)};
  return m;
}

/// The rotation that best carries one set of vectors to another in the sense of least squares, from the sums of their
/// products s[a][b] = sum from_a to_b (Horn, Journal of the Optical Society of America A 4, 1987).
Mat3 best_rotation(const std::array<Vec3d, 3>& s) {
  const double xx = s[0][0];
  const double yy = s[1][1];
  const double zz = s[2][2];
  const double x = s[1][2] - s[2][1];
  const double y = s[2][0] - s[0][2];
  const double z = s[0][1] - s[1][0];
  const double xy = s[0][1] + s[1][0];
  const double xz = s[0][2] + s[2][0];
  const double yz = s[1][2] + s[2][1];
  return from_quaternion(largest_eigenvector(
      {{{xx + yy + zz, x, y, z}, {x, xx - yy - zz, xy, xz}, {y, xy, yy - xx - zz, yz}, {z, xz, yz, zz - xx - yy}}}));
}

}  // namespace

BvhMotion::BvhMotion(const Clip& clip, std::size_t person) : joints_(clip.joint_count()) {
  make_tree(*clip.layout);
  fill_gaps(clip, clip.persons[person]);
  measure();
}

void BvhMotion::make_tree(const JointLayout& layout) {
  std::vector<std::vector<std::size_t>> children(joints_);
  std::size_t root = joints_;
  for (std::size_t j = 0; j < joints_; ++j) {
    const auto parent = static_cast<std::size_t>(layout.parent[j]);
    if (parent != j) {
      children[parent].push_back(j);
      continue;
    }
    ++roots_;
    if (root == joints_) root = j;
  }
  for (std::size_t j = 0; j < joints_; ++j) {  // BVH has one root: the others hang on the first
    if (layout.parent[j] == static_cast<int>(j) && j != root) children[root].push_back(j);
  }
  struct Open {
    std::size_t joint;
    int parent;
  };
  std::vector<Open> open = {{root, -1}};
  while (!open.empty()) {
    const auto [joint, parent] = open.back();
    open.pop_back();
    const std::size_t node = nodes_.size();
    const std::size_t depth = parent < 0 ? 0 : nodes_[static_cast<std::size_t>(parent)].depth + 1;
    nodes_.push_back({joint, parent, depth, {}, {}, false});
    if (parent >= 0) nodes_[static_cast<std::size_t>(parent)].children.push_back(node);
    for (auto child = children[joint].rbegin(); child != children[joint].rend(); ++child) {
      open.push_back({*child, static_cast<int>(node)});
    }
  }
}

void BvhMotion::fill_gaps(const Clip& clip, const Person& person) {
  positions_.resize(clip.frames * joints_);
  std::vector<bool> seen(joints_, false);
  for (std::size_t j = 0; j < joints_; ++j) {
    std::size_t last = clip.frames;  // the last frame that has the joint; none yet
    for (std::size_t t = 0; t < clip.frames; ++t) {
      if (person.state[t * joints_ + j] == JointState::missing) continue;
      const Vec3& p = person.joints[t * joints_ + j];
      const Vec3d here = {-static_cast<double>(p[0]), p[1], -static_cast<double>(p[2])};
      positions_[t * joints_ + j] = here;
      const std::size_t begin = last == clip.frames ? 0 : last + 1;
      const Vec3d before = last == clip.frames ? here : positions_[last * joints_ + j];
      for (std::size_t gap = begin; gap < t; ++gap, ++filled_) {
        const double part = last == clip.frames ? 1.0 : static_cast<double>(gap - last) / static_cast<double>(t - last);
        positions_[gap * joints_ + j] = add(before, scaled(subtract(here, before), part));
      }
      last = t;
    }
    seen[j] = last != clip.frames;
    if (!seen[j]) continue;
    for (std::size_t t = last + 1; t < clip.frames; ++t, ++filled_)
      positions_[t * joints_ + j] = positions_[last * joints_ + j];
  }
  if (std::ranges::find(seen, true) == seen.end()) {
    throw Error(Code::bad_argument, fmt::format("{}: person {} has no position in any frame", clip.place(), person.id));
  }
  never_seen_ = static_cast<std::size_t>(std::ranges::count(seen, false));
  place_unseen(seen);
}

/// A joint that is never seen goes where its first child is or, without one, where its parent is.
void BvhMotion::place_unseen(const std::vector<bool>& seen) {
  std::vector<std::size_t> source(nodes_.size(), joints_);  // the joint whose positions a node takes
  for (std::size_t n = nodes_.size(); n-- > 0;) {           // children before parents
    if (seen[nodes_[n].joint]) source[n] = nodes_[n].joint;
    for (const std::size_t child : nodes_[n].children) source[n] = source[n] == joints_ ? source[child] : source[n];
  }
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    if (source[n] == joints_) source[n] = source[static_cast<std::size_t>(nodes_[n].parent)];
    for (std::size_t i = 0; i < positions_.size(); i += joints_)
      positions_[i + nodes_[n].joint] = positions_[i + source[n]];
  }
}

void BvhMotion::measure() {
  for (std::size_t n = 1; n < nodes_.size(); ++n) {
    nodes_[n].offset = subtract(at(0, n), at(0, static_cast<std::size_t>(nodes_[n].parent)));
    nodes_[n].rigid = true;
  }
  for (std::size_t t = 0; t < positions_.size() / joints_; ++t) {
    const std::vector<Pose> frame = poses(t);
    for (std::size_t n = 1; n < nodes_.size(); ++n) {
      if (!(norm(subtract(frame[n].position, nodes_[n].offset)) <= kRigid)) nodes_[n].rigid = false;
    }
  }
}

std::vector<BvhMotion::Pose> BvhMotion::poses(std::size_t frame) const {
  std::vector<Pose> out(nodes_.size());
  std::vector<Mat3> world(nodes_.size());
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    Mat3 parent;
    out[n].position = at(frame, n);
    if (nodes_[n].parent >= 0) {
      const auto p = static_cast<std::size_t>(nodes_[n].parent);
      parent = world[p];
      out[n].position = rotated(transposed(parent), subtract(at(frame, n), at(frame, p)));
    }
    out[n].rotation = rotation_of(nodes_[n], frame, parent);
    world[n] = multiply(parent, out[n].rotation);
  }
  return out;
}

Mat3 BvhMotion::rotation_of(const Node& node, std::size_t frame, const Mat3& parent) const {
  if (node.children.empty()) return {};
  std::array<Vec3d, 3> products{};
  double size = 0.0;
  const Mat3 to_parent = transposed(parent);
  for (const std::size_t child : node.children) {
    const Vec3d from = nodes_[child].offset;
    const Vec3d to = rotated(to_parent, subtract(at(frame, child), positions_[frame * joints_ + node.joint]));
    size += norm(from) * norm(to);
    for (std::size_t a = 0; a < 3; ++a) products[a] = add(products[a], scaled(to, from[a]));
  }
  for (std::size_t a = 0; a < 3; ++a) products[a][a] += kPull * size;
  return best_rotation(products);
}

}  // namespace purlscope::core
