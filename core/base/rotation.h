#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

/// Rotations in double precision, for forward kinematics.
namespace purlscope::core {

using Vec3d = std::array<double, 3>;

/// A rotation matrix, by rows. Maps columns: `rotated(m, v)` is m v.
struct Mat3 {
  std::array<Vec3d, 3> row = {Vec3d{1.0, 0.0, 0.0}, Vec3d{0.0, 1.0, 0.0}, Vec3d{0.0, 0.0, 1.0}};
};

inline constexpr double kRadiansPerDegree = std::numbers::pi / 180.0;

inline Vec3d add(const Vec3d& a, const Vec3d& b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }
inline Vec3d subtract(const Vec3d& a, const Vec3d& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
inline double dot(const Vec3d& a, const Vec3d& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
inline double norm(const Vec3d& a) { return std::sqrt(dot(a, a)); }
inline Vec3d scaled(const Vec3d& a, double factor) { return {a[0] * factor, a[1] * factor, a[2] * factor}; }
inline Vec3d cross(const Vec3d& a, const Vec3d& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

inline Vec3d rotated(const Mat3& m, const Vec3d& v) { return {dot(m.row[0], v), dot(m.row[1], v), dot(m.row[2], v)}; }

inline Mat3 transposed(const Mat3& m) {
  Mat3 out;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) out.row[i][j] = m.row[j][i];
  }
  return out;
}

/// First b, then a.
inline Mat3 multiply(const Mat3& a, const Mat3& b) {
  const Mat3 columns = transposed(b);
  Mat3 out;
  for (std::size_t i = 0; i < 3; ++i) out.row[i] = rotated(columns, a.row[i]);
  return out;
}

/// Right-handed rotation about x (0), y (1) or z (2).
inline Mat3 about_axis(std::size_t axis, double radians) {
  const double c = std::cos(radians);
  const double s = std::sin(radians);
  const std::size_t u = (axis + 1) % 3;
  const std::size_t v = (axis + 2) % 3;
  Mat3 m;
  m.row[u][u] = c;
  m.row[u][v] = -s;
  m.row[v][u] = s;
  m.row[v][v] = c;
  return m;
}

}  // namespace purlscope::core
